// How a probe becomes a packet: what the receiver later recognizes it by, and what it looks like.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/reply_matcher.h"

namespace halfopen {

struct ProbeEncoding {
  MatcherConfig marks;
  // TTL or hop limit of every probe; without it, each has a random one.
  std::optional<std::uint8_t> hopLimit;

  [[nodiscard]] std::uint16_t sourcePort(std::uint8_t attempt) const noexcept {
    return marks.fixedSourcePort.value_or(
        static_cast<std::uint16_t>(marks.sourcePortBase + attempt));
  }
};

}  // namespace halfopen
