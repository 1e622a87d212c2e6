// Decides whether a captured packet answers a probe of ours, and what it says.
//
// Pure: it knows how probes are encoded, not which ones were sent. That a probe is outstanding is
// for the engine to check.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/cookie.h"
#include "ring/reply_record.h"
#include "wire/ip_packet.h"
#include "wire/network_packet.h"
#include "wire/seq_number.h"
#include "wire/tcp.h"

namespace halfopen {

// How probes were encoded.
struct MatcherConfig {
  CookieKey key;
  // Try n leaves from port `sourcePortBase` + n; `sourcePortBase` + `tries` - 1 is at most 65535.
  std::uint16_t sourcePortBase;
  std::uint8_t tries;
  // Every try leaves from here instead; the cookie alone tells them apart.
  std::optional<std::uint16_t> fixedSourcePort;
  // Data behind each SYN. Who refuses a connection acknowledges it, who accepts one need not.
  std::uint16_t payloadBytes = 0;
};

// Why a packet is no answer.
enum class Rejection : std::uint8_t {
  kMalformed,    // Cut short or inconsistent.
  kUnsolicited,  // Well-formed, but not to a port of ours or of a kind that answers nothing.
  kWrongCookie,  // TCP to a port of ours whose acknowledgement is not of a probe.
  kWrongQuote,   // An ICMP error whose quote is not of a probe.
  kShortQuote,   // An ICMP error that quotes less than 8 bytes of TCP (RFC 792).
  kOwnProbe,     // A packet of our own that the capture showed us on its way out.
};

class ReplyMatcher {
 public:
  explicit ReplyMatcher(const MatcherConfig& config) noexcept
      : config_(config), cookie_(config.key) {}

  // Fills the whole of `reply`, or says why the packet is none and leaves `reply` alone.
  // `receivedAt` is in microseconds and goes into the record as it is.
  [[nodiscard]] std::optional<Rejection> match(const NetworkPacket& packet, double receivedAt,
                                               ReplyRecord& reply) const noexcept;

 private:
  // A probe as a packet tells of it: the fields that its cookie covers.
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

  MatcherConfig config_;
  Cookie cookie_;
};

}  // namespace halfopen
