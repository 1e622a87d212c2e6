#include "wire/ethernet.h"

#include "wire/byte_order.h"

namespace halfopen {

namespace {

constexpr int kMaxVlanTags = 2;
constexpr std::size_t kVlanTagBytes = 4;  // Control information, then the next EtherType.
constexpr std::size_t kVlanNextType = 2;

bool isVlanTag(std::uint16_t etherType) {
  return etherType == ether_type::kVlan || etherType == ether_type::kServiceVlan;
}

}  // namespace

std::optional<EtherPayload> parseEthernet(std::span<const std::uint8_t> frame) noexcept {
  if (frame.size() < ethernet_offset::kPayload) return std::nullopt;
  return skipVlanTags({loadBe16(frame.data() + ethernet_offset::kEtherType),
                       frame.subspan(ethernet_offset::kPayload)});
}

std::optional<EtherPayload> skipVlanTags(EtherPayload tagged) noexcept {
  for (int tags = 0; tags < kMaxVlanTags && isVlanTag(tagged.etherType); tags++) {
    if (tagged.bytes.size() < kVlanTagBytes) return std::nullopt;
    tagged = {loadBe16(tagged.bytes.data() + kVlanNextType), tagged.bytes.subspan(kVlanTagBytes)};
  }
  return tagged;
}

}  // namespace halfopen
