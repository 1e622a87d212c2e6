// Leaves copies of packets for --packet-trace, or does nothing when nobody traces.
//
// Threads: each sender thread and the receiver thread has its own, and records. JavaScript's
// attaches the ring and switches.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>

#include "io/counter.h"
#include "ring/packet_record.h"
#include "ring/ring.h"

namespace halfopen {

class PacketTracer {
 public:
  // Where copies go. Once, before the first `enable`.
  void attach(Ring<PacketRecord> ring) noexcept { ring_.emplace(ring); }

  // Copies from now on, or no more.
  void enable(bool isOn) noexcept { isOn_.store(isOn, std::memory_order_release); }

  // `packet` begins with what `layer` says and may have been cut; `length` is what it was on the
  // wire.
  void record(double at, PacketLayer layer, std::span<const std::uint8_t> packet,
              std::size_t length) noexcept {
    if (isOn()) copy(at, layer, packet, {}, length);
  }

  // A packet in two pieces.
  void record(double at, PacketLayer layer, std::span<const std::uint8_t> header,
              std::span<const std::uint8_t> payload) noexcept {
    if (isOn()) copy(at, layer, header, payload, header.size() + payload.size());
  }

  // Packets that found the ring full. Read from any thread.
  [[nodiscard]] std::uint64_t lost() const noexcept { return lost_.read(); }

 private:
  // Whoever sees it on sees the ring as well.
  [[nodiscard]] bool isOn() const noexcept { return isOn_.load(std::memory_order_acquire); }
  void copy(double at, PacketLayer layer, std::span<const std::uint8_t> packet,
            std::span<const std::uint8_t> rest, std::size_t length) noexcept;

  std::atomic<bool> isOn_{false};
  std::optional<RingProducer<PacketRecord>> ring_;
  Counter lost_;
};

}  // namespace halfopen
