// Netlink messages in pieces, for tests.
#pragma once

#include <linux/rtnetlink.h>

#include <cstdint>

#include "packets.h"

namespace halfopen::test {

template <typename Value>
Bytes bytesOf(const Value& value) {
  const auto* first = reinterpret_cast<const std::uint8_t*>(&value);
  return {first, first + sizeof value};
}

inline Bytes attribute(std::uint16_t type, const Bytes& value) {
  const rtattr header{static_cast<std::uint16_t>(RTA_LENGTH(value.size())), type};
  Bytes bytes = concat({bytesOf(header), value});
  bytes.resize(RTA_ALIGN(bytes.size()));
  return bytes;
}

}  // namespace halfopen::test
