#include "wire/neighbour_advertisement.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::uint8_t kSolicitedFlag = 0x40;
constexpr std::size_t kOptionLength = 1;  // Offset of the length, which counts kind and length too.
constexpr std::size_t kOptionValue = 2;

}  // namespace

std::optional<NeighbourAdvertisement> NeighbourAdvertisement::parse(
    std::span<const std::uint8_t> message) noexcept {
  if (message.size() < neighbour_offset::kOptions) return std::nullopt;
  NeighbourAdvertisement advertisement{
      IpAddress::v6(message.subspan<neighbour_offset::kTarget, kIpv6AddressBytes>()),
      (message[neighbour_offset::kFlags] & kSolicitedFlag) != 0, std::nullopt};
  std::span<const std::uint8_t> rest = message.subspan(neighbour_offset::kOptions);
  while (!rest.empty()) {
    if (rest.size() < neighbour_option::kMacOptionBytes) return std::nullopt;
    const std::size_t size = neighbour_option::kMacOptionBytes * rest[kOptionLength];
    if (size == 0 || size > rest.size()) return std::nullopt;
    if (rest[0] == neighbour_option::kTargetMac && !advertisement.mac) {
      std::copy_n(rest.begin() + kOptionValue, kMacBytes, advertisement.mac.emplace().begin());
    }
    rest = rest.subspan(size);
  }
  return advertisement;
}

}  // namespace halfopen
