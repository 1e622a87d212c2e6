#include "io/packet_tracer.h"

#include <algorithm>

namespace halfopen {

PacketTracer::PacketTracer(std::optional<Ring<PacketRecord>> ring) noexcept {
  if (ring) ring_.emplace(*ring);
}

void PacketTracer::copy(double at, std::span<const std::uint8_t> packet,
                        std::size_t length) noexcept {
  PacketRecord* record = ring_->reserve();
  if (record == nullptr) {
    lost_.add(1);
    return;
  }

  const std::span<const std::uint8_t> kept =
      packet.first(std::min(packet.size(), kPacketSnapBytes));
  record->at = at;
  record->captured = static_cast<std::uint16_t>(kept.size());
  record->length = static_cast<std::uint16_t>(length);
  std::copy(kept.begin(), kept.end(), record->data.begin());
  (void)ring_->publish();  // Traces wake nobody: they are taken when the engine is awake anyway.
}

}  // namespace halfopen
