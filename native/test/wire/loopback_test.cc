#include "wire/loopback.h"

#include <doctest/doctest.h>

#include <bit>

#include "packets.h"

namespace halfopen {

using test::Bytes;

TEST_CASE("DLT_NULL has the address family in the byte order of this host") {
  const bool little = std::endian::native == std::endian::little;
  const Bytes frame = test::hex(little ? "1e000000 60" : "0000001e 60");
  const auto parsed = parseNull(frame);
  REQUIRE(parsed);
  CHECK(parsed->addressFamily == 30);
  CHECK(parsed->bytes.size() == 1);
}

TEST_CASE("DLT_LOOP has the address family in network byte order") {
  const Bytes frame = test::hex("00000002 45");
  const auto parsed = parseLoop(frame);
  REQUIRE(parsed);
  CHECK(parsed->addressFamily == 2);
  CHECK(parsed->bytes.size() == 1);
}

TEST_CASE("a frame shorter than the address family is refused") {
  for (std::size_t size = 0; size < 4; size++) {
    CHECK_FALSE(parseNull(Bytes(size)));
    CHECK_FALSE(parseLoop(Bytes(size)));
  }
}

}  // namespace halfopen
