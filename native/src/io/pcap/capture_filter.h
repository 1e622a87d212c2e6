// What the kernel lets through to us: packets that may answer our probes.
#pragma once

#include <string>

#include "probe/reply_matcher.h"

namespace halfopen {

// In pcap-filter(7) language.
[[nodiscard]] std::string captureFilterFor(const MarkConfig& probes);

}  // namespace halfopen
