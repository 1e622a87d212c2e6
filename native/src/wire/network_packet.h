// What is left of a frame without its link-layer header.
#pragma once

#include <cstdint>
#include <span>

#include "wire/ip_address.h"

namespace halfopen {

// An IP packet and what follows it in the frame, such as the padding of short Ethernet frames.
// The bytes begin with the IP header, which is not checked yet.
struct NetworkPacket {
  IpFamily family;
  std::span<const std::uint8_t> bytes;
};

}  // namespace halfopen
