// Neighbour advertisements of IPv6 (RFC 4861 §4.4).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/ip_address.h"
#include "wire/mac_address.h"

namespace halfopen {

namespace neighbour_offset {
inline constexpr std::size_t kFlags = 4;  // Of an advertisement.
inline constexpr std::size_t kTarget = 8;
inline constexpr std::size_t kOptions = 24;
}  // namespace neighbour_offset

namespace neighbour_option {
inline constexpr std::uint8_t kSourceMac = 1;
inline constexpr std::uint8_t kTargetMac = 2;
inline constexpr std::size_t kMacOptionBytes = 8;  // Lengths are in units of this.
}  // namespace neighbour_option

struct NeighbourAdvertisement {
  IpAddress target;
  bool isSolicited;
  std::optional<MacAddress> mac;

  // `message` begins with the ICMPv6 header. Nothing when it or an option is cut short.
  [[nodiscard]] static std::optional<NeighbourAdvertisement> parse(
      std::span<const std::uint8_t> message) noexcept;
};

}  // namespace halfopen
