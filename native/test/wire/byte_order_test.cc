#include "wire/byte_order.h"

#include <doctest/doctest.h>

#include <array>

namespace halfopen {

TEST_CASE("numbers are read with the most significant byte first") {
  constexpr std::array<std::uint8_t, 8> kBytes{0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};
  CHECK(loadBe16(kBytes.data()) == 0x0123);
  CHECK(loadBe32(kBytes.data()) == 0x0123'4567);
  CHECK(loadBe64(kBytes.data()) == 0x0123'4567'89ab'cdef);
}

TEST_CASE("numbers are written at odd addresses too, and nothing around them") {
  std::array<std::uint8_t, 10> bytes{};
  storeBe64(bytes.data() + 1, 0x8123'4567'89ab'cdef);
  CHECK(bytes ==
        std::array<std::uint8_t, 10>{0, 0x81, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0});
  CHECK(loadBe64(bytes.data() + 1) == 0x8123'4567'89ab'cdef);
}

}  // namespace halfopen
