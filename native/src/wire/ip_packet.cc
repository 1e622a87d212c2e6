#include "wire/ip_packet.h"

#include "wire/ipv4.h"
#include "wire/ipv6.h"

namespace halfopen {

namespace {

std::optional<IpPacket> fromV4(const std::optional<Ipv4View>& view, std::size_t captured) {
  if (!view) return std::nullopt;
  return IpPacket{.source = view->source(),
                  .destination = view->destination(),
                  .hopLimit = view->ttl(),
                  .protocol = view->protocol(),
                  .label = view->identification(),
                  .isLaterFragment = view->isLaterFragment(),
                  .isWhole = view->totalLength() <= captured,
                  .payload = view->payload()};
}

std::optional<IpPacket> fromV6(const std::optional<Ipv6View>& view, std::size_t captured) {
  if (!view) return std::nullopt;
  const std::optional<Ipv6UpperLayer> upper = view->upperLayer();
  if (!upper) return std::nullopt;
  return IpPacket{.source = view->source(),
                  .destination = view->destination(),
                  .hopLimit = view->hopLimit(),
                  .protocol = upper->protocol,
                  .label = view->flowLabel(),
                  .isLaterFragment = upper->isLaterFragment,
                  .isWhole = kIpv6HeaderBytes + view->payloadLength() <= captured,
                  .payload = upper->payload};
}

}  // namespace

std::optional<IpPacket> IpPacket::parse(const NetworkPacket& packet) noexcept {
  const std::size_t captured = packet.bytes.size();
  return packet.family == IpFamily::kV4 ? fromV4(Ipv4View::parse(packet.bytes), captured)
                                        : fromV6(Ipv6View::parse(packet.bytes), captured);
}

std::optional<IpPacket> IpPacket::parseQuoted(const NetworkPacket& quote) noexcept {
  const std::size_t quoted = quote.bytes.size();
  return quote.family == IpFamily::kV4 ? fromV4(Ipv4View::parseQuoted(quote.bytes), quoted)
                                       : fromV6(Ipv6View::parseQuoted(quote.bytes), quoted);
}

}  // namespace halfopen
