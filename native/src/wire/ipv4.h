// IPv4 headers (RFC 791 §3.1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/byte_order.h"
#include "wire/ip_address.h"

namespace halfopen {

namespace ipv4_offset {
inline constexpr std::size_t kVersionAndHeaderLength = 0;  // Length in units of four bytes.
inline constexpr std::size_t kTotalLength = 2;
inline constexpr std::size_t kIdentification = 4;
inline constexpr std::size_t kFragment = 6;  // Three flags, then the offset in units of 8 bytes.
inline constexpr std::size_t kTtl = 8;
inline constexpr std::size_t kProtocol = 9;
inline constexpr std::size_t kChecksum = 10;
inline constexpr std::size_t kSource = 12;
inline constexpr std::size_t kDestination = 16;
}  // namespace ipv4_offset

inline constexpr std::size_t kMinIpv4HeaderBytes = 20;

// Reads the fields of a header in place. `parse` and `parseQuoted` are the only ways to get one, so
// the header is there to the end of its options. Checksums are not looked at: captures on the
// sending host show packets whose checksums the interface has yet to fill in.
class Ipv4View {
 public:
  [[nodiscard]] static std::optional<Ipv4View> parse(std::span<const std::uint8_t> bytes) noexcept;

  // The beginning of a packet, as an ICMP error quotes it. Its total length is not looked at: it
  // speaks of the whole packet, and some senders return it changed.
  [[nodiscard]] static std::optional<Ipv4View> parseQuoted(
      std::span<const std::uint8_t> bytes) noexcept;

  // Of the packet as it was sent, which may be more than is here.
  [[nodiscard]] std::uint16_t totalLength() const noexcept {
    return loadBe16(bytes_.data() + ipv4_offset::kTotalLength);
  }
  [[nodiscard]] std::uint16_t identification() const noexcept {
    return loadBe16(bytes_.data() + ipv4_offset::kIdentification);
  }
  [[nodiscard]] std::uint8_t ttl() const noexcept { return bytes_[ipv4_offset::kTtl]; }
  [[nodiscard]] std::uint8_t protocol() const noexcept { return bytes_[ipv4_offset::kProtocol]; }
  [[nodiscard]] IpAddress source() const noexcept {
    return IpAddress::v4(loadBe32(bytes_.data() + ipv4_offset::kSource));
  }
  [[nodiscard]] IpAddress destination() const noexcept {
    return IpAddress::v4(loadBe32(bytes_.data() + ipv4_offset::kDestination));
  }

  // The payload does not begin with the header of `protocol`.
  [[nodiscard]] bool isLaterFragment() const noexcept {
    return (loadBe16(bytes_.data() + ipv4_offset::kFragment) & kFragmentOffsetMask) != 0;
  }

  // Ends where the packet says or where the capture was cut; padding of the frame is left out.
  [[nodiscard]] std::span<const std::uint8_t> payload() const noexcept {
    return bytes_.subspan(headerBytesOf(bytes_));
  }

 private:
  static constexpr std::uint16_t kFragmentOffsetMask = 0x1fff;

  explicit Ipv4View(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] static std::size_t headerBytesOf(std::span<const std::uint8_t> bytes) noexcept {
    return std::size_t{4} * (bytes[ipv4_offset::kVersionAndHeaderLength] & 0x0f);
  }

  std::span<const std::uint8_t> bytes_;
};

}  // namespace halfopen
