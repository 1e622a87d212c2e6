// Builds the packets of probe records.
//
// Pure: what is random about a packet is taken from its cookie.
#pragma once

#include <cstdint>
#include <span>

#include "io/outgoing_path.h"
#include "io/probe_encoding.h"
#include "probe/cookie.h"
#include "probe/probe_marks.h"
#include "ring/probe_record.h"

namespace halfopen {

class ProbeBuilder {
 public:
  explicit ProbeBuilder(const ProbeEncoding& encoding) noexcept
      : encoding_(encoding), cookie_(encoding.marks.key), marks_(encoding.marks) {}

  // Why no packet can be made of this record (an errno), or 0. `path` may be null.
  [[nodiscard]] int refusal(const ProbeRecord& probe, const OutgoingPath* path) const noexcept;

  // Writes the frame of a record that was not refused; returns it.
  [[nodiscard]] std::span<const std::uint8_t> build(
      const ProbeRecord& probe, const OutgoingPath& path,
      std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept {
    return probe.kind == probe_kind::kSyn ? buildSyn(probe, path, into)
                                          : buildOther(probe, path, into);
  }

 private:
  [[nodiscard]] std::span<const std::uint8_t> buildSyn(
      const ProbeRecord& probe, const OutgoingPath& path,
      std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept;
  [[nodiscard]] std::span<const std::uint8_t> buildOther(
      const ProbeRecord& probe, const OutgoingPath& path,
      std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept;
  // Both write from the IP header, or the ARP message, on; they return the size.
  std::size_t writePing(const ProbeRecord& probe, const OutgoingPath& path,
                        std::uint8_t* into) const noexcept;
  static std::size_t writeLinkMessage(const ProbeRecord& probe, const OutgoingPath& path,
                                      std::uint8_t* into) noexcept;

  ProbeEncoding encoding_;
  Cookie cookie_;
  ProbeMarks marks_;
};

}  // namespace halfopen
