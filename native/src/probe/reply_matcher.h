// Decides whether a captured packet answers a probe of ours, and what it says.
//
// SYN probes, which are most, are matched here; the others by probe/ping_matcher.h and
// probe/neighbour_matcher.h.
//
// Pure but for `own_addresses.h`: it knows how probes are encoded, not which ones were sent. That a
// probe is outstanding is for the engine to check.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/answer.h"
#include "probe/cookie.h"
#include "probe/mark_config.h"
#include "probe/neighbour_matcher.h"
#include "probe/own_addresses.h"
#include "probe/ping_matcher.h"
#include "ring/reply_record.h"
#include "wire/ip_packet.h"
#include "wire/network_packet.h"
#include "wire/seq_number.h"
#include "wire/tcp.h"

namespace halfopen {

class ReplyMatcher {
 public:
  // `own` is asked about answers without a cookie: none is taken without it. It outlives the
  // matcher.
  explicit ReplyMatcher(const MarkConfig& config, const OwnAddresses* own = nullptr) noexcept
      : config_(config), cookie_(config.key), pings_(config, own), neighbours_(config.kinds, own) {}

  // Fills the whole of `reply`, or says why the packet is none and leaves `reply` alone.
  // `receivedAt` is in microseconds and goes into the record as it is.
  [[nodiscard]] std::optional<Rejection> match(const NetworkPacket& packet, double receivedAt,
                                               ReplyRecord& reply) const noexcept;
  // The same for an ARP message.
  [[nodiscard]] std::optional<Rejection> matchArp(std::span<const std::uint8_t> message,
                                                  double receivedAt,
                                                  ReplyRecord& reply) const noexcept {
    return neighbours_.matchArp(message, receivedAt, reply);
  }

 private:
  // A SYN probe as a packet tells of it: the fields that its cookie covers.
  struct ProbeTuple {
    const IpAddress& source;
    const IpAddress& target;
    std::uint16_t sourcePort;
    std::uint16_t targetPort;
  };

  [[nodiscard]] std::optional<Rejection> matchTcp(const IpPacket& packet, double receivedAt,
                                                  ReplyRecord& reply) const noexcept;
  [[nodiscard]] std::optional<Rejection> matchIcmp(const IpPacket& packet, double receivedAt,
                                                   ReplyRecord& reply) const noexcept;
  // The record of a match by other kinds than SYN.
  [[nodiscard]] static std::optional<Rejection> settle(const Match& match, const IpPacket& packet,
                                                       double receivedAt,
                                                       ReplyRecord& reply) noexcept;
  // Which probe an error is about.
  [[nodiscard]] Match matchQuote(const IpPacket& quote) const noexcept;
  // Whether errors of this type say something about a port or a host.
  [[nodiscard]] bool isTellingError(std::uint8_t protocol, std::uint8_t type) const noexcept;

  [[nodiscard]] bool isOwnTraffic(const IpPacket& packet, const TcpView& tcp) const noexcept;
  [[nodiscard]] bool isOurPort(std::uint16_t port) const noexcept;
  // The try of the probe with this sequence number, if it is one of ours.
  [[nodiscard]] std::optional<std::uint8_t> attemptOf(const ProbeTuple& probe,
                                                      SeqNumber sequence) const noexcept;
  // The try that this number acknowledges.
  [[nodiscard]] std::optional<std::uint8_t> attemptAcknowledged(
      const ProbeTuple& probe, SeqNumber acknowledgement) const noexcept;
  // The try that leaves from this port of ours; kUnknownAttempt when all tries share it.
  [[nodiscard]] std::uint8_t attemptByPort(std::uint16_t sourcePort) const noexcept;

  MarkConfig config_;
  Cookie cookie_;
  PingMatcher pings_;
  NeighbourMatcher neighbours_;
};

}  // namespace halfopen
