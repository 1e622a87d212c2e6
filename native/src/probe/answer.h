// What matching a packet comes to.
#pragma once

#include <cstdint>
#include <variant>

#include "ring/reply_record.h"
#include "wire/ip_packet.h"

namespace halfopen {

// Why a packet is no answer.
enum class Rejection : std::uint8_t {
  kMalformed,    // Cut short or inconsistent.
  kUnsolicited,  // Well-formed, but not to a port of ours or of a kind that answers nothing.
  kWrongCookie,  // To a port of ours, or of a kind that we ask for, but the number is of no probe.
  kWrongQuote,   // An ICMP error whose quote is not of a probe.
  kShortQuote,   // An ICMP error that quotes less than 8 bytes of the probe (RFC 792).
  kOwnProbe,     // A packet of our own that the capture showed us on its way out.
};

// Which probe a packet answers, and by what.
struct Answer {
  std::uint8_t kind;  // See reply_kind.
  std::uint16_t port;
  std::uint8_t attempt;
};

using Match = std::variant<Answer, Rejection>;

// The record of an answer that comes from the target itself.
[[nodiscard]] inline ReplyRecord recordOf(const Answer& answer, const IpPacket& packet,
                                          double receivedAt) noexcept {
  return {
      .receivedAt = receivedAt,
      .target = packet.source.recordBytes(),
      .sender = packet.source.recordBytes(),
      .port = answer.port,
      .attempt = answer.attempt,
      .family = static_cast<std::uint8_t>(packet.source.family()),
      .kind = answer.kind,
      .ttl = packet.hopLimit,
      .icmpType = 0,
      .icmpCode = 0,
      .window = 0,
      .tcpFlags = 0,
      .mac = {},
      .reserved = {},
  };
}

}  // namespace halfopen
