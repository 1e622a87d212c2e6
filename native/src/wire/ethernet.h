// Ethernet II frames (IEEE 802.3), with or without VLAN tags (802.1Q, 802.1ad).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace halfopen {

namespace ether_type {
inline constexpr std::uint16_t kIpv4 = 0x0800;
inline constexpr std::uint16_t kArp = 0x0806;
inline constexpr std::uint16_t kVlan = 0x8100;         // 802.1Q.
inline constexpr std::uint16_t kServiceVlan = 0x88a8;  // 802.1ad.
inline constexpr std::uint16_t kIpv6 = 0x86dd;
}  // namespace ether_type

// A payload and the EtherType that says what it is.
struct EtherPayload {
  std::uint16_t etherType;
  std::span<const std::uint8_t> bytes;
};

namespace ethernet_offset {
inline constexpr std::size_t kDestination = 0;
inline constexpr std::size_t kSource = 6;
inline constexpr std::size_t kEtherType = 12;
inline constexpr std::size_t kPayload = 14;
}  // namespace ethernet_offset

// The payload behind at most two tags; behind more it is the third tag, by its EtherType. Nothing
// when the frame ends before the payload's type.
[[nodiscard]] std::optional<EtherPayload> parseEthernet(
    std::span<const std::uint8_t> frame) noexcept;

// Steps over at most two tags. Nothing when the bytes end within one.
[[nodiscard]] std::optional<EtherPayload> skipVlanTags(EtherPayload tagged) noexcept;

}  // namespace halfopen
