// What our probes are known by, the sequence numbers of TCP above all: keyed hashes, so that an
// answer proves itself.
//
// Whoever has not seen the probe can forge an answer only by guessing 32 bits.
#pragma once

#include <array>
#include <cstdint>

#include "probe/sip_hash.h"
#include "ring/probe_record.h"
#include "wire/byte_order.h"
#include "wire/ip_address.h"
#include "wire/seq_number.h"

namespace halfopen {

inline constexpr std::size_t kCookieKeyBytes = 16;
using CookieKey = std::array<std::uint8_t, kCookieKeyBytes>;

class Cookie {
 public:
  explicit Cookie(const CookieKey& key) noexcept : hash_(key) {}

  // The sequence number of the probe from `source` to `targetPort` of `target` on try `attempt`.
  // Both addresses are of the same family. The source port is left out: it follows from the try.
  [[nodiscard]] SeqNumber of(const IpAddress& source, const IpAddress& target,
                             std::uint16_t targetPort, std::uint8_t attempt,
                             std::uint8_t kind = probe_kind::kSyn) const noexcept {
    return SeqNumber{static_cast<std::uint32_t>(wideOf(source, target, targetPort, attempt, kind))};
  }

  // A hash whose low half is the sequence number. The high half tells nothing about it.
  [[nodiscard]] std::uint64_t wideOf(const IpAddress& source, const IpAddress& target,
                                     std::uint16_t targetPort, std::uint8_t attempt,
                                     std::uint8_t kind = probe_kind::kSyn) const noexcept {
    const std::uint8_t* from = source.recordBytes().data();
    const std::uint8_t* to = target.recordBytes().data();
    // Both addresses in network order, the port in network order, the try, and the kind unless it
    // is SYN. The length tells the families apart, so no two tuples have one message.
    const std::uint64_t tail = std::uint64_t{targetPort} >> 8 |
                               (std::uint64_t{targetPort} & 0xff) << 8 |
                               std::uint64_t{attempt} << 16 | std::uint64_t{kind} << 24;
    const std::uint64_t rest = kind == probe_kind::kSyn ? 3 : 4;
    if (source.isV4()) {
      const std::array words{loadLe32(from) | std::uint64_t{loadLe32(to)} << 32};
      return hash_.of(words, tail | (2 * kIpv4AddressBytes + rest) << 56);
    }
    const std::array words{loadLe64(from), loadLe64(from + 8), loadLe64(to), loadLe64(to + 8)};
    return hash_.of(words, tail | (2 * kIpv6AddressBytes + rest) << 56);
  }

 private:
  SipHash hash_;
};

}  // namespace halfopen
