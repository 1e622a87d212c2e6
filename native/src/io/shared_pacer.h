// One pace for all sender threads: together they are never faster than the rate.
//
// Threads: any. A mutex guards it, which each thread takes once or twice for a batch.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <mutex>

#include "io/monotonic_clock.h"
#include "io/pacer.h"

namespace halfopen {

class SharedPacer {
 public:
  explicit SharedPacer(std::uint32_t maxBurst) noexcept : pacer_(maxBurst) {}

  // Packets per second, or infinity. Takes effect when a sender next asks.
  void setRate(double packetsPerSecond) noexcept {
    rate_.store(packetsPerSecond, std::memory_order_relaxed);
  }

  // How many of `wanted` packets may leave at `now`; they are used up. See `Pacer::allowance`.
  [[nodiscard]] std::uint32_t take(std::uint32_t wanted, Nanos now, bool hadWork) noexcept {
    const std::lock_guard lock{mutex_};
    pacer_.setRate(rate_.load(std::memory_order_relaxed), now);
    const std::uint32_t taken = std::min(wanted, pacer_.allowance(now, hadWork));
    if (taken > 0) pacer_.spend(taken, now);
    return taken;
  }

  // So many of those taken did not leave.
  void giveBack(std::uint32_t count) noexcept {
    const std::lock_guard lock{mutex_};
    pacer_.giveBack(count);
  }

  // When to ask again, having `waiting` packets left.
  [[nodiscard]] Nanos dueAt(std::uint32_t waiting) noexcept {
    const std::lock_guard lock{mutex_};
    return pacer_.dueAt(std::min(waiting, pacer_.worthWaitingFor()));
  }

 private:
  std::atomic<double> rate_{std::numeric_limits<double>::infinity()};
  std::mutex mutex_;
  Pacer pacer_;
};

}  // namespace halfopen
