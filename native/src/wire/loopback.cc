#include "wire/loopback.h"

#include <cstring>

#include "wire/byte_order.h"

namespace halfopen {

std::optional<LoopbackPayload> parseNull(std::span<const std::uint8_t> frame) noexcept {
  if (frame.size() < kLoopbackHeaderBytes) return std::nullopt;
  std::uint32_t addressFamily;
  std::memcpy(&addressFamily, frame.data(), sizeof(addressFamily));
  return LoopbackPayload{addressFamily, frame.subspan(kLoopbackHeaderBytes)};
}

std::optional<LoopbackPayload> parseLoop(std::span<const std::uint8_t> frame) noexcept {
  if (frame.size() < kLoopbackHeaderBytes) return std::nullopt;
  return LoopbackPayload{loadBe32(frame.data()), frame.subspan(kLoopbackHeaderBytes)};
}

}  // namespace halfopen
