#include "ring/ring.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstring>
#include <semaphore>
#include <thread>
#include <vector>

namespace halfopen {

namespace {

struct TestRecord {
  std::uint64_t value;
  std::uint64_t copy;
};

using TestRing = Ring<TestRecord>;

// Memory of a ring, as JavaScript would make it.
class Memory {
 public:
  explicit Memory(std::uint32_t capacity) : words_(TestRing::bytesFor(capacity) / 8) {}

  [[nodiscard]] std::span<std::byte> bytes() { return std::as_writable_bytes(std::span{words_}); }
  [[nodiscard]] TestRing ring() { return *TestRing::attach(bytes()); }
  [[nodiscard]] std::uint32_t wordAt(std::size_t offset) {
    std::uint32_t word;
    std::memcpy(&word, bytes().data() + offset, sizeof(word));
    return word;
  }
  void setWord(std::size_t offset, std::uint32_t word) {
    std::memcpy(bytes().data() + offset, &word, sizeof(word));
  }

 private:
  std::vector<std::uint64_t> words_;
};

bool put(RingProducer<TestRecord>& producer, std::uint64_t value) {
  TestRecord* record = producer.reserve();
  if (record == nullptr) return false;
  *record = {value, value};
  return true;
}

}  // namespace

TEST_CASE("a ring attaches to memory for a power of two of records") {
  std::vector<std::uint64_t> words(100);
  const auto attaches = [&](std::size_t bytes, std::size_t offset = 0) {
    const auto memory = std::as_writable_bytes(std::span{words}).subspan(offset, bytes);
    return TestRing::attach(memory).has_value();
  };
  CHECK(attaches(256 + 16));
  CHECK(attaches(256 + 4 * 16));
  CHECK(TestRing::bytesFor(4) == 256 + 4 * 16);
  CHECK_FALSE(attaches(0));
  CHECK_FALSE(attaches(256));
  CHECK_FALSE(attaches(256 + 3 * 16));
  CHECK_FALSE(attaches(256 + 4 * 16 + 8));
  CHECK_FALSE(attaches(256 + 4 * 16, 4));
}

TEST_CASE("words and records lie where JavaScript looks for them") {
  Memory memory{4};
  RingProducer producer{memory.ring()};
  RingConsumer consumer{memory.ring()};
  CHECK(put(producer, 7));
  CHECK(put(producer, 8));
  CHECK(memory.wordAt(0) == 0);
  (void)producer.publish();
  CHECK(memory.wordAt(0) == 2);
  CHECK(memory.wordAt(256) == 7);
  CHECK(memory.wordAt(256 + 16) == 8);

  CHECK(memory.wordAt(64) == 0);
  consumer.release(1);
  CHECK(memory.wordAt(64) == 1);

  CHECK(memory.wordAt(128) == 0);
  consumer.release(1);
  CHECK(consumer.sleepAllowed());
  CHECK(memory.wordAt(128) == 1);
}

TEST_CASE("records come out in order, and only once published") {
  Memory memory{4};
  RingProducer producer{memory.ring()};
  RingConsumer consumer{memory.ring()};
  CHECK(put(producer, 1));
  CHECK(consumer.available() == 0);
  CHECK(put(producer, 2));
  (void)producer.publish();
  REQUIRE(consumer.available() == 2);
  CHECK(consumer.at(0).value == 1);
  CHECK(consumer.at(1).value == 2);
  consumer.release(2);
  CHECK(consumer.available() == 0);
}

TEST_CASE("a full ring takes no record until one is released") {
  Memory memory{2};
  RingProducer producer{memory.ring()};
  RingConsumer consumer{memory.ring()};
  CHECK(put(producer, 1));
  CHECK(put(producer, 2));
  CHECK_FALSE(put(producer, 3));
  (void)producer.publish();
  CHECK_FALSE(put(producer, 3));
  consumer.release(1);
  CHECK(put(producer, 3));
  (void)producer.publish();
  CHECK(consumer.at(0).value == 2);
  CHECK(consumer.at(1).value == 3);
}

TEST_CASE("a reserved record can be taken back") {
  Memory memory{2};
  RingProducer producer{memory.ring()};
  RingConsumer consumer{memory.ring()};
  CHECK(put(producer, 1));
  producer.unreserve();
  CHECK(put(producer, 2));
  (void)producer.publish();
  REQUIRE(consumer.available() == 1);
  CHECK(consumer.at(0).value == 2);
}

TEST_CASE("ends go on where the ring stands, across the wrap of the cursors") {
  Memory memory{4};
  memory.setWord(0, 0xffff'fffe);
  memory.setWord(64, 0xffff'fffe);
  RingProducer producer{memory.ring()};
  RingConsumer consumer{memory.ring()};
  for (std::uint64_t value = 1; value <= 4; value++) CHECK(put(producer, value));
  CHECK_FALSE(put(producer, 5));
  (void)producer.publish();
  CHECK(memory.wordAt(0) == 2);
  REQUIRE(consumer.available() == 4);
  for (std::uint32_t index = 0; index < 4; index++) CHECK(consumer.at(index).value == index + 1);
  consumer.release(4);
  CHECK(memory.wordAt(64) == 2);
  CHECK(put(producer, 5));
}

TEST_CASE("a cursor that the other end broke does not lead out of the ring") {
  Memory memory{4};
  RingConsumer consumer{memory.ring()};
  memory.setWord(0, 1'000'000);
  CHECK(consumer.available() == 4);
}

TEST_CASE("a sleeper is woken once, and only by news") {
  Memory memory{4};
  RingProducer producer{memory.ring()};
  RingConsumer consumer{memory.ring()};
  CHECK(consumer.sleepAllowed());
  CHECK_FALSE(producer.publish());
  CHECK(put(producer, 1));
  CHECK(producer.publish());
  CHECK(put(producer, 2));
  CHECK_FALSE(producer.publish());
  CHECK_FALSE(consumer.sleepAllowed());
  CHECK(memory.wordAt(128) == 0);
  consumer.release(2);
  CHECK(consumer.sleepAllowed());
  consumer.endSleep();
  CHECK(put(producer, 3));
  CHECK_FALSE(producer.publish());
}

TEST_CASE("two threads hand over every record whole and in order, and no wake-up is lost") {
  constexpr std::uint64_t kRecords = 200'000;
  constexpr std::chrono::seconds kLost{30};  // Reached only by a consumer that sleeps for ever.
  Memory memory{64};
  std::counting_semaphore<> bell{0};
  std::thread sender{[ring = memory.ring(), &bell] {
    RingProducer producer{ring};
    for (std::uint64_t value = 0; value < kRecords;) {
      if (put(producer, value)) {
        value++;
      } else {
        std::this_thread::yield();
      }
      if (producer.publish()) bell.release();
    }
  }};
  RingConsumer consumer{memory.ring()};
  std::uint64_t wrong = 0;
  std::uint64_t lost = 0;
  for (std::uint64_t expected = 0; expected < kRecords && lost == 0;) {
    if (consumer.sleepAllowed()) {
      lost += bell.try_acquire_for(kLost) ? 0U : 1U;
      consumer.endSleep();
    }
    const std::uint32_t available = consumer.available();
    for (std::uint32_t index = 0; index < available; index++, expected++) {
      const TestRecord& record = consumer.at(index);
      wrong += record.value != expected || record.copy != expected;
    }
    consumer.release(available);
  }
  sender.join();
  CHECK(wrong == 0);
  CHECK(lost == 0);
}

}  // namespace halfopen
