// The "cooked" headers that libpcap puts in place of a link-layer header on Linux
// (LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/ethernet.h"

namespace halfopen {

namespace linux_cooked_offset {
inline constexpr std::size_t kProtocol = 14;
inline constexpr std::size_t kPayload = 16;
}  // namespace linux_cooked_offset

namespace linux_cooked_v2_offset {
inline constexpr std::size_t kProtocol = 0;
inline constexpr std::size_t kPayload = 20;
}  // namespace linux_cooked_v2_offset

// Steps over VLAN tags too: libpcap puts back those that the kernel took off.
[[nodiscard]] std::optional<EtherPayload> parseLinuxCooked(
    std::span<const std::uint8_t> frame) noexcept;

[[nodiscard]] std::optional<EtherPayload> parseLinuxCookedV2(
    std::span<const std::uint8_t> frame) noexcept;

}  // namespace halfopen
