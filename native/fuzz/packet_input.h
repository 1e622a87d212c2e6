// What the bytes of a fuzzer input mean: a setting, then a frame.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "probe/reply_matcher.h"
#include "wire/link.h"

namespace halfopen::fuzz {

inline constexpr std::array kLinkTypes = {LinkType::kEthernet,      LinkType::kLinuxCooked,
                                          LinkType::kLinuxCookedV2, LinkType::kNull,
                                          LinkType::kLoop,          LinkType::kRawIp};

// A known key, so that the corpus holds answers whose cookie is right.
inline constexpr ProbeKindSet kEveryKind = ProbeKindSet::fromBits(0x1ff);
inline constexpr MarkConfig kConfig{CookieKey{1, 2, 3}, 40000, 8, std::nullopt, 0, kEveryKind};
inline constexpr MarkConfig kFixedPortConfig{CookieKey{1, 2, 3}, 40000, 8, 40000, 0, kEveryKind};

// Whom the corpus has answered: ours, as far as there is no cookie.
inline constexpr MacAddress kOurMac{2, 0, 0, 0, 0, 1};
inline constexpr IpAddress kOurV4 = IpAddress::v4(0xc0000201);
inline constexpr std::array<std::uint8_t, 16> kOurV6Bytes{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0,
                                                          0,    0,    0,    0,    0, 0, 0, 1};
inline constexpr IpAddress kOurV6 = IpAddress::v6(kOurV6Bytes);

struct PacketInput {
  LinkType linkType;
  MarkConfig config;
  std::span<const std::uint8_t> frame;
};

// The first byte picks the link type and, by its highest bit, the configuration.
[[nodiscard]] inline PacketInput readInput(std::span<const std::uint8_t> input) noexcept {
  const std::uint8_t setting = input.empty() ? std::uint8_t{0} : input[0];
  return {kLinkTypes[(setting & 0x7f) % kLinkTypes.size()],
          (setting & 0x80) == 0 ? kConfig : kFixedPortConfig, input.subspan(input.empty() ? 0 : 1)};
}

}  // namespace halfopen::fuzz
