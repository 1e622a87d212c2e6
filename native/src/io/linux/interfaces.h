// The network interfaces of this machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/linux/netlink.h"
#include "io/outgoing_path.h"
#include "io/result.h"
#include "wire/ip_address.h"

namespace halfopen {

struct InterfaceAddress {
  IpAddress address;
  std::uint8_t prefixLength;
};

struct NetworkInterface {
  int index;
  std::string name;
  std::uint16_t hardwareType;  // ARPHRD_ of <net/if_arp.h>.
  std::uint32_t flags;         // IFF_ of netdevice(7).
  std::uint32_t mtu;
  std::optional<MacAddress> mac;
  std::vector<InterfaceAddress> addresses;
};

[[nodiscard]] Result<std::vector<NetworkInterface>> listInterfaces(NetlinkSocket& socket);

// The interface in an answer to RTM_GETLINK, still without addresses.
[[nodiscard]] std::optional<NetworkInterface> readInterface(const NetlinkMessage& message);

}  // namespace halfopen
