// A valid answer to a probe. packages/model/src/reply-ring.ts declares the same layout.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace halfopen {

// The kinds that packets can have; REPLY_KIND of packages/model/src/reply.ts has the others.
namespace reply_kind {
inline constexpr std::uint8_t kSynAck = 1;
inline constexpr std::uint8_t kReset = 2;
inline constexpr std::uint8_t kSyn = 3;
inline constexpr std::uint8_t kIcmpError = 4;
inline constexpr std::uint8_t kIcmpV6Error = 5;
inline constexpr std::uint8_t kEchoReply = 8;
inline constexpr std::uint8_t kTimestampReply = 9;
inline constexpr std::uint8_t kAddressMaskReply = 10;
inline constexpr std::uint8_t kUdp = 11;
inline constexpr std::uint8_t kProtocol = 12;
inline constexpr std::uint8_t kNeighbour = 13;
inline constexpr std::uint8_t kListenerReport = 14;
}  // namespace reply_kind

// The attempt of a reply that does not tell which try it answers.
inline constexpr std::uint8_t kUnknownAttempt = 0xff;

struct ReplyRecord {
  double receivedAt;                    // µs.
  std::array<std::uint8_t, 16> target;  // The address asked. Network order; IPv4 in the first four.
  std::array<std::uint8_t, 16> sender;  // Of an ICMP error; the target otherwise.
  std::uint16_t port;                   // The port asked.
  std::uint8_t attempt;
  std::uint8_t family;  // 4 or 6.
  std::uint8_t kind;    // See reply_kind.
  std::uint8_t ttl;     // TTL or hop limit of the packet that came.
  std::uint8_t icmpType;
  std::uint8_t icmpCode;
  std::uint16_t window;
  std::uint8_t tcpFlags;
  std::array<std::uint8_t, 6> mac;  // Of a neighbour; all 0 unless known.
  std::array<std::uint8_t, 7> reserved;
};

static_assert(std::is_trivially_copyable_v<ReplyRecord> && std::is_standard_layout_v<ReplyRecord>);
static_assert(sizeof(ReplyRecord) == 64);
static_assert(offsetof(ReplyRecord, receivedAt) == 0);
static_assert(offsetof(ReplyRecord, target) == 8);
static_assert(offsetof(ReplyRecord, sender) == 24);
static_assert(offsetof(ReplyRecord, port) == 40);
static_assert(offsetof(ReplyRecord, attempt) == 42);
static_assert(offsetof(ReplyRecord, family) == 43);
static_assert(offsetof(ReplyRecord, kind) == 44);
static_assert(offsetof(ReplyRecord, ttl) == 45);
static_assert(offsetof(ReplyRecord, icmpType) == 46);
static_assert(offsetof(ReplyRecord, icmpCode) == 47);
static_assert(offsetof(ReplyRecord, window) == 48);
static_assert(offsetof(ReplyRecord, tcpFlags) == 50);
static_assert(offsetof(ReplyRecord, mac) == 51);

}  // namespace halfopen
