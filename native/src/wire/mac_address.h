// Link-layer addresses of Ethernet (IEEE 802).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "wire/ip_address.h"

namespace halfopen {

inline constexpr std::size_t kMacBytes = 6;
using MacAddress = std::array<std::uint8_t, kMacBytes>;

inline constexpr MacAddress kBroadcastMac{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

// Stands for a group of interfaces, or for all of them.
[[nodiscard]] constexpr bool isGroup(const MacAddress& mac) noexcept { return (mac[0] & 1) != 0; }

// Where frames to a multicast address of IPv6 go (RFC 2464 §7).
[[nodiscard]] constexpr MacAddress multicastMacOf(const IpAddress& group) noexcept {
  const auto& bytes = group.recordBytes();
  return {0x33, 0x33, bytes[12], bytes[13], bytes[14], bytes[15]};
}

}  // namespace halfopen
