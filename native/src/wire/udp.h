// UDP headers (RFC 768).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/byte_order.h"

namespace halfopen {

namespace udp_offset {
inline constexpr std::size_t kSourcePort = 0;
inline constexpr std::size_t kDestinationPort = 2;
inline constexpr std::size_t kLength = 4;
inline constexpr std::size_t kChecksum = 6;
}  // namespace udp_offset

inline constexpr std::size_t kUdpHeaderBytes = 8;

// Reads the fields of a header in place, which is all that an ICMP error has to quote.
class UdpView {
 public:
  [[nodiscard]] static std::optional<UdpView> parse(std::span<const std::uint8_t> bytes) noexcept {
    if (bytes.size() < kUdpHeaderBytes) return std::nullopt;
    return UdpView{bytes};
  }

  [[nodiscard]] std::uint16_t sourcePort() const noexcept {
    return loadBe16(bytes_.data() + udp_offset::kSourcePort);
  }
  [[nodiscard]] std::uint16_t destinationPort() const noexcept {
    return loadBe16(bytes_.data() + udp_offset::kDestinationPort);
  }
  // Of header and data.
  [[nodiscard]] std::uint16_t length() const noexcept {
    return loadBe16(bytes_.data() + udp_offset::kLength);
  }

 private:
  explicit UdpView(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  std::span<const std::uint8_t> bytes_;
};

}  // namespace halfopen
