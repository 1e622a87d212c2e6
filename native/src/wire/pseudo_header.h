// What a transport checksum covers besides the message itself (RFC 9293 §3.1, RFC 8200 §8.1).
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/checksum.h"
#include "wire/ip_address.h"

namespace halfopen {

// `bytes` is the length of the message. The words are laid out differently in the two versions of
// IP, and add up to the same.
[[nodiscard]] inline ChecksumSum pseudoHeaderSum(const IpAddress& source,
                                                 const IpAddress& destination,
                                                 std::uint8_t protocol,
                                                 std::size_t bytes) noexcept {
  return ChecksumSum{}
      .addBytes(source.bytes())
      .addBytes(destination.bytes())
      .add16(protocol)
      .add32(static_cast<std::uint32_t>(bytes));
}

}  // namespace halfopen
