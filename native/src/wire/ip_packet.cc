#include "wire/ip_packet.h"

#include "wire/ipv4.h"
#include "wire/ipv6.h"

namespace halfopen {

namespace {

// Both fill the packet where it is returned to: copying it from elsewhere takes longer than reading
// the header.

std::optional<IpPacket> fromV4(const std::optional<Ipv4View>& view, std::size_t captured) {
  std::optional<IpPacket> packet;
  if (!view) return packet;
  packet.emplace();
  packet->source = view->source();
  packet->destination = view->destination();
  packet->hopLimit = view->ttl();
  packet->protocol = view->protocol();
  packet->isLaterFragment = view->isLaterFragment();
  packet->isWhole = view->totalLength() <= captured;
  packet->label = view->identification();
  packet->payload = view->payload();
  return packet;
}

std::optional<IpPacket> fromV6(const std::optional<Ipv6View>& view, std::size_t captured) {
  std::optional<IpPacket> packet;
  if (!view) return packet;
  const std::optional<Ipv6UpperLayer> upper = view->upperLayer();
  if (!upper) return packet;
  packet.emplace();
  packet->source = view->source();
  packet->destination = view->destination();
  packet->hopLimit = view->hopLimit();
  packet->protocol = upper->protocol;
  packet->isLaterFragment = upper->isLaterFragment;
  packet->isWhole = kIpv6HeaderBytes + view->payloadLength() <= captured;
  packet->label = view->flowLabel();
  packet->payload = upper->payload;
  return packet;
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
