// The time that both native threads and JavaScript count in: CLOCK_MONOTONIC.
#pragma once

#include <cstdint>
#include <ctime>

namespace halfopen {

// Nanoseconds of CLOCK_MONOTONIC.
using Nanos = std::int64_t;

inline constexpr Nanos kMicrosecond = 1'000;
inline constexpr Nanos kMillisecond = 1'000'000;
inline constexpr Nanos kSecond = 1'000'000'000;

[[nodiscard]] inline Nanos clockNow(clockid_t clock) noexcept {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

[[nodiscard]] inline Nanos monotonicNow() noexcept { return clockNow(CLOCK_MONOTONIC); }

[[nodiscard]] constexpr timespec toTimespec(Nanos duration) noexcept {
  return {static_cast<time_t>(duration / kSecond), static_cast<long>(duration % kSecond)};
}

// The form that records have: microseconds, with fractions.
[[nodiscard]] constexpr double toMicros(Nanos time) noexcept {
  return static_cast<double>(time) / kMicrosecond;
}

}  // namespace halfopen
