// Says how many packets may leave, and when the next ones may.
//
// A token bucket on an absolute schedule: packet n is due at epoch + n x interval, so rounding and
// late wake-ups do not add up to a lower rate. What was missed by more than a burst is forgotten,
// not made up for: a stalled thread does not flood the network when it runs again.
//
// Pure: time is an argument. Not thread-safe.
#pragma once

#include <cstdint>
#include <limits>

#include "io/monotonic_clock.h"

namespace halfopen {

class Pacer {
 public:
  // No limit until `setRate`. `maxBurst` is at least 1.
  explicit Pacer(std::uint32_t maxBurst) noexcept : maxBurst_(maxBurst), burst_(maxBurst) {}

  // Packets per second; infinity for no limit. Takes effect at `now`, without credit for the past.
  void setRate(double packetsPerSecond, Nanos now) noexcept;

  // Packets that may leave at `now`, `maxBurst` at the most. Does not use them up.
  [[nodiscard]] std::uint32_t allowance(Nanos now) noexcept;

  // Notes that `count` packets of the allowance left.
  void spend(std::uint32_t count) noexcept;

  // When `allowance` will be `count`, for a count up to a burst.
  [[nodiscard]] Nanos dueAt(std::uint32_t count) const noexcept;

  // Packets worth waiting for together, so that a high rate does not mean a wake-up for each. Half
  // a burst: the other half is the time by which a wake-up may be late and nothing is forgotten.
  [[nodiscard]] std::uint32_t worthWaitingFor() const noexcept {
    return burst_ < 2 ? 1 : burst_ / 2;
  }

 private:
  [[nodiscard]] bool isUnlimited() const noexcept { return interval_ == 0; }
  [[nodiscard]] static std::uint32_t burstAt(double interval, std::uint32_t maxBurst) noexcept;

  std::uint32_t maxBurst_;
  std::uint32_t burst_;  // Packets that may leave at once at this rate.
  double rate_ = std::numeric_limits<double>::infinity();
  double interval_ = 0;  // Nanoseconds from one packet to the next; 0 for no limit.
  Nanos epoch_ = 0;
  std::uint64_t spent_ = 0;  // Since the epoch.
};

}  // namespace halfopen
