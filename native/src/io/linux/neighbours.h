// Link-layer addresses of hosts on the link, as the kernel knows them.
#pragma once

#include <cstdint>
#include <optional>

#include "io/linux/netlink.h"
#include "io/outgoing_path.h"
#include "io/result.h"

namespace halfopen {

struct Neighbour {
  std::uint16_t state;            // NUD_ flags of rtnetlink(7).
  std::optional<MacAddress> mac;  // None while unknown.
};

// What the kernel knows of a neighbour; nothing when it has never looked for it.
[[nodiscard]] Result<std::optional<Neighbour>> findNeighbour(NetlinkSocket& socket,
                                                             int interfaceIndex,
                                                             const IpAddress& address);

// Asks the kernel to find a neighbour, or to check one it has. Needs CAP_NET_ADMIN (EPERM).
[[nodiscard]] std::optional<SystemError> askNeighbour(NetlinkSocket& socket, int interfaceIndex,
                                                      const IpAddress& address);

// The neighbour in an answer to RTM_GETNEIGH.
[[nodiscard]] std::optional<Neighbour> readNeighbour(const NetlinkMessage& message) noexcept;

}  // namespace halfopen
