#include "wire/linux_cooked.h"

#include "wire/byte_order.h"

namespace halfopen {

std::optional<EtherPayload> parseLinuxCooked(std::span<const std::uint8_t> frame) noexcept {
  if (frame.size() < linux_cooked_offset::kPayload) return std::nullopt;
  return skipVlanTags({loadBe16(frame.data() + linux_cooked_offset::kProtocol),
                       frame.subspan(linux_cooked_offset::kPayload)});
}

std::optional<EtherPayload> parseLinuxCookedV2(std::span<const std::uint8_t> frame) noexcept {
  if (frame.size() < linux_cooked_v2_offset::kPayload) return std::nullopt;
  return skipVlanTags({loadBe16(frame.data() + linux_cooked_v2_offset::kProtocol),
                       frame.subspan(linux_cooked_v2_offset::kPayload)});
}

}  // namespace halfopen
