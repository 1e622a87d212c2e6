#include "wire/ipv4.h"

#include <algorithm>

namespace halfopen {

std::optional<Ipv4View> Ipv4View::parse(std::span<const std::uint8_t> bytes) noexcept {
  const std::optional<Ipv4View> view = parseQuoted(bytes);
  if (!view) return std::nullopt;
  const std::size_t totalLength = loadBe16(bytes.data() + ipv4_offset::kTotalLength);
  if (totalLength < headerBytesOf(bytes)) return std::nullopt;
  return Ipv4View{bytes.first(std::min(totalLength, bytes.size()))};
}

std::optional<Ipv4View> Ipv4View::parseQuoted(std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.size() < kMinIpv4HeaderBytes) return std::nullopt;
  const int version = bytes[ipv4_offset::kVersionAndHeaderLength] >> 4;
  const std::size_t headerBytes = headerBytesOf(bytes);
  if (version != 4 || headerBytes < kMinIpv4HeaderBytes || headerBytes > bytes.size()) {
    return std::nullopt;
  }
  return Ipv4View{bytes};
}

}  // namespace halfopen
