#include "io/linux/routes.h"

#include <linux/rtnetlink.h>

#include <cerrno>
#include <cstring>

namespace halfopen {

namespace {

constexpr const char* kOperation = "RTM_GETROUTE";

// RTA_VIA: a next hop of another family than the target's (RFC 8950).
std::optional<IpAddress> viaIn(std::span<const std::uint8_t> value) noexcept {
  if (value.size() < sizeof(rtvia)) return std::nullopt;
  return addressIn(value.subspan(sizeof(rtvia)));
}

std::optional<IpAddress> gatewayIn(const NetlinkMessage& message) noexcept {
  if (const auto gateway = message.attribute(sizeof(rtmsg), RTA_GATEWAY)) {
    return addressIn(*gateway);
  }
  const auto via = message.attribute(sizeof(rtmsg), RTA_VIA);
  return via ? viaIn(*via) : std::nullopt;
}

}  // namespace

Result<Route> findRoute(NetlinkSocket& socket, const IpAddress& target, int interfaceIndex) {
  rtmsg fixed{};
  fixed.rtm_family = addressFamilyOf(target);
  fixed.rtm_dst_len = static_cast<unsigned char>(target.bytes().size() * 8);
  NetlinkRequest request{RTM_GETROUTE, 0, fixed};
  request.addAttribute(RTA_DST, target.bytes());
  if (interfaceIndex > 0) {
    request.addAttribute(RTA_OIF, static_cast<std::uint32_t>(interfaceIndex));
  }

  std::optional<Route> route;
  const int refused = socket.ask(request, [&](const NetlinkMessage& message) {
    if (message.type == RTM_NEWROUTE) route = readRoute(message);
  });
  if (refused != 0) return SystemError{kOperation, refused};
  if (!route) return SystemError{kOperation, EADDRNOTAVAIL};
  return *route;
}

std::optional<Route> readRoute(const NetlinkMessage& message) noexcept {
  const std::optional<rtmsg> fixed = message.fixed<rtmsg>();
  const auto interface = message.attribute(sizeof(rtmsg), RTA_OIF);
  const auto preferred = message.attribute(sizeof(rtmsg), RTA_PREFSRC);
  if (!fixed || !interface || interface->size() != sizeof(int) || !preferred) return std::nullopt;
  const std::optional<IpAddress> source = addressIn(*preferred);
  if (!source) return std::nullopt;

  Route route{fixed->rtm_type, 0, *source, gatewayIn(message)};
  std::memcpy(&route.interfaceIndex, interface->data(), sizeof route.interfaceIndex);
  return route;
}

}  // namespace halfopen
