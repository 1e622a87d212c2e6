#include "io/shared_pacer.h"

#include <doctest/doctest.h>

namespace halfopen {

namespace {

constexpr Nanos kStart = 5 * kSecond;

}  // namespace

TEST_CASE("senders that share a pace are together no faster than one") {
  for (const double rate : {1.0, 1000.0, 100'000.0}) {
    CAPTURE(rate);
    SharedPacer pacer{64};
    pacer.setRate(rate);
    std::uint64_t sent = 0;
    for (Nanos now = kStart; now < kStart + 4 * kSecond; now += 100 * kMicrosecond) {
      for (int sender = 0; sender < 3; ++sender) sent += pacer.take(64, now, true);
      const double elapsed = static_cast<double>(now - kStart) / kSecond;
      CHECK(static_cast<double>(sent) <= 1 + rate * elapsed * (1 + 1e-9));
    }
    CHECK(static_cast<double>(sent) >= 4 * rate * 0.999);
  }
}

TEST_CASE("what one sender gives back another may take") {
  SharedPacer pacer{64};
  pacer.setRate(10);
  CHECK(pacer.take(5, kStart, false) == 1);
  CHECK(pacer.take(5, kStart, false) == 0);
  pacer.giveBack(1);
  CHECK(pacer.take(5, kStart, false) == 1);
  CHECK(pacer.dueAt(5) == kStart + 100 * kMillisecond);
}

TEST_CASE("a new rate holds for the next who asks") {
  SharedPacer pacer{64};
  pacer.setRate(0.1);
  CHECK(pacer.take(1, kStart, false) == 1);
  CHECK(pacer.take(1, kStart + kSecond, true) == 0);
  pacer.setRate(10);
  CHECK(pacer.take(1, kStart + kSecond, true) == 1);
}

}  // namespace halfopen
