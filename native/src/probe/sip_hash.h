// SipHash-2-4: a keyed hash that is fast on short messages (Aumasson and Bernstein, 2012).
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace halfopen {

[[nodiscard]] std::uint64_t sipHash24(const std::array<std::uint8_t, 16>& key,
                                      std::span<const std::uint8_t> message) noexcept;

}  // namespace halfopen
