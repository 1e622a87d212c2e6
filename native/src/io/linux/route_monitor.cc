#include "io/linux/route_monitor.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace halfopen {

namespace {

constexpr std::uint32_t kGroups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR |
                                  RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE | RTMGRP_IPV4_RULE;

}  // namespace

Result<RouteMonitor> RouteMonitor::open() {
  FileDescriptor socket{
      ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE)};
  if (socket.get() < 0) return SystemError{"socket(AF_NETLINK)", errno};
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = kGroups;
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return SystemError{"bind(AF_NETLINK)", errno};
  }
  const int group = RTNLGRP_IPV6_RULE;  // Beyond the groups that an address can name.
  ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group);
  return RouteMonitor{std::move(socket)};
}

// What a message says is not looked at: whoever hears of a change asks for the routes in use again.
// Messages that were too many (ENOBUFS) are a change as well.
bool RouteMonitor::takeChange() noexcept {
  std::array<std::uint8_t, 64> ignored;
  bool hasChanged = false;
  while (::recv(socket_.get(), ignored.data(), ignored.size(), MSG_TRUNC) >= 0 ||
         errno == ENOBUFS) {
    hasChanged = true;
  }
  return hasChanged;
}

}  // namespace halfopen
