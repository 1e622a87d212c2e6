// Matches what answers the questions of probe/neighbour_packets.h.
//
// Such answers quote nothing of the question. What they prove is that they come from the link, to
// us: who can forge them can also hear what we ask.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "probe/answer.h"
#include "probe/own_addresses.h"
#include "probe/probe_kind_set.h"
#include "ring/reply_record.h"
#include "wire/icmp.h"

namespace halfopen {

class NeighbourMatcher {
 public:
  // Without `own`, nothing is known to be addressed to us. It outlives the matcher.
  NeighbourMatcher(ProbeKindSet kinds, const OwnAddresses* own) noexcept
      : kinds_(kinds), own_(own) {}

  // Both fill the whole of `reply`, or say why the packet is no answer and leave `reply` alone.
  [[nodiscard]] std::optional<Rejection> matchArp(std::span<const std::uint8_t> message,
                                                  double receivedAt,
                                                  ReplyRecord& reply) const noexcept;
  [[nodiscard]] std::optional<Rejection> matchIcmp(const IpPacket& packet, const IcmpView& icmp,
                                                   double receivedAt,
                                                   ReplyRecord& reply) const noexcept;

  // Whether ICMPv6 of this type is for `matchIcmp`.
  [[nodiscard]] static bool isAnswer(std::uint8_t type) noexcept;

 private:
  [[nodiscard]] std::optional<Rejection> matchAdvertisement(const IpPacket& packet,
                                                            const IcmpView& icmp, double receivedAt,
                                                            ReplyRecord& reply) const noexcept;
  [[nodiscard]] std::optional<Rejection> matchListenerReport(const IpPacket& packet,
                                                             double receivedAt,
                                                             ReplyRecord& reply) const noexcept;

  template <typename Value>
  [[nodiscard]] bool isOurs(const Value& address) const noexcept {
    return own_ != nullptr && own_->has(address);
  }

  ProbeKindSet kinds_;
  const OwnAddresses* own_;
};

}  // namespace halfopen
