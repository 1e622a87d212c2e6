// SipHash-2-4: a keyed hash that is fast on short messages (Aumasson and Bernstein, 2012).
//
// Inline, because it runs once for each probe and the compiler then does without its loops.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>

#include "wire/byte_order.h"

namespace halfopen {

class SipHash {
 public:
  constexpr explicit SipHash(const std::array<std::uint8_t, 16>& key) noexcept {
    const std::uint64_t k0 = loadLe64(key.data());
    const std::uint64_t k1 = loadLe64(key.data() + 8);
    initial_ = {k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261,
                k1 ^ 0x7465646279746573};
  }

  // The hash of a message of whole words and less than 8 further bytes, all little-endian:
  // `tail` holds those bytes, and the length of the message, modulo 256, in its highest byte.
  [[nodiscard]] constexpr std::uint64_t of(std::span<const std::uint64_t> words,
                                           std::uint64_t tail) const noexcept {
    State state = initial_;
    for (const std::uint64_t word : words) state.absorb(word);
    state.absorb(tail);
    return state.finish();
  }

 private:
  struct State {
    std::uint64_t v0, v1, v2, v3;

    constexpr void round() noexcept {
      v0 += v1;
      v1 = std::rotl(v1, 13) ^ v0;
      v0 = std::rotl(v0, 32);
      v2 += v3;
      v3 = std::rotl(v3, 16) ^ v2;
      v0 += v3;
      v3 = std::rotl(v3, 21) ^ v0;
      v2 += v1;
      v1 = std::rotl(v1, 17) ^ v2;
      v2 = std::rotl(v2, 32);
    }

    constexpr void absorb(std::uint64_t word) noexcept {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    constexpr std::uint64_t finish() noexcept {
      v2 ^= 0xff;
      round();
      round();
      round();
      round();
      return v0 ^ v1 ^ v2 ^ v3;
    }
  };

  State initial_;
};

// The same of a message of bytes.
[[nodiscard]] std::uint64_t sipHash24(const std::array<std::uint8_t, 16>& key,
                                      std::span<const std::uint8_t> message);

}  // namespace halfopen
