// The sequence numbers of our probes: keyed hashes, so that an answer proves itself.
//
// Whoever has not seen the probe can forge an answer only by guessing 32 bits.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "wire/ip_address.h"
#include "wire/seq_number.h"

namespace halfopen {

inline constexpr std::size_t kCookieKeyBytes = 16;
using CookieKey = std::array<std::uint8_t, kCookieKeyBytes>;

class Cookie {
 public:
  explicit Cookie(const CookieKey& key) noexcept : key_(key) {}

  // The sequence number of the probe from `source` to `targetPort` of `target` on try `attempt`.
  // Both addresses are of the same family. The source port is left out: it follows from the try.
  [[nodiscard]] SeqNumber of(const IpAddress& source, const IpAddress& target,
                             std::uint16_t targetPort, std::uint8_t attempt) const noexcept;

 private:
  CookieKey key_;
};

}  // namespace halfopen
