#include "io/packet_tracer.h"

#include <algorithm>

namespace halfopen {

void PacketTracer::copy(double at, PacketLayer layer, std::span<const std::uint8_t> packet,
                        std::span<const std::uint8_t> rest, std::size_t length) noexcept {
  PacketRecord* record = ring_->reserve();
  if (record == nullptr) {
    lost_.add(1);
    return;
  }

  const std::size_t first = std::min(packet.size(), kPacketSnapBytes);
  const std::size_t second = std::min(rest.size(), kPacketSnapBytes - first);
  record->at = at;
  record->captured = static_cast<std::uint16_t>(first + second);
  record->length = static_cast<std::uint16_t>(length);
  record->layer = layer;
  std::copy_n(packet.begin(), first, record->data.begin());
  std::copy_n(rest.begin(), second, record->data.begin() + first);
  (void)ring_->publish();  // Traces wake nobody: they are taken when the engine is awake anyway.
}

}  // namespace halfopen
