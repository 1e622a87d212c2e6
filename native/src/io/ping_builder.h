// Builds the packets of all probes but SYN: those that find hosts.
//
// Pure: what is random about a packet is taken from its cookie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "io/outgoing_path.h"
#include "io/probe_encoding.h"
#include "probe/probe_marks.h"
#include "ring/probe_record.h"

namespace halfopen {

class PingBuilder {
 public:
  explicit PingBuilder(const ProbeEncoding& encoding) noexcept
      : encoding_(encoding), marks_(encoding.marks) {}

  // Whether such a probe is sent on such a path: questions to all on a link have one of their own.
  [[nodiscard]] static bool suits(const ProbeRecord& probe, const OutgoingPath& path) noexcept;

  // Writes the frame of a probe that suits the path; returns it.
  [[nodiscard]] std::span<const std::uint8_t> build(
      const ProbeRecord& probe, const OutgoingPath& path,
      std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept;

 private:
  // Both write from the IP header, or the ARP message, on; they return the size.
  std::size_t writePing(const ProbeRecord& probe, const OutgoingPath& path,
                        std::uint8_t* into) const noexcept;
  static std::size_t writeLinkMessage(const ProbeRecord& probe, const OutgoingPath& path,
                                      std::uint8_t* into) noexcept;

  ProbeEncoding encoding_;
  ProbeMarks marks_;
};

}  // namespace halfopen
