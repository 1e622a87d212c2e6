// A count that one thread keeps and others may read at any time.
#pragma once

#include <atomic>
#include <cstdint>

namespace halfopen {

class Counter {
 public:
  // Called from the one thread that counts, so a load and a store do for an addition.
  void add(std::uint64_t amount) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
  }

  [[nodiscard]] std::uint64_t read() const noexcept {
    return value_.load(std::memory_order_relaxed);
  }

 private:
  std::atomic<std::uint64_t> value_{0};
};

}  // namespace halfopen
