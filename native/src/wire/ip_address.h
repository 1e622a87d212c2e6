// An address of either version of IP.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "wire/byte_order.h"

namespace halfopen {

enum class IpFamily : std::uint8_t { kV4 = 4, kV6 = 6 };

inline constexpr std::size_t kIpv4AddressBytes = 4;
inline constexpr std::size_t kIpv6AddressBytes = 16;

class IpAddress {
 public:
  // The unspecified IPv4 address.
  constexpr IpAddress() noexcept = default;

  [[nodiscard]] static constexpr IpAddress v4(std::uint32_t value) noexcept {
    IpAddress address;
    storeBe32(address.bytes_.data(), value);
    return address;
  }

  [[nodiscard]] static constexpr IpAddress v4(
      std::span<const std::uint8_t, kIpv4AddressBytes> bytes) noexcept {
    return v4(loadBe32(bytes.data()));
  }

  [[nodiscard]] static constexpr IpAddress v6(
      std::span<const std::uint8_t, kIpv6AddressBytes> bytes) noexcept {
    IpAddress address;
    address.family_ = IpFamily::kV6;
    std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
    return address;
  }

  // Reads the form that records have: 16 bytes of which an IPv4 address uses the first four.
  [[nodiscard]] static constexpr IpAddress fromRecord(
      IpFamily family, std::span<const std::uint8_t, kIpv6AddressBytes> bytes) noexcept {
    return family == IpFamily::kV4 ? v4(bytes.first<kIpv4AddressBytes>()) : v6(bytes);
  }

  [[nodiscard]] constexpr IpFamily family() const noexcept { return family_; }
  [[nodiscard]] constexpr bool isV4() const noexcept { return family_ == IpFamily::kV4; }

  // In network order, 4 or 16 of them.
  [[nodiscard]] constexpr std::span<const std::uint8_t> bytes() const noexcept {
    return std::span{bytes_}.first(isV4() ? kIpv4AddressBytes : kIpv6AddressBytes);
  }

  // In network order; those after an IPv4 address are zero. The form that records have.
  [[nodiscard]] constexpr const std::array<std::uint8_t, kIpv6AddressBytes>& recordBytes()
      const noexcept {
    return bytes_;
  }

  friend constexpr bool operator==(const IpAddress&, const IpAddress&) noexcept = default;

 private:
  std::array<std::uint8_t, kIpv6AddressBytes> bytes_{};
  IpFamily family_ = IpFamily::kV4;
};

}  // namespace halfopen
