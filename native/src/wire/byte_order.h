// Reads and writes the big-endian numbers of network headers, and reads little-endian ones, at any
// alignment.
//
// Callers have checked that the bytes are there.
#pragma once

#include <cstdint>

namespace halfopen {

[[nodiscard]] constexpr std::uint16_t loadBe16(const std::uint8_t* bytes) noexcept {
  return static_cast<std::uint16_t>((bytes[0] << 8) | bytes[1]);
}

[[nodiscard]] constexpr std::uint32_t loadBe32(const std::uint8_t* bytes) noexcept {
  return (std::uint32_t{loadBe16(bytes)} << 16) | loadBe16(bytes + 2);
}

[[nodiscard]] constexpr std::uint64_t loadBe64(const std::uint8_t* bytes) noexcept {
  return (std::uint64_t{loadBe32(bytes)} << 32) | loadBe32(bytes + 4);
}

[[nodiscard]] constexpr std::uint32_t loadLe32(const std::uint8_t* bytes) noexcept {
  return std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[3]} << 24;
}

[[nodiscard]] constexpr std::uint64_t loadLe64(const std::uint8_t* bytes) noexcept {
  return std::uint64_t{loadLe32(bytes)} | std::uint64_t{loadLe32(bytes + 4)} << 32;
}

constexpr void storeBe16(std::uint8_t* bytes, std::uint16_t value) noexcept {
  bytes[0] = static_cast<std::uint8_t>(value >> 8);
  bytes[1] = static_cast<std::uint8_t>(value);
}

constexpr void storeBe32(std::uint8_t* bytes, std::uint32_t value) noexcept {
  storeBe16(bytes, static_cast<std::uint16_t>(value >> 16));
  storeBe16(bytes + 2, static_cast<std::uint16_t>(value));
}

constexpr void storeBe64(std::uint8_t* bytes, std::uint64_t value) noexcept {
  storeBe32(bytes, static_cast<std::uint32_t>(value >> 32));
  storeBe32(bytes + 4, static_cast<std::uint32_t>(value));
}

}  // namespace halfopen
