// How probes are marked, for whoever builds or recognizes them.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/cookie.h"
#include "probe/probe_kind_set.h"

namespace halfopen {

struct MarkConfig {
  CookieKey key;
  // Try n leaves from port `sourcePortBase` + n. Probes of TCP without a SYN, and those that ask
  // for a protocol, leave `tries` further up. No port is above 65535.
  std::uint16_t sourcePortBase;
  std::uint8_t tries;
  // Every try leaves from here instead; the cookie alone tells them apart.
  std::optional<std::uint16_t> fixedSourcePort;
  // Data behind each probe that can have some. Who refuses a connection acknowledges it, who
  // accepts one need not.
  std::uint16_t payloadBytes = 0;
  // What may be sent. Nothing else is recognized.
  ProbeKindSet kinds{probe_kind::kSyn};
};

}  // namespace halfopen
