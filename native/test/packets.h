// Builds packets for tests, field by field, in code that shares nothing with what is tested.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace halfopen::test {

using Bytes = std::vector<std::uint8_t>;

[[nodiscard]] Bytes hex(
    std::string_view text);  // Digits in pairs; blanks between pairs are skipped.
[[nodiscard]] Bytes concat(std::initializer_list<Bytes> parts);
// The first `size` bytes in memory of their own, so that a sanitizer sees a read past them.
[[nodiscard]] Bytes prefix(const Bytes& bytes, std::size_t size);

[[nodiscard]] Bytes be16(unsigned value);
[[nodiscard]] Bytes be32(std::uint32_t value);

// RFC 1071 as its text has it: one 16-bit addition after the other, each with its carry.
[[nodiscard]] std::uint16_t referenceChecksum(const Bytes& bytes);

[[nodiscard]] Bytes ethernet(unsigned etherType, const Bytes& payload);
[[nodiscard]] Bytes taggedEthernet(std::initializer_list<unsigned> tagTypes, unsigned etherType,
                                   const Bytes& payload);

struct Ipv4Fields {
  Bytes source = hex("c0 00 02 01");
  Bytes destination = hex("c6 33 64 07");
  unsigned protocol = 6;
  unsigned ttl = 61;
  unsigned fragment = 0;     // Flags and offset.
  Bytes options = {};        // Whole words.
  int totalLengthError = 0;  // Added to the right length.
};
[[nodiscard]] Bytes ipv4(const Ipv4Fields& fields, const Bytes& payload);

struct Ipv6Fields {
  Bytes source = hex("20010db8 00000000 00000000 00000001");
  Bytes destination = hex("20010db8 00000000 00000000 00000007");
  unsigned nextHeader = 6;
  unsigned hopLimit = 59;
  int payloadLengthError = 0;  // Added to the right length.
};
[[nodiscard]] Bytes ipv6(const Ipv6Fields& fields, const Bytes& payload);

struct TcpFields {
  unsigned sourcePort = 80;
  unsigned destinationPort = 40000;
  std::uint32_t sequence = 0x01020304;
  std::uint32_t acknowledgement = 0;
  unsigned flags = 0x12;
  unsigned window = 64240;
  Bytes options = {};  // Whole words.
};
// The checksum stays zero: nothing looks at it.
[[nodiscard]] Bytes tcp(const TcpFields& fields, const Bytes& payload = {});

[[nodiscard]] Bytes icmp(unsigned type, unsigned code, const Bytes& quote);

}  // namespace halfopen::test
