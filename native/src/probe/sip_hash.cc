#include "probe/sip_hash.h"

#include <bit>

namespace halfopen {

namespace {

constexpr int kBlockRounds = 2;
constexpr int kFinalRounds = 4;
constexpr std::size_t kBlockBytes = 8;

struct State {
  std::uint64_t v0, v1, v2, v3;

  void rounds(int count) noexcept {
    for (; count > 0; count--) {
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
  }

  void absorb(std::uint64_t block) noexcept {
    v3 ^= block;
    rounds(kBlockRounds);
    v0 ^= block;
  }
};

// Up to 8 bytes, the first the lowest.
std::uint64_t loadLittleEndian(std::span<const std::uint8_t> bytes) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); i++) value |= std::uint64_t{bytes[i]} << (8 * i);
  return value;
}

}  // namespace

std::uint64_t sipHash24(const std::array<std::uint8_t, 16>& key,
                        std::span<const std::uint8_t> message) noexcept {
  const std::uint64_t k0 = loadLittleEndian(std::span{key}.first<kBlockBytes>());
  const std::uint64_t k1 = loadLittleEndian(std::span{key}.last<kBlockBytes>());
  State state{k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261,
              k1 ^ 0x7465646279746573};

  const std::uint64_t length = message.size();
  for (; message.size() >= kBlockBytes; message = message.subspan(kBlockBytes)) {
    state.absorb(loadLittleEndian(message.first<kBlockBytes>()));
  }
  state.absorb(loadLittleEndian(message) | length << 56);

  state.v2 ^= 0xff;
  state.rounds(kFinalRounds);
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace halfopen
