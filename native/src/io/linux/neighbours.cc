#include "io/linux/neighbours.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include <algorithm>
#include <cerrno>

namespace halfopen {

namespace {

NetlinkRequest requestFor(std::uint16_t type, std::uint16_t flags, int interfaceIndex,
                          const IpAddress& address, std::uint8_t neighbourFlags) noexcept {
  ndmsg fixed{};
  fixed.ndm_family = addressFamilyOf(address);
  fixed.ndm_ifindex = interfaceIndex;
  fixed.ndm_flags = neighbourFlags;
  NetlinkRequest request{type, flags, fixed};
  request.addAttribute(NDA_DST, address.bytes());
  return request;
}

}  // namespace

Result<std::optional<Neighbour>> findNeighbour(NetlinkSocket& socket, int interfaceIndex,
                                               const IpAddress& address) {
  NetlinkRequest request = requestFor(RTM_GETNEIGH, 0, interfaceIndex, address, 0);
  std::optional<Neighbour> neighbour;
  const int refused = socket.ask(request, [&](const NetlinkMessage& message) {
    if (message.type == RTM_NEWNEIGH) neighbour = readNeighbour(message);
  });
  if (refused != 0 && refused != ENOENT) return SystemError{"RTM_GETNEIGH", refused};
  return neighbour;
}

std::optional<SystemError> askNeighbour(NetlinkSocket& socket, int interfaceIndex,
                                        const IpAddress& address) {
  NetlinkRequest request =
      requestFor(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_ACK, interfaceIndex, address, NTF_USE);
  const int refused = socket.ask(request, [](const NetlinkMessage&) {});
  if (refused != 0) return SystemError{"RTM_NEWNEIGH", refused};
  return std::nullopt;
}

std::optional<Neighbour> readNeighbour(const NetlinkMessage& message) noexcept {
  const std::optional<ndmsg> fixed = message.fixed<ndmsg>();
  if (!fixed) return std::nullopt;
  Neighbour neighbour{fixed->ndm_state, std::nullopt};
  const auto mac = message.attribute(sizeof(ndmsg), NDA_LLADDR);
  if (mac && mac->size() == kMacBytes) {
    std::copy(mac->begin(), mac->end(), neighbour.mac.emplace().begin());
  }
  return neighbour;
}

}  // namespace halfopen
