// How a probe becomes a packet: what the receiver later recognizes it by, and what it looks like.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/mark_config.h"

namespace halfopen {

struct ProbeEncoding {
  MarkConfig marks;
  // TTL or hop limit of every probe; without it, each has a random one.
  std::optional<std::uint8_t> hopLimit;

  // Of a probe with these random bits: 37 to 59, the range of Nmap's probes, unless it is fixed.
  [[nodiscard]] std::uint8_t hopLimitFrom(std::uint16_t random) const noexcept {
    return hopLimit.value_or(static_cast<std::uint8_t>(37 + (random * 23u >> 16)));
  }

  [[nodiscard]] std::uint16_t sourcePort(std::uint8_t attempt) const noexcept {
    return marks.fixedSourcePort.value_or(
        static_cast<std::uint16_t>(marks.sourcePortBase + attempt));
  }
};

}  // namespace halfopen
