// IPv6 headers (RFC 8200 §3) and the extension headers behind them (§4).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/byte_order.h"
#include "wire/ip_address.h"

namespace halfopen {

namespace ipv6_offset {
inline constexpr std::size_t kVersion =
    0;  // High four bits; the flow label has the low 20 of the word.
inline constexpr std::size_t kPayloadLength = 4;
inline constexpr std::size_t kNextHeader = 6;
inline constexpr std::size_t kHopLimit = 7;
inline constexpr std::size_t kSource = 8;
inline constexpr std::size_t kDestination = 24;
}  // namespace ipv6_offset

inline constexpr std::size_t kIpv6HeaderBytes = 40;
inline constexpr std::uint32_t kFlowLabelMask = 0xf'ffff;

// What lies behind the extension headers.
struct Ipv6UpperLayer {
  std::uint8_t protocol;
  bool isLaterFragment;  // The payload does not begin with the header of `protocol`.
  std::span<const std::uint8_t> payload;
};

// Reads the fields of a header in place. `parse` and `parseQuoted` are the only ways to get one, so
// the fixed header is there.
class Ipv6View {
 public:
  [[nodiscard]] static std::optional<Ipv6View> parse(std::span<const std::uint8_t> bytes) noexcept;

  // The beginning of a packet, as an ICMPv6 error quotes it: its payload length is not looked at.
  [[nodiscard]] static std::optional<Ipv6View> parseQuoted(
      std::span<const std::uint8_t> bytes) noexcept;

  // Of the packet as it was sent, which may be more than is here.
  [[nodiscard]] std::uint16_t payloadLength() const noexcept {
    return loadBe16(bytes_.data() + ipv6_offset::kPayloadLength);
  }
  [[nodiscard]] std::uint32_t flowLabel() const noexcept {
    return loadBe32(bytes_.data() + ipv6_offset::kVersion) & kFlowLabelMask;
  }
  [[nodiscard]] std::uint8_t hopLimit() const noexcept { return bytes_[ipv6_offset::kHopLimit]; }
  [[nodiscard]] IpAddress source() const noexcept {
    return IpAddress::v6(bytes_.subspan<ipv6_offset::kSource, kIpv6AddressBytes>());
  }
  [[nodiscard]] IpAddress destination() const noexcept {
    return IpAddress::v6(bytes_.subspan<ipv6_offset::kDestination, kIpv6AddressBytes>());
  }

  // Walks the extension headers. Nothing when the packet ends within one, or has more than any
  // honest packet does.
  [[nodiscard]] std::optional<Ipv6UpperLayer> upperLayer() const noexcept;

 private:
  explicit Ipv6View(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  std::span<const std::uint8_t> bytes_;
};

}  // namespace halfopen
