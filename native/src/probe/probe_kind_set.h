// Kinds of probes.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "ring/probe_record.h"

namespace halfopen {

class ProbeKindSet {
 public:
  constexpr ProbeKindSet(std::initializer_list<std::uint8_t> kinds) noexcept {
    for (const std::uint8_t kind : kinds) bits_ |= 1u << kind;
  }

  // Bit n stands for kind n.
  [[nodiscard]] static constexpr ProbeKindSet fromBits(std::uint32_t bits) noexcept {
    ProbeKindSet set{};
    set.bits_ = bits;
    return set;
  }

  [[nodiscard]] constexpr bool has(std::uint8_t kind) const noexcept {
    return kind < 32 && (bits_ >> kind & 1) != 0;
  }
  // Whether there are probes that a port scan has not.
  [[nodiscard]] constexpr bool findHosts() const noexcept {
    return (bits_ & ~(1u << probe_kind::kSyn)) != 0;
  }

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace halfopen
