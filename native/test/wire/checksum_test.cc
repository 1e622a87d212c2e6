#include "wire/checksum.h"

#include <doctest/doctest.h>

#include <random>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

Bytes randomBytes(std::mt19937& random, std::size_t size) {
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

}  // namespace

TEST_CASE("the example of RFC 1071 has its sum") {
  CHECK(checksumOf(test::hex("00 01 f2 03 f4 f5 f6 f7")) == 0x220d);  // ~ddf2, §3.
}

TEST_CASE("a checksum equals the one added up word by word, at every length") {
  std::mt19937 random{1};
  for (std::size_t size = 0; size < 200; size++) {
    const Bytes bytes = randomBytes(random, size);
    CHECK(checksumOf(bytes) == test::referenceChecksum(bytes));
  }
}

TEST_CASE("bytes whose sum carries many times are folded to the end") {
  CHECK(checksumOf(Bytes(4096, 0xff)) == 0);
  CHECK(checksumOf(Bytes(4096, 0x00)) == 0xffff);
}

TEST_CASE("a header with its right checksum inside sums up to 0") {
  // The header of the Wikipedia article on the IPv4 checksum.
  CHECK(checksumOf(test::hex("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7")) == 0);
}

TEST_CASE("32-bit words count as their two halves") {
  const auto halves = ChecksumSum{}.add16(0xfedc).add16(0xba98).checksum();
  CHECK(ChecksumSum{}.add32(0xfedc'ba98).checksum() == halves);
}

TEST_CASE("a sum of more than 32 bits carries like a shorter one") {
  auto sum = ChecksumSum{}.add32(0x0001'0002);
  for (int word = 0; word < 5; ++word) sum.add32(0xffff'ffff);  // Which is 0 in ones' complement.
  CHECK(sum.checksum() == static_cast<std::uint16_t>(~3));
}

TEST_CASE("the example of RFC 1624 does not become -0") {
  // §4: a word changes from 0x5555 to 0x3285 under a checksum of 0xdd2f, which must become 0x0000.
  CHECK(ChecksumSum::of(0xdd2f).replace16(0x5555, 0x3285).checksum() == 0x0000);
}

TEST_CASE("replacing a word equals summing up again") {
  std::mt19937 random{2};
  for (int round = 0; round < 1000; round++) {
    Bytes bytes = randomBytes(random, 20);
    const auto before = checksumOf(bytes);
    const std::size_t at = 2 * (random() % 10);
    const auto old = static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
    const auto next = static_cast<std::uint16_t>(random());
    bytes[at] = static_cast<std::uint8_t>(next >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(next);
    CHECK(ChecksumSum::of(before).replace16(old, next).checksum() == checksumOf(bytes));
  }
}

}  // namespace halfopen
