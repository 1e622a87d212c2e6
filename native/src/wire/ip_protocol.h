// Protocol numbers of IP headers (IANA "Assigned Internet Protocol Numbers").
#pragma once

#include <cstdint>

namespace halfopen::ip_protocol {

inline constexpr std::uint8_t kHopByHop = 0;  // IPv6 extension header.
inline constexpr std::uint8_t kIcmpV4 = 1;
inline constexpr std::uint8_t kIgmp = 2;
inline constexpr std::uint8_t kTcp = 6;
inline constexpr std::uint8_t kUdp = 17;
inline constexpr std::uint8_t kIcmpV6 = 58;

}  // namespace halfopen::ip_protocol
