#include "wire/checksum.h"

#include "wire/byte_order.h"

namespace halfopen {

ChecksumSum& ChecksumSum::addBytes(std::span<const std::uint8_t> bytes) noexcept {
  for (; bytes.size() >= 2; bytes = bytes.subspan(2)) add16(loadBe16(bytes.data()));
  if (!bytes.empty()) add16(static_cast<std::uint16_t>(bytes[0] << 8));
  return *this;
}

std::uint16_t checksumOf(std::span<const std::uint8_t> bytes) noexcept {
  return ChecksumSum{}.addBytes(bytes).checksum();
}

}  // namespace halfopen
