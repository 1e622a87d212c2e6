#include "wire/ip_packet.h"

#include "wire/ipv4.h"
#include "wire/ipv6.h"

namespace halfopen {

namespace {

std::optional<IpPacket> fromV4(const std::optional<Ipv4View>& view) {
  if (!view) return std::nullopt;
  return IpPacket{view->source(),   view->destination(),     view->ttl(),
                  view->protocol(), view->isLaterFragment(), view->payload()};
}

std::optional<IpPacket> fromV6(const std::optional<Ipv6View>& view) {
  if (!view) return std::nullopt;
  const std::optional<Ipv6UpperLayer> upper = view->upperLayer();
  if (!upper) return std::nullopt;
  return IpPacket{view->source(),  view->destination(),    view->hopLimit(),
                  upper->protocol, upper->isLaterFragment, upper->payload};
}

}  // namespace

std::optional<IpPacket> IpPacket::parse(const NetworkPacket& packet) noexcept {
  return packet.family == IpFamily::kV4 ? fromV4(Ipv4View::parse(packet.bytes))
                                        : fromV6(Ipv6View::parse(packet.bytes));
}

std::optional<IpPacket> IpPacket::parseQuoted(const NetworkPacket& quote) noexcept {
  return quote.family == IpFamily::kV4 ? fromV4(Ipv4View::parseQuoted(quote.bytes))
                                       : fromV6(Ipv6View::parseQuoted(quote.bytes));
}

}  // namespace halfopen
