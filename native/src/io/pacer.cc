#include "io/pacer.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

// A burst holds no more than what is due in this time, so that low rates have no bursts at all.
constexpr double kBurstTime = kMillisecond;

// Forgives rounding, so that a packet is not refused in the very nanosecond it is due.
constexpr double kTolerance = 1e-9;

Nanos roundNanos(double nanos) noexcept { return static_cast<Nanos>(std::llround(nanos)); }

}  // namespace

void Pacer::setRate(double packetsPerSecond, Nanos now) noexcept {
  if (packetsPerSecond == rate_) return;
  const bool wasUnlimited = isUnlimited();
  const Nanos lastDue = dueAt(1) - roundNanos(interval_);

  rate_ = packetsPerSecond;
  interval_ = std::isinf(rate_) ? 0 : kSecond / rate_;
  burst_ = isUnlimited() ? maxBurst_ : burstAt(interval_, maxBurst_);
  epoch_ = wasUnlimited ? now : std::max(now, lastDue + roundNanos(interval_));
  spent_ = 0;
}

std::uint32_t Pacer::allowance(Nanos now) noexcept {
  if (isUnlimited()) return maxBurst_;
  const double late = static_cast<double>(now - epoch_) - static_cast<double>(spent_) * interval_;
  const double due = std::floor(late / interval_ + kTolerance) + 1;
  if (due < 1) return 0;
  if (due <= burst_) return static_cast<std::uint32_t>(due);

  epoch_ = now - roundNanos((burst_ - 1) * interval_);
  spent_ = 0;
  return burst_;
}

void Pacer::spend(std::uint32_t count) noexcept { spent_ += count; }

Nanos Pacer::dueAt(std::uint32_t count) const noexcept {
  return epoch_ + roundNanos(std::ceil(static_cast<double>(spent_ + count - 1) * interval_));
}

std::uint32_t Pacer::burstAt(double interval, std::uint32_t maxBurst) noexcept {
  return static_cast<std::uint32_t>(
      std::clamp(kBurstTime / interval, 1.0, static_cast<double>(maxBurst)));
}

}  // namespace halfopen
