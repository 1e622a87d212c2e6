// A probe to be sent. packages/model/src/probe-ring.ts declares the same layout.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace halfopen {

namespace probe_kind {
inline constexpr std::uint8_t kSyn = 0;
inline constexpr std::uint8_t kAck = 1;
inline constexpr std::uint8_t kEcho = 2;
inline constexpr std::uint8_t kTimestamp = 3;
inline constexpr std::uint8_t kAddressMask = 4;
inline constexpr std::uint8_t kUdp = 5;
inline constexpr std::uint8_t kProtocol = 6;
inline constexpr std::uint8_t kNeighbour = 7;
inline constexpr std::uint8_t kListenerQuery = 8;
}  // namespace probe_kind

struct ProbeRecord {
  double sentAt;                        // µs: when it was handed to the kernel. Ours to write.
  std::array<std::uint8_t, 16> target;  // Network order; IPv4 in the first four.
  std::uint32_t tag;                    // The engine's own mark.
  std::uint32_t path;
  std::uint16_t port;
  std::uint8_t attempt;  // 0 for the first.
  std::uint8_t family;   // 4 or 6.
  std::uint8_t kind;     // See probe_kind.
  std::uint8_t reserved;
  std::uint16_t error;  // errno of the send, 0 when it was sent. Ours to write.
};

static_assert(std::is_trivially_copyable_v<ProbeRecord> && std::is_standard_layout_v<ProbeRecord>);
static_assert(sizeof(ProbeRecord) == 40);
static_assert(offsetof(ProbeRecord, sentAt) == 0);
static_assert(offsetof(ProbeRecord, target) == 8);
static_assert(offsetof(ProbeRecord, tag) == 24);
static_assert(offsetof(ProbeRecord, path) == 28);
static_assert(offsetof(ProbeRecord, port) == 32);
static_assert(offsetof(ProbeRecord, attempt) == 34);
static_assert(offsetof(ProbeRecord, family) == 35);
static_assert(offsetof(ProbeRecord, kind) == 36);
static_assert(offsetof(ProbeRecord, error) == 38);

}  // namespace halfopen
