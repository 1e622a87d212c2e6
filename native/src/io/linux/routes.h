// Which way the kernel sends packets to an address.
#pragma once

#include <cstdint>
#include <optional>

#include "io/linux/netlink.h"
#include "io/result.h"
#include "wire/ip_address.h"

namespace halfopen {

struct Route {
  std::uint8_t type;  // RTN_UNICAST, RTN_LOCAL, RTN_BROADCAST … of rtnetlink(7).
  int interfaceIndex;
  IpAddress source;                  // Our address on the way.
  std::optional<IpAddress> gateway;  // None when the target is on the link, or is ourselves.
};

// With an interface index above 0, the way through that interface. Errors are the kernel's:
// ENETUNREACH, EHOSTUNREACH, EACCES … EADDRNOTAVAIL when we have no address on the way.
[[nodiscard]] Result<Route> findRoute(NetlinkSocket& socket, const IpAddress& target,
                                      int interfaceIndex);

// The route in an answer to RTM_GETROUTE.
[[nodiscard]] std::optional<Route> readRoute(const NetlinkMessage& message) noexcept;

}  // namespace halfopen
