// Says how many packets may leave, and when the next ones may.
//
// A token bucket on an absolute schedule: packet n is due at epoch + n x interval, so rounding and
// late wake-ups do not add up to a lower rate. What a sender that had work missed is made up for,
// if it is no more than `kLongestDebt`, at `kCatchUpSpeed` times the rate; the rest is forgotten. A
// sender that had nothing to send is owed nothing.
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

  // Packets that may leave at `now`, `maxBurst` at the most. Does not use them up. `hadWork` says
  // that the sender had packets to send since it last asked.
  [[nodiscard]] std::uint32_t allowance(Nanos now, bool hadWork) noexcept;

  // Notes that `count` packets of the allowance left at `now`.
  void spend(std::uint32_t count, Nanos now) noexcept;

  // Takes back a note: so many did not leave after all.
  void giveBack(std::uint32_t count) noexcept;

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
  // Packets owed at `now`, those due included.
  [[nodiscard]] double owedAt(Nanos now) const noexcept;
  // Moves the schedule so that `count` packets are due at `now`.
  void owe(double count, Nanos now) noexcept;

  std::uint32_t maxBurst_;
  std::uint32_t burst_;  // Packets that may leave at once at this rate.
  double rate_ = std::numeric_limits<double>::infinity();
  double interval_ = 0;  // Nanoseconds from one packet to the next; 0 for no limit.
  Nanos epoch_ = 0;
  std::uint64_t spent_ = 0;  // Since the epoch.
  Nanos notBefore_ = 0;      // Catching up has a speed too.
};

}  // namespace halfopen
