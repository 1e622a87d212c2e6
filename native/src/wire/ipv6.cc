#include "wire/ipv6.h"

#include <algorithm>

namespace halfopen {

namespace {

// Extension headers by protocol number (IANA "IPv6 Extension Header Types"). ESP is not among them:
// what it carries cannot be read.
enum class Extension : std::uint8_t {
  kHopByHop = 0,
  kRouting = 43,
  kFragment = 44,
  kAuthentication = 51,
  kDestinationOptions = 60,
  kMobility = 135,
  kHostIdentity = 139,
  kShim6 = 140,
};

constexpr int kMaxExtensions = 8;  // RFC 8200 §4.1 has a place for seven.

namespace extension_offset {
constexpr std::size_t kNextHeader = 0;
constexpr std::size_t kLength = 1;
constexpr std::size_t kFragmentOffset = 2;  // In units of 8 bytes; the low three bits are flags.
}  // namespace extension_offset

constexpr std::size_t kMinExtensionBytes = 8;
constexpr std::uint16_t kFragmentOffsetMask = 0xfff8;

bool isExtension(std::uint8_t protocol) {
  switch (Extension{protocol}) {
    case Extension::kHopByHop:
    case Extension::kRouting:
    case Extension::kFragment:
    case Extension::kAuthentication:
    case Extension::kDestinationOptions:
    case Extension::kMobility:
    case Extension::kHostIdentity:
    case Extension::kShim6:
      return true;
  }
  return false;
}

std::size_t extensionBytes(Extension extension, std::uint8_t length) {
  switch (extension) {
    case Extension::kFragment:
      return 8;  // RFC 8200 §4.5: no length field.
    case Extension::kAuthentication:
      return std::size_t{4} * (std::size_t{length} + 2);  // RFC 4302 §2.2.
    default:
      return std::size_t{8} * (std::size_t{length} + 1);  // RFC 8200 §4.3.
  }
}

bool isLaterFragment(Extension extension, std::span<const std::uint8_t> header) {
  return extension == Extension::kFragment &&
         (loadBe16(header.data() + extension_offset::kFragmentOffset) & kFragmentOffsetMask) != 0;
}

}  // namespace

std::optional<Ipv6View> Ipv6View::parse(std::span<const std::uint8_t> bytes) noexcept {
  const std::optional<Ipv6View> view = parseQuoted(bytes);
  if (!view) return std::nullopt;
  const std::size_t payloadLength = loadBe16(bytes.data() + ipv6_offset::kPayloadLength);
  return Ipv6View{bytes.first(std::min(kIpv6HeaderBytes + payloadLength, bytes.size()))};
}

std::optional<Ipv6View> Ipv6View::parseQuoted(std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.size() < kIpv6HeaderBytes || bytes[ipv6_offset::kVersion] >> 4 != 6) {
    return std::nullopt;
  }
  return Ipv6View{bytes};
}

std::optional<Ipv6UpperLayer> Ipv6View::upperLayer() const noexcept {
  std::uint8_t protocol = bytes_[ipv6_offset::kNextHeader];
  std::span<const std::uint8_t> rest = bytes_.subspan(kIpv6HeaderBytes);
  for (int extensions = 0; isExtension(protocol); extensions++) {
    if (extensions == kMaxExtensions || rest.size() < kMinExtensionBytes) return std::nullopt;
    const Extension extension{protocol};
    const std::size_t size = extensionBytes(extension, rest[extension_offset::kLength]);
    if (rest.size() < size) return std::nullopt;
    protocol = rest[extension_offset::kNextHeader];
    const bool isLater = isLaterFragment(extension, rest);
    rest = rest.subspan(size);
    if (isLater) return Ipv6UpperLayer{protocol, true, rest};
  }
  return Ipv6UpperLayer{protocol, false, rest};
}

}  // namespace halfopen
