// Memory of a ring, as JavaScript would make it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ring/ring.h"

namespace halfopen::test {

template <typename Record>
class RingMemory {
 public:
  explicit RingMemory(std::uint32_t capacity) : words_(Ring<Record>::bytesFor(capacity) / 8) {}

  [[nodiscard]] Ring<Record> ring() {
    return *Ring<Record>::attach(std::as_writable_bytes(std::span{words_}));
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace halfopen::test
