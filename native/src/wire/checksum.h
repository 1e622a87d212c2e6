// The Internet checksum (RFC 1071), whole or by what changed (RFC 1624).
#pragma once

#include <bit>
#include <cstdint>
#include <span>

namespace halfopen {

// Adds up 16-bit words in ones' complement. Words may come in any order, so a sum over the constant
// part of a header can be kept and finished for each packet.
class ChecksumSum {
 public:
  constexpr ChecksumSum() noexcept = default;

  // Takes up the sum behind a checksum that is already in a header.
  [[nodiscard]] static constexpr ChecksumSum of(std::uint16_t checksum) noexcept {
    return ChecksumSum{}.add16(static_cast<std::uint16_t>(~checksum));
  }

  constexpr ChecksumSum& add16(std::uint16_t word) noexcept {
    sum_ += word;
    return *this;
  }

  constexpr ChecksumSum& add32(std::uint32_t words) noexcept {
    sum_ += words;  // 2^16 is 1 modulo 2^16 - 1, so the high word counts as if it were added alone.
    return *this;
  }

  // An odd last byte counts as the high half of a word (RFC 1071 §1).
  ChecksumSum& addBytes(std::span<const std::uint8_t> bytes) noexcept;

  // A word of the header became another (RFC 1624 §3, equation 3).
  constexpr ChecksumSum& replace16(std::uint16_t before, std::uint16_t after) noexcept {
    return add16(static_cast<std::uint16_t>(~before)).add16(after);
  }

  // The checksum field that makes the sum right.
  [[nodiscard]] constexpr std::uint16_t checksum() const noexcept {
    // Added to itself with its halves swapped, a number has the sum of both in its high half, and
    // the carry of that as well.
    const auto words = static_cast<std::uint32_t>((sum_ + std::rotl(sum_, 32)) >> 32);
    return static_cast<std::uint16_t>(~((words + std::rotl(words, 16)) >> 16));
  }

 private:
  std::uint64_t sum_ = 0;  // Wide enough for 2^32 additions without a carry lost.
};

// The checksum over these bytes alone, as in an IPv4 header; 0 when the one inside is right.
[[nodiscard]] std::uint16_t checksumOf(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace halfopen
