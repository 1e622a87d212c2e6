// ICMP (RFC 792) and ICMPv6 (RFC 4443) messages: their errors have the same shape, and so have
// echo requests and replies.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/byte_order.h"

namespace halfopen {

namespace icmp_offset {
inline constexpr std::size_t kType = 0;
inline constexpr std::size_t kCode = 1;
inline constexpr std::size_t kChecksum = 2;
inline constexpr std::size_t kQuery = 4;  // Identifier and sequence number of a query.
inline constexpr std::size_t kQuote = 8;  // Behind a word whose meaning depends on the type.
}  // namespace icmp_offset

namespace icmp_v4_type {
inline constexpr std::uint8_t kEchoReply = 0;
inline constexpr std::uint8_t kUnreachable = 3;
inline constexpr std::uint8_t kEcho = 8;
inline constexpr std::uint8_t kTimeExceeded = 11;
inline constexpr std::uint8_t kTimestamp = 13;
inline constexpr std::uint8_t kTimestampReply = 14;
inline constexpr std::uint8_t kAddressMask = 17;  // RFC 950.
inline constexpr std::uint8_t kAddressMaskReply = 18;
}  // namespace icmp_v4_type

namespace icmp_v6_type {
inline constexpr std::uint8_t kUnreachable = 1;
inline constexpr std::uint8_t kTimeExceeded = 3;
inline constexpr std::uint8_t kParameterProblem = 4;
inline constexpr std::uint8_t kEcho = 128;
inline constexpr std::uint8_t kEchoReply = 129;
inline constexpr std::uint8_t kListenerQuery = 130;   // MLD: RFC 2710 §3.
inline constexpr std::uint8_t kListenerReport = 131;  // Of version 1.
inline constexpr std::uint8_t kListenerDone = 132;
inline constexpr std::uint8_t kNeighbourSolicitation = 135;  // RFC 4861 §4.
inline constexpr std::uint8_t kNeighbourAdvertisement = 136;
inline constexpr std::uint8_t kListenerReportV2 = 143;  // RFC 3810 §5.2.
}  // namespace icmp_v6_type

// What neighbour discovery and MLD are sent with.
inline constexpr std::uint8_t kNeighbourHopLimit = 255;  // RFC 4861 §7.1: no router forwarded it.
inline constexpr std::uint8_t kListenerHopLimit = 1;     // RFC 2710 §3.

inline constexpr std::size_t kIcmpHeaderBytes = 8;
inline constexpr std::size_t kIcmpTimestampBytes = 20;    // With three times.
inline constexpr std::size_t kIcmpAddressMaskBytes = 12;  // With a mask.
inline constexpr std::size_t kListenerMessageBytes = 24;  // Of version 1 of MLD, with an address.

// Reads the fields of a message in place. `parse` is the only way to get one, so its 8 bytes are
// there.
class IcmpView {
 public:
  [[nodiscard]] static std::optional<IcmpView> parse(std::span<const std::uint8_t> bytes) noexcept {
    if (bytes.size() < kIcmpHeaderBytes) return std::nullopt;
    return IcmpView{bytes};
  }

  [[nodiscard]] std::uint8_t type() const noexcept { return bytes_[icmp_offset::kType]; }
  [[nodiscard]] std::uint8_t code() const noexcept { return bytes_[icmp_offset::kCode]; }

  // Of a query and its answer: identifier and sequence number, as one word.
  [[nodiscard]] std::uint32_t query() const noexcept {
    return loadBe32(bytes_.data() + icmp_offset::kQuery);
  }

  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

  // Of an error: the beginning of the packet that it is about. Padding and extensions (RFC 4884)
  // may follow; they begin 128 bytes in at the earliest, far behind what matching reads.
  [[nodiscard]] std::span<const std::uint8_t> quote() const noexcept {
    return bytes_.subspan(icmp_offset::kQuote);
  }

 private:
  explicit IcmpView(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  std::span<const std::uint8_t> bytes_;
};

}  // namespace halfopen
