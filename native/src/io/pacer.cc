#include "io/pacer.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

// A burst holds no more than what is due in this time, so that low rates have no bursts at all. Up
// to a usual burst it may be longer, so that a wake-up is not for two or three packets.
constexpr double kBurstTime = 250 * kMicrosecond;
constexpr double kUsualBurst = 64;
constexpr double kUsualBurstTime = kMillisecond;

// What a sender that was kept from its work may make up for, and how much faster than the rate.
constexpr double kLongestDebt = 100 * kMillisecond;
constexpr double kCatchUpSpeed = 1.25;

// Forgives rounding, so that a packet is not refused in the very nanosecond it is due.
constexpr double kTolerance = 1e-9;

Nanos roundNanos(double nanos) noexcept { return static_cast<Nanos>(std::llround(nanos)); }

}  // namespace

void Pacer::setRate(double packetsPerSecond, Nanos now) noexcept {
  if (packetsPerSecond == rate_) return;
  const bool wasUnlimited = isUnlimited();
  const Nanos lastDue = epoch_ + roundNanos((static_cast<double>(spent_) - 1) * interval_);

  rate_ = packetsPerSecond;
  interval_ = std::isinf(rate_) ? 0 : kSecond / rate_;
  burst_ = isUnlimited() ? maxBurst_ : burstAt(interval_, maxBurst_);
  epoch_ = wasUnlimited ? now : std::max(now, lastDue + roundNanos(interval_));
  spent_ = 0;
  notBefore_ = 0;
}

std::uint32_t Pacer::allowance(Nanos now, bool hadWork) noexcept {
  if (isUnlimited()) return maxBurst_;
  const double most = hadWork ? std::max<double>(burst_, kLongestDebt / interval_) : burst_;
  double owed = owedAt(now);
  if (owed > most) {
    owe(most, now);
    owed = most;
  }
  if (owed < 1 || now < notBefore_) return 0;
  return static_cast<std::uint32_t>(std::min<double>(owed, burst_));
}

void Pacer::spend(std::uint32_t count, Nanos now) noexcept {
  if (count == 0) return;
  spent_ += count;
  notBefore_ = now + roundNanos(count * interval_ / kCatchUpSpeed);
}

void Pacer::giveBack(std::uint32_t count) noexcept {
  spent_ -= std::min<std::uint64_t>(spent_, count);
  if (count > 0) notBefore_ = 0;
}

Nanos Pacer::dueAt(std::uint32_t count) const noexcept {
  const double packets = static_cast<double>(spent_ + count) - 1;
  return std::max(notBefore_, epoch_ + roundNanos(std::ceil(packets * interval_)));
}

std::uint32_t Pacer::burstAt(double interval, std::uint32_t maxBurst) noexcept {
  const double burst =
      std::max(kBurstTime / interval, std::min(kUsualBurstTime / interval, kUsualBurst));
  return static_cast<std::uint32_t>(std::clamp(burst, 1.0, static_cast<double>(maxBurst)));
}

double Pacer::owedAt(Nanos now) const noexcept {
  const double late = static_cast<double>(now - epoch_) - static_cast<double>(spent_) * interval_;
  return std::floor(late / interval_ + kTolerance) + 1;
}

void Pacer::owe(double count, Nanos now) noexcept {
  epoch_ = now - roundNanos((count - 1) * interval_);
  spent_ = 0;
}

}  // namespace halfopen
