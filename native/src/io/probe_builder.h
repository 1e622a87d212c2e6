// Builds the packets of probe records.
//
// Threads: used by the sender thread only.
#pragma once

#include <cstdint>
#include <random>
#include <span>

#include "io/outgoing_path.h"
#include "io/probe_encoding.h"
#include "probe/cookie.h"
#include "ring/probe_record.h"

namespace halfopen {

inline constexpr std::size_t kMaxFrameBytes = ethernet_offset::kPayload + kSynBytesV6;

class ProbeBuilder {
 public:
  explicit ProbeBuilder(const ProbeEncoding& encoding)
      : encoding_(encoding), cookie_(encoding.marks.key), random_(std::random_device{}()) {}

  // Why no packet can be made of this record (an errno), or 0. `path` may be null.
  [[nodiscard]] int refusal(const ProbeRecord& probe, const OutgoingPath* path) const noexcept;

  // Writes the frame of a record that was not refused; returns its bytes, which begin with the
  // path's link header. `into` has room for kMaxFrameBytes.
  [[nodiscard]] std::span<const std::uint8_t> build(const ProbeRecord& probe,
                                                    const OutgoingPath& path,
                                                    std::span<std::uint8_t> into) noexcept;

 private:
  ProbeEncoding encoding_;
  Cookie cookie_;
  std::minstd_rand random_;  // For fields that need no secrecy.
};

// The address that a record names.
[[nodiscard]] IpAddress targetOf(const ProbeRecord& probe) noexcept;

}  // namespace halfopen
