// TCP sequence numbers.
#pragma once

#include <cstdint>

namespace halfopen {

// Arithmetic and order are modulo 2^32 (RFC 9293 §3.4), so a raw uint32_t comparison is wrong once
// per 4 GiB, and wrong silently. There is no operator<: the order is not transitive.
class SeqNumber {
 public:
  constexpr SeqNumber() noexcept = default;
  constexpr explicit SeqNumber(std::uint32_t value) noexcept : value_(value) {}

  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }

  [[nodiscard]] constexpr bool isBefore(SeqNumber other) const noexcept {
    return static_cast<std::int32_t>(value_ - other.value_) < 0;
  }

  // A SYN takes up one sequence number: its answer acknowledges the next.
  [[nodiscard]] constexpr SeqNumber next() const noexcept { return SeqNumber{value_ + 1}; }
  [[nodiscard]] constexpr SeqNumber previous() const noexcept { return SeqNumber{value_ - 1}; }

  [[nodiscard]] constexpr SeqNumber minus(std::uint32_t bytes) const noexcept {
    return SeqNumber{value_ - bytes};
  }

  friend constexpr bool operator==(SeqNumber, SeqNumber) noexcept = default;

 private:
  std::uint32_t value_ = 0;
};

static_assert(SeqNumber{0xffff'ffff}.isBefore(SeqNumber{0}), "order survives the wrap");

}  // namespace halfopen
