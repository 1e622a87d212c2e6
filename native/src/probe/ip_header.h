// Writes IP headers, byte by byte: for packets that are rare beside SYN probes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/ip_address.h"

namespace halfopen {

struct IpFields {
  IpAddress source;
  IpAddress target;  // Of the same family.
  std::uint8_t protocol;
  std::uint8_t hopLimit;  // TTL of IPv4.
  std::uint32_t label;    // Identification of IPv4, flow label of IPv6.
};

// Writes a header before a message of `payloadBytes`; returns its size. There is room for it.
std::size_t writeIpHeader(const IpFields& fields, std::size_t payloadBytes,
                          std::uint8_t* into) noexcept;

[[nodiscard]] std::size_t ipHeaderBytes(IpFamily family) noexcept;

}  // namespace halfopen
