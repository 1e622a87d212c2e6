// A copy of a packet for --packet-trace. packages/model/src/packet-ring.ts declares the same
// layout.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace halfopen {

// Bytes of a packet that a record holds; what is longer is cut.
inline constexpr std::size_t kPacketSnapBytes = 256;

// What the bytes of a record begin with.
enum class PacketLayer : std::uint8_t { kIp = 0, kArp = 1 };

struct PacketRecord {
  double at;               // µs: handed to the kernel, or received by it.
  std::uint16_t captured;  // Bytes of the packet in here.
  std::uint16_t length;    // Bytes of the packet on the wire, from there on.
  PacketLayer layer;
  std::array<std::uint8_t, 3> reserved;
  std::array<std::uint8_t, kPacketSnapBytes> data;  // From the IP header, or the ARP message, on.
};

static_assert(std::is_trivially_copyable_v<PacketRecord> &&
              std::is_standard_layout_v<PacketRecord>);
static_assert(sizeof(PacketRecord) == 272);
static_assert(offsetof(PacketRecord, at) == 0);
static_assert(offsetof(PacketRecord, captured) == 8);
static_assert(offsetof(PacketRecord, length) == 10);
static_assert(offsetof(PacketRecord, layer) == 12);
static_assert(offsetof(PacketRecord, data) == 16);

}  // namespace halfopen
