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

// Takes what may leave.
std::uint32_t take(Pacer& pacer, Nanos now, bool hadWork = false) {
  const std::uint32_t allowed = pacer.allowance(now, hadWork);
  pacer.spend(allowed, now);
  return allowed;
}

// Packets that leave in `duration` when a sender that always has work looks every `interval`.
std::uint64_t sentIn(Pacer& pacer, Nanos duration, Nanos interval) {
  std::uint64_t sent = 0;
  for (Nanos now = kStart; now < kStart + duration; now += interval) sent += take(pacer, now, true);
  return sent;
}

}  // namespace

TEST_CASE("a pacer without a rate allows a whole burst at any time") {
  Pacer pacer{64};
  CHECK(take(pacer, kStart) == 64);
  CHECK(take(pacer, kStart) == 64);
  CHECK(pacer.dueAt(64) <= kStart);
}

TEST_CASE("the rate holds to the packet, whatever the rhythm of the sender") {
  struct Case {
    double rate;
    Nanos interval;
  };
  for (const Case& one :
       {Case{0.1, kMillisecond}, Case{3, kMillisecond}, Case{999, 100 * kMicrosecond},
        Case{1000, 333 * kMicrosecond}, Case{5000, 700 * kMicrosecond},
        Case{70'000, 50 * kMicrosecond}, Case{300'000, 7 * kMicrosecond}}) {
    CAPTURE(one.rate);
    Pacer pacer = pacerAt(one.rate);
    const double sent = static_cast<double>(sentIn(pacer, 10 * kSecond, one.interval));
    CHECK(std::abs(sent - 10 * one.rate) <=
          1 + one.rate * static_cast<double>(one.interval) / kSecond);
  }
}

TEST_CASE("what a busy sender missed is made up for, not at once but a little faster") {
  Pacer pacer = pacerAt(100'000);
  (void)take(pacer, kStart);
  const Nanos afterStall = kStart + 10 * kMillisecond;  // 1000 packets.
  std::uint32_t sent = 0;
  const Nanos look = 10 * kMicrosecond;
  for (Nanos now = afterStall; now < afterStall + 40 * kMillisecond; now += look) {
    const std::uint32_t burst = take(pacer, now, true);
    CHECK(burst <= 64);
    sent += burst;
    const double elapsed = static_cast<double>(now - afterStall) / kSecond;
    CHECK(sent <= 64 + elapsed * 125'000 + 1);
  }
  CHECK(sent < 5000);
  for (Nanos now = afterStall + 40 * kMillisecond; now <= kStart + kSecond; now += look) {
    sent += take(pacer, now, true);
  }
  CHECK(sent >= 99'990);
  CHECK(sent <= 100'001);
}

TEST_CASE("a busy sender makes up for 100 ms at the most") {
  Pacer pacer = pacerAt(100'000);
  (void)take(pacer, kStart);
  std::uint32_t sent = 0;
  const Nanos afterStall = kStart + kSecond;
  for (Nanos now = afterStall; now < afterStall + kSecond; now += 10 * kMicrosecond) {
    sent += take(pacer, now, true);
  }
  CHECK(std::abs(static_cast<double>(sent) - 110'000) <= 5);
}

TEST_CASE("packets that did not leave may leave later") {
  Pacer pacer = pacerAt(100'000);
  (void)take(pacer, kStart);
  const Nanos later = kStart + kMillisecond;
  CHECK(take(pacer, later, true) == 64);
  pacer.giveBack(60);
  CHECK(take(pacer, later, true) == 64);
}

TEST_CASE("a packet may leave at the time that the pacer gave, and not before") {
  for (const double rate : {0.1, 1.0, 7.0, 333.0, 12'345.0, 999'999.0}) {
    CAPTURE(rate);
    Pacer pacer = pacerAt(rate);
    for (int packet = 0; packet < 100; ++packet) {
      const Nanos due = pacer.dueAt(1);
      CHECK(pacer.allowance(due - 20, true) == 0);  // Doubles are good to 10 ns in 10 s.
      CHECK(take(pacer, due, true) == 1);
    }
  }
}

TEST_CASE("several packets may leave together at the time given for as many") {
  Pacer pacer = pacerAt(100'000);
  const std::uint32_t count = pacer.worthWaitingFor();
  CHECK(count == 32);
  CHECK(pacer.allowance(pacer.dueAt(count), true) == count);
}

TEST_CASE("a sender that had nothing to send is owed one burst") {
  Pacer pacer = pacerAt(100'000);
  (void)take(pacer, kStart);
  const Nanos afterStall = kStart + 3 * kSecond;
  CHECK(take(pacer, afterStall) == 64);
  CHECK(pacer.allowance(afterStall, false) == 0);
  CHECK(pacer.dueAt(1) == afterStall + 512 * kMicrosecond);  // No faster than when catching up.
}

TEST_CASE("low rates have no bursts: a pause leaves no credit") {
  Pacer pacer = pacerAt(10);
  (void)take(pacer, kStart);
  CHECK(take(pacer, kStart + 60 * kSecond) == 1);
  CHECK(pacer.allowance(kStart + 60 * kSecond, false) == 0);
}

TEST_CASE("bursts grow with the rate") {
  struct Case {
    double rate;
    std::uint32_t burst;
  };
  for (const Case& one : {Case{500, 1}, Case{10'000, 10}, Case{64'000, 64}, Case{256'000, 64},
                          Case{512'000, 128}, Case{5e6, 256}}) {
    CAPTURE(one.rate);
    Pacer pacer = pacerAt(one.rate, 256);
    CHECK(pacer.allowance(kStart + kSecond, false) == one.burst);
  }
}

TEST_CASE("a burst is never longer than what the sender hands over at once") {
  Pacer pacer = pacerAt(1e9, 16);
  CHECK(pacer.allowance(kStart + kSecond, false) == 16);
}

TEST_CASE("a new rate counts from the last packet, not from the old schedule") {
  Pacer pacer = pacerAt(0.1);
  (void)take(pacer, kStart);
  CHECK(pacer.dueAt(1) == kStart + 10 * kSecond);
  pacer.setRate(10, kStart + kMillisecond);
  CHECK(pacer.dueAt(1) == kStart + 100 * kMillisecond);
}

TEST_CASE("a new rate gives no credit for the time before it") {
  Pacer pacer = pacerAt(1);
  (void)take(pacer, kStart);
  const Nanos later = kStart + 30 * kSecond;
  pacer.setRate(1000, later);
  CHECK(pacer.allowance(later, false) == 1);
}

TEST_CASE("the same rate again changes nothing") {
  Pacer pacer = pacerAt(10);
  (void)take(pacer, kStart);
  const Nanos due = pacer.dueAt(1);
  pacer.setRate(10, kStart + 50 * kMillisecond);
  CHECK(pacer.dueAt(1) == due);
}

TEST_CASE("a limit can be lifted and set again") {
  Pacer pacer = pacerAt(1);
  (void)take(pacer, kStart);
  pacer.setRate(kUnlimited, kStart);
  CHECK(pacer.allowance(kStart, false) == 64);
  pacer.setRate(1, kStart);
  CHECK(pacer.allowance(kStart, false) == 1);
}

}  // namespace halfopen
