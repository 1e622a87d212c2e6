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

// Fills the record of an answer that comes from the target itself, field by field: a record that is
// copied from another place costs as much as matching does.
inline void fillRecord(ReplyRecord& reply, const Answer& answer, const IpPacket& packet,
                       double receivedAt) noexcept {
  reply.receivedAt = receivedAt;
  reply.target = packet.source.recordBytes();
  reply.sender = packet.source.recordBytes();
  reply.port = answer.port;
  reply.attempt = answer.attempt;
  reply.family = static_cast<std::uint8_t>(packet.source.family());
  reply.kind = answer.kind;
  reply.ttl = packet.hopLimit;
  reply.icmpType = 0;
  reply.icmpCode = 0;
  reply.window = 0;
  reply.tcpFlags = 0;
  reply.mac = {};
  reply.reserved = {};
}

}  // namespace halfopen
