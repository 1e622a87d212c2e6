// Leaves copies of packets for --packet-trace, or does nothing when nobody traces.
//
// Threads: each of the sender and the receiver thread has its own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "io/counter.h"
#include "ring/packet_record.h"
#include "ring/ring.h"

namespace halfopen {

class PacketTracer {
 public:
  explicit PacketTracer(std::optional<Ring<PacketRecord>> ring) noexcept;

  // `packet` begins with the IP header and may have been cut; `length` is what it was on the wire.
  void record(double at, std::span<const std::uint8_t> packet, std::size_t length) noexcept {
    if (ring_) copy(at, packet, {}, length);
  }

  // A packet in two pieces.
  void record(double at, std::span<const std::uint8_t> header,
              std::span<const std::uint8_t> payload) noexcept {
    if (ring_) copy(at, header, payload, header.size() + payload.size());
  }

  // Packets that found the ring full. Read from any thread.
  [[nodiscard]] std::uint64_t lost() const noexcept { return lost_.read(); }

 private:
  void copy(double at, std::span<const std::uint8_t> packet, std::span<const std::uint8_t> rest,
            std::size_t length) noexcept;

  std::optional<RingProducer<PacketRecord>> ring_;
  Counter lost_;
};

}  // namespace halfopen
