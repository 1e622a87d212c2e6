// Builds the packets of probe records.
//
// Pure: what is random about a packet is taken from its cookie.
#pragma once

#include <cstdint>
#include <span>

#include "io/outgoing_path.h"
#include "io/ping_builder.h"
#include "io/probe_encoding.h"
#include "probe/cookie.h"
#include "ring/probe_record.h"

namespace halfopen {

class ProbeBuilder {
 public:
  explicit ProbeBuilder(const ProbeEncoding& encoding) noexcept
      : encoding_(encoding), cookie_(encoding.marks.key), pings_(encoding) {}

  // Why no packet can be made of this record (an errno), or 0. `path` may be null.
  [[nodiscard]] int refusal(const ProbeRecord& probe, const OutgoingPath* path) const noexcept {
    const bool isUsualSyn = path != nullptr && probe.kind == probe_kind::kSyn &&
                            !path->isToLink() && probe.attempt < encoding_.marks.tries &&
                            probe.family == static_cast<std::uint8_t>(path->source().family());
    return isUsualSyn ? 0 : refusalOfOther(probe, path);
  }

  // Writes the frame of a record that was not refused; returns it.
  [[nodiscard]] std::span<const std::uint8_t> build(
      const ProbeRecord& probe, const OutgoingPath& path,
      std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept {
    return probe.kind == probe_kind::kSyn ? buildSyn(probe, path, into)
                                          : pings_.build(probe, path, into);
  }

 private:
  [[nodiscard]] int refusalOfOther(const ProbeRecord& probe,
                                   const OutgoingPath* path) const noexcept;
  [[nodiscard]] std::span<const std::uint8_t> buildSyn(
      const ProbeRecord& probe, const OutgoingPath& path,
      std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept;
  ProbeEncoding encoding_;
  Cookie cookie_;
  PingBuilder pings_;
};

}  // namespace halfopen
