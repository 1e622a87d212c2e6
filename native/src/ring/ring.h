// A single-producer, single-consumer ring of fixed-size records in memory that JavaScript shares.
// packages/model/src/ring.ts has the other end of each ring and the same layout.
//
// Threads: one producer and one consumer, each the only user of its end. Neither ever blocks.
// Memory order: the producer writes records, then stores `head` (release); the consumer loads
// `head` (acquire), then reads records, then stores `tail` (release); the producer loads `tail`
// (acquire) before it writes a record again. Sleeping is the one place that needs more: each side
// stores its word and then loads the other's, so those four accesses are sequentially consistent
// (see `sleepAllowed`, `publish`). Cursors are counts modulo 2^32, never indices. Ownership: the
// memory is not owned. Whoever made it keeps it alive for as long as an end is in use.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

namespace halfopen {

// Bytes before the first record: one cache line for each word that a different thread writes.
inline constexpr std::size_t kRingHeaderBytes = 256;

namespace ring_offset {
inline constexpr std::size_t kHead = 0;       // Records written. The producer's.
inline constexpr std::size_t kTail = 64;      // Records finished. The consumer's.
inline constexpr std::size_t kWaiting = 128;  // 1 while the consumer sleeps and wants to be woken.
}  // namespace ring_offset

static_assert(std::endian::native == std::endian::little, "records hold little-endian numbers");

// The memory of a ring. Cheap to copy.
template <typename Record>
class Ring {
  static_assert(std::is_trivially_copyable_v<Record>, "records are bytes to the other end");
  static_assert(sizeof(Record) % 8 == 0 && alignof(Record) <= 8, "records stay aligned");

 public:
  [[nodiscard]] static constexpr std::size_t bytesFor(std::uint32_t capacity) noexcept {
    return kRingHeaderBytes + std::size_t{capacity} * sizeof(Record);
  }

  // Nothing unless the memory is aligned to 8 bytes and holds a header and a power of two of
  // records.
  [[nodiscard]] static std::optional<Ring> attach(std::span<std::byte> memory) noexcept {
    if (memory.size() < bytesFor(1)) return std::nullopt;
    const std::size_t recordsBytes = memory.size() - kRingHeaderBytes;
    const std::size_t capacity = recordsBytes / sizeof(Record);
    const bool aligned = reinterpret_cast<std::uintptr_t>(memory.data()) % 8 == 0;
    if (!aligned || recordsBytes % sizeof(Record) != 0 || !std::has_single_bit(capacity) ||
        capacity > kMaxCapacity) {
      return std::nullopt;
    }
    return Ring{memory.data(), static_cast<std::uint32_t>(capacity)};
  }

  [[nodiscard]] std::uint32_t capacity() const noexcept { return capacity_; }

  [[nodiscard]] Record& at(std::uint32_t count) const noexcept {
    const std::size_t index = count & (capacity_ - 1);
    return reinterpret_cast<Record*>(memory_ + kRingHeaderBytes)[index];
  }

  [[nodiscard]] std::atomic_ref<std::uint32_t> head() const noexcept {
    return word(ring_offset::kHead);
  }
  [[nodiscard]] std::atomic_ref<std::uint32_t> tail() const noexcept {
    return word(ring_offset::kTail);
  }
  [[nodiscard]] std::atomic_ref<std::uint32_t> waiting() const noexcept {
    return word(ring_offset::kWaiting);
  }

 private:
  static constexpr std::size_t kMaxCapacity = std::size_t{1} << 31;  // Cursors stay unambiguous.

  Ring(std::byte* memory, std::uint32_t capacity) noexcept : memory_(memory), capacity_(capacity) {}

  [[nodiscard]] std::atomic_ref<std::uint32_t> word(std::size_t offset) const noexcept {
    return std::atomic_ref{*reinterpret_cast<std::uint32_t*>(memory_ + offset)};
  }

  std::byte* memory_;
  std::uint32_t capacity_;
};

// The end that writes records.
template <typename Record>
class RingProducer {
 public:
  explicit RingProducer(Ring<Record> ring) noexcept
      : ring_(ring), written_(ring.head().load(std::memory_order_relaxed)) {}

  // The next record to fill, or null when the ring is full. The consumer sees it after `publish`.
  [[nodiscard]] Record* reserve() noexcept {
    const std::uint32_t tail = ring_.tail().load(std::memory_order_acquire);
    if (written_ - tail >= ring_.capacity()) return nullptr;
    return &ring_.at(written_++);
  }

  // Takes back the record that the last `reserve` gave, before it was published.
  void unreserve() noexcept { --written_; }

  // Shows the consumer what was reserved. True, once, when it sleeps and there is news to wake it.
  [[nodiscard]] bool publish() noexcept {
    if (ring_.head().load(std::memory_order_relaxed) == written_) return false;
    ring_.head().store(written_, std::memory_order_seq_cst);
    if (ring_.waiting().load(std::memory_order_seq_cst) == 0) return false;
    return ring_.waiting().exchange(0, std::memory_order_seq_cst) == 1;
  }

 private:
  Ring<Record> ring_;
  std::uint32_t written_;
};

// The end that reads records. It may also write into a record until that is released.
template <typename Record>
class RingConsumer {
 public:
  explicit RingConsumer(Ring<Record> ring) noexcept
      : ring_(ring), read_(ring.tail().load(std::memory_order_relaxed)) {}

  // Records that wait. Never more than the capacity, even when the other end broke its cursor.
  [[nodiscard]] std::uint32_t available() const noexcept {
    return std::min(ring_.head().load(std::memory_order_acquire) - read_, ring_.capacity());
  }

  // The record that is `index` after the oldest, for an index below `available()`.
  [[nodiscard]] Record& at(std::uint32_t index) const noexcept { return ring_.at(read_ + index); }

  // Gives the oldest `count` records back to the producer, with what was written into them.
  void release(std::uint32_t count) noexcept {
    read_ += count;
    ring_.tail().store(read_, std::memory_order_release);
  }

  // Announces that this end is about to sleep and looks once more. When true, the producer's next
  // `publish` will be told to wake us; when false, records came in between.
  [[nodiscard]] bool sleepAllowed() noexcept {
    ring_.waiting().store(1, std::memory_order_seq_cst);
    if (ring_.head().load(std::memory_order_seq_cst) == read_) return true;
    endSleep();
    return false;
  }

  // Awake again, for whatever reason: no wake-up is needed.
  void endSleep() noexcept { ring_.waiting().store(0, std::memory_order_relaxed); }

 private:
  Ring<Record> ring_;
  std::uint32_t read_;
};

}  // namespace halfopen
