// ICMP (RFC 792) and ICMPv6 (RFC 4443) messages: their errors have the same shape.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace halfopen {

namespace icmp_offset {
inline constexpr std::size_t kType = 0;
inline constexpr std::size_t kCode = 1;
inline constexpr std::size_t kChecksum = 2;
inline constexpr std::size_t kQuote = 8;  // Behind a word whose meaning depends on the type.
}  // namespace icmp_offset

namespace icmp_v4_type {
inline constexpr std::uint8_t kUnreachable = 3;
inline constexpr std::uint8_t kTimeExceeded = 11;
}  // namespace icmp_v4_type

namespace icmp_v6_type {
inline constexpr std::uint8_t kUnreachable = 1;
inline constexpr std::uint8_t kParameterProblem = 4;
}  // namespace icmp_v6_type

inline constexpr std::size_t kIcmpHeaderBytes = 8;

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
