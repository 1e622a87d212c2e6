// The loopback headers of the BSDs: an address family in four bytes (DLT_NULL and DLT_LOOP).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace halfopen {

inline constexpr std::size_t kLoopbackHeaderBytes = 4;

struct LoopbackPayload {
  std::uint32_t addressFamily;  // An AF_ constant of the system that captured.
  std::span<const std::uint8_t> bytes;
};

// DLT_NULL: the family is in the byte order of the host that captured, which is this one.
[[nodiscard]] std::optional<LoopbackPayload> parseNull(
    std::span<const std::uint8_t> frame) noexcept;

// DLT_LOOP: the family is in network byte order.
[[nodiscard]] std::optional<LoopbackPayload> parseLoop(
    std::span<const std::uint8_t> frame) noexcept;

}  // namespace halfopen
