#include "io/pacer.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>

namespace halfopen {

namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();
constexpr Nanos kStart = 5 * kSecond;

Pacer pacerAt(double rate, std::uint32_t maxBurst = 64) {
  Pacer pacer{maxBurst};
  pacer.setRate(rate, kStart);
  return pacer;
}

// Packets that leave in `duration` when the sender looks every `interval`.
std::uint64_t sentIn(Pacer& pacer, Nanos duration, Nanos interval) {
  std::uint64_t sent = 0;
  for (Nanos now = kStart; now < kStart + duration; now += interval) {
    const std::uint32_t allowed = pacer.allowance(now);
    pacer.spend(allowed);
    sent += allowed;
  }
  return sent;
}

}  // namespace

TEST_CASE("a pacer without a rate allows a whole burst at any time") {
  Pacer pacer{64};
  CHECK(pacer.allowance(kStart) == 64);
  pacer.spend(64);
  CHECK(pacer.allowance(kStart) == 64);
  CHECK(pacer.dueAt(64) <= kStart);
}

TEST_CASE("the rate holds to the packet, whatever the rhythm of the sender") {
  struct Case {
    double rate;
    Nanos interval;
  };
  for (const Case& one :
       {Case{3, kMillisecond}, Case{999, 100 * kMicrosecond}, Case{1000, 333 * kMicrosecond},
        Case{70'000, 50 * kMicrosecond}, Case{300'000, 7 * kMicrosecond}}) {
    CAPTURE(one.rate);
    Pacer pacer = pacerAt(one.rate);
    const double sent = static_cast<double>(sentIn(pacer, 10 * kSecond, one.interval));
    CHECK(std::abs(sent - 10 * one.rate) <=
          1 + one.rate * static_cast<double>(one.interval) / kSecond);
  }
}

TEST_CASE("a packet may leave at the time that the pacer gave, and not before") {
  for (const double rate : {0.1, 1.0, 7.0, 333.0, 12'345.0, 999'999.0}) {
    CAPTURE(rate);
    Pacer pacer = pacerAt(rate);
    for (int packet = 0; packet < 100; ++packet) {
      const Nanos due = pacer.dueAt(1);
      CHECK(pacer.allowance(due - 20) == 0);  // Doubles are good to 10 ns in 10 s.
      CHECK(pacer.allowance(due) == 1);
      pacer.spend(1);
    }
  }
}

TEST_CASE("several packets may leave together at the time given for as many") {
  Pacer pacer = pacerAt(100'000);
  const std::uint32_t count = pacer.worthWaitingFor();
  CHECK(count == 32);
  CHECK(pacer.allowance(pacer.dueAt(count)) == count);
}

TEST_CASE("what was missed by more than a burst is forgotten") {
  Pacer pacer = pacerAt(100'000);
  pacer.spend(pacer.allowance(kStart));
  const Nanos afterStall = kStart + 3 * kSecond;
  CHECK(pacer.allowance(afterStall) == 64);
  pacer.spend(64);
  CHECK(pacer.allowance(afterStall) == 0);
  CHECK(pacer.dueAt(1) == afterStall + 10 * kMicrosecond);
}

TEST_CASE("low rates have no bursts: a pause leaves no credit") {
  Pacer pacer = pacerAt(10);
  pacer.spend(pacer.allowance(kStart));
  CHECK(pacer.allowance(kStart + 60 * kSecond) == 1);
  pacer.spend(1);
  CHECK(pacer.allowance(kStart + 60 * kSecond) == 0);
}

TEST_CASE("a burst is never longer than what the sender hands over at once") {
  Pacer pacer = pacerAt(1e9, 16);
  CHECK(pacer.allowance(kStart + kSecond) == 16);
}

TEST_CASE("a new rate counts from the last packet, not from the old schedule") {
  Pacer pacer = pacerAt(0.1);
  pacer.spend(pacer.allowance(kStart));
  CHECK(pacer.dueAt(1) == kStart + 10 * kSecond);
  pacer.setRate(10, kStart + kMillisecond);
  CHECK(pacer.dueAt(1) == kStart + 100 * kMillisecond);
}

TEST_CASE("a new rate gives no credit for the time before it") {
  Pacer pacer = pacerAt(1);
  pacer.spend(pacer.allowance(kStart));
  const Nanos later = kStart + 30 * kSecond;
  pacer.setRate(1000, later);
  CHECK(pacer.allowance(later) == 1);
}

TEST_CASE("the same rate again changes nothing") {
  Pacer pacer = pacerAt(10);
  pacer.spend(pacer.allowance(kStart));
  const Nanos due = pacer.dueAt(1);
  pacer.setRate(10, kStart + 50 * kMillisecond);
  CHECK(pacer.dueAt(1) == due);
}

TEST_CASE("a limit can be lifted and set again") {
  Pacer pacer = pacerAt(1);
  pacer.spend(pacer.allowance(kStart));
  pacer.setRate(kUnlimited, kStart);
  CHECK(pacer.allowance(kStart) == 64);
  pacer.setRate(1, kStart);
  CHECK(pacer.allowance(kStart) == 1);
}

}  // namespace halfopen
