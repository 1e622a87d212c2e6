// Addresses of tests as those of the code: in packets they are bytes.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "packets.h"
#include "wire/ip_address.h"

namespace halfopen::test {

[[nodiscard]] inline IpAddress toAddress(const Bytes& bytes) {
  return bytes.size() == 4 ? IpAddress::v4(std::span{bytes}.first<4>())
                           : IpAddress::v6(std::span{bytes}.first<16>());
}

// Whether a field of a record has this address.
[[nodiscard]] inline bool isAddress(const std::array<std::uint8_t, 16>& field, Bytes address) {
  address.resize(field.size());
  return Bytes(field.begin(), field.end()) == address;
}

}  // namespace halfopen::test
