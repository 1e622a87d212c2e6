#include "probe/neighbour_matcher.h"

#include "wire/arp.h"
#include "wire/icmp_checksum.h"
#include "wire/neighbour_advertisement.h"

namespace halfopen {

namespace {

constexpr Answer kNeighbour{reply_kind::kNeighbour, 0, kUnknownAttempt};
constexpr Answer kListener{reply_kind::kListenerReport, 0, kUnknownAttempt};

bool isLinkLocal(const IpAddress& address) {
  const auto bytes = address.bytes();
  return bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
}

}  // namespace

std::optional<Rejection> NeighbourMatcher::matchArp(std::span<const std::uint8_t> message,
                                                    double receivedAt,
                                                    ReplyRecord& reply) const noexcept {
  if (!kinds_.has(probe_kind::kNeighbour)) return Rejection::kUnsolicited;
  const std::optional<ArpMessage> arp = ArpMessage::parse(message);
  if (!arp) return Rejection::kMalformed;
  if (arp->operation != arp_operation::kReply || !isOurs(arp->targetMac) ||
      !isOurs(arp->targetAddress)) {
    return Rejection::kUnsolicited;
  }
  if (arp->senderMac == MacAddress{} || isGroup(arp->senderMac)) return Rejection::kMalformed;

  fillRecord(reply, kNeighbour,
             {.source = arp->senderAddress,
              .destination = arp->targetAddress,
              .hopLimit = 0,
              .protocol = 0,
              .label = 0,
              .isLaterFragment = false,
              .isWhole = true,
              .payload = {}},
             receivedAt);
  reply.mac = arp->senderMac;
  return std::nullopt;
}

bool NeighbourMatcher::isAnswer(std::uint8_t type) noexcept {
  return type == icmp_v6_type::kNeighbourAdvertisement || type == icmp_v6_type::kListenerReport ||
         type == icmp_v6_type::kListenerDone || type == icmp_v6_type::kListenerReportV2;
}

std::optional<Rejection> NeighbourMatcher::matchIcmp(const IpPacket& packet, const IcmpView& icmp,
                                                     double receivedAt,
                                                     ReplyRecord& reply) const noexcept {
  const bool isAdvertisement = icmp.type() == icmp_v6_type::kNeighbourAdvertisement;
  if (!kinds_.has(isAdvertisement ? probe_kind::kNeighbour : probe_kind::kListenerQuery)) {
    return Rejection::kUnsolicited;
  }
  return isAdvertisement ? matchAdvertisement(packet, icmp, receivedAt, reply)
                         : matchListenerReport(packet, receivedAt, reply);
}

// The rules of RFC 4861 §7.1.2, and that it answers a solicitation of ours.
std::optional<Rejection> NeighbourMatcher::matchAdvertisement(const IpPacket& packet,
                                                              const IcmpView& icmp,
                                                              double receivedAt,
                                                              ReplyRecord& reply) const noexcept {
  if (packet.hopLimit != kNeighbourHopLimit || icmp.code() != 0 || !hasRightIcmpChecksum(packet)) {
    return Rejection::kMalformed;
  }
  const auto advertisement = NeighbourAdvertisement::parse(packet.payload);
  if (!advertisement) return Rejection::kMalformed;
  if (!advertisement->isSolicited || !isOurs(packet.destination)) return Rejection::kUnsolicited;

  fillRecord(reply, kNeighbour, packet, receivedAt);
  reply.target = advertisement->target.recordBytes();
  reply.mac = advertisement->mac.value_or(MacAddress{});
  return std::nullopt;
}

// Reports go to groups, so they do not tell who is asked; any that comes tells who is there.
std::optional<Rejection> NeighbourMatcher::matchListenerReport(const IpPacket& packet,
                                                               double receivedAt,
                                                               ReplyRecord& reply) const noexcept {
  if (packet.hopLimit != kListenerHopLimit || !isLinkLocal(packet.source) ||
      !hasRightIcmpChecksum(packet)) {
    return Rejection::kMalformed;
  }
  if (isOurs(packet.source)) return Rejection::kOwnProbe;
  fillRecord(reply, kListener, packet, receivedAt);
  return std::nullopt;
}

}  // namespace halfopen
