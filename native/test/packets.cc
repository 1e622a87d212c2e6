#include "packets.h"

#include <stdexcept>

namespace halfopen::test {

namespace {

unsigned digit(char character) {
  if (character >= '0' && character <= '9') return static_cast<unsigned>(character - '0');
  if (character >= 'a' && character <= 'f') return static_cast<unsigned>(character - 'a') + 10;
  throw std::invalid_argument("expected a lower-case hexadecimal digit");
}

Bytes byte(unsigned value) { return {static_cast<std::uint8_t>(value)}; }

}  // namespace

Bytes hex(std::string_view text) {
  Bytes bytes;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == ' ' || text[i] == '\n') {
      i++;
      continue;
    }
    bytes.push_back(static_cast<std::uint8_t>(digit(text.at(i)) << 4 | digit(text.at(i + 1))));
    i += 2;
  }
  return bytes;
}

Bytes concat(std::initializer_list<Bytes> parts) {
  Bytes whole;
  for (const Bytes& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

Bytes prefix(const Bytes& bytes, std::size_t size) {
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

Bytes be16(unsigned value) { return concat({byte(value >> 8), byte(value)}); }
Bytes be32(std::uint32_t value) { return concat({be16(value >> 16), be16(value)}); }

std::uint16_t referenceChecksum(const Bytes& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    sum += static_cast<std::uint32_t>(bytes[i] << 8);
    if (i + 1 < bytes.size()) sum += bytes[i + 1];
    if (sum > 0xffff) sum -= 0xffff;
  }
  return static_cast<std::uint16_t>(0xffff - sum);
}

Bytes ethernet(unsigned etherType, const Bytes& payload) {
  return taggedEthernet({}, etherType, payload);
}

Bytes taggedEthernet(std::initializer_list<unsigned> tagTypes, unsigned etherType,
                     const Bytes& payload) {
  Bytes frame = hex("02 00 00 00 00 01  02 00 00 00 00 02");
  for (const unsigned tagType : tagTypes) frame = concat({frame, be16(tagType), be16(42)});
  return concat({frame, be16(etherType), payload});
}

Bytes ipv4(const Ipv4Fields& fields, const Bytes& payload) {
  const std::size_t headerBytes = 20 + fields.options.size();
  const auto total = static_cast<int>(headerBytes + payload.size()) + fields.totalLengthError;
  return concat({byte(0x40 | static_cast<unsigned>(headerBytes / 4)), byte(0),
                 be16(static_cast<unsigned>(total)), be16(0x1234), be16(fields.fragment),
                 byte(fields.ttl), byte(fields.protocol), be16(0), fields.source,
                 fields.destination, fields.options, payload});
}

Bytes ipv6(const Ipv6Fields& fields, const Bytes& payload) {
  const auto length = static_cast<int>(payload.size()) + fields.payloadLengthError;
  return concat({be32(0x6000'0000), be16(static_cast<unsigned>(length)), byte(fields.nextHeader),
                 byte(fields.hopLimit), fields.source, fields.destination, payload});
}

Bytes tcp(const TcpFields& fields, const Bytes& payload) {
  const std::size_t headerBytes = 20 + fields.options.size();
  return concat({be16(fields.sourcePort), be16(fields.destinationPort), be32(fields.sequence),
                 be32(fields.acknowledgement), byte(static_cast<unsigned>(headerBytes / 4) << 4),
                 byte(fields.flags), be16(fields.window), be16(0), be16(0), fields.options,
                 payload});
}

Bytes icmp(unsigned type, unsigned code, const Bytes& quote) {
  return concat({byte(type), byte(code), be16(0), be32(0), quote});
}

}  // namespace halfopen::test
