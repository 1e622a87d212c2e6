#include "probe/sip_hash.h"

#include <vector>

namespace halfopen {

std::uint64_t sipHash24(const std::array<std::uint8_t, 16>& key,
                        std::span<const std::uint8_t> message) {
  std::vector<std::uint64_t> words;
  std::uint64_t tail = std::uint64_t{message.size()} << 56;
  for (; message.size() >= 8; message = message.subspan(8)) {
    words.push_back(loadLe64(message.data()));
  }
  for (std::size_t i = 0; i < message.size(); i++) tail |= std::uint64_t{message[i]} << (8 * i);
  return SipHash{key}.of(words, tail);
}

}  // namespace halfopen
