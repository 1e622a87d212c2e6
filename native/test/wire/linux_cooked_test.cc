#include "wire/linux_cooked.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

// Packet type, ARPHRD type, address length, address; then the protocol.
const Bytes kCooked = test::hex("0000 0001 0006 020000000001 0000");
// Protocol, reserved, interface index, ARPHRD type, packet type, address length, address.
const Bytes kCookedV2 = test::hex("86dd 0000 00000002 0001 00 06 020000000001 0000");

}  // namespace

TEST_CASE("the payload of a cooked frame begins behind 16 bytes") {
  const Bytes frame = test::concat({kCooked, test::hex("0800 45 aa")});
  const auto parsed = parseLinuxCooked(frame);
  REQUIRE(parsed);
  CHECK(parsed->etherType == 0x0800);
  CHECK(Bytes(parsed->bytes.begin(), parsed->bytes.end()) == test::hex("45 aa"));
}

TEST_CASE("a VLAN tag put back into a cooked frame is stepped over") {
  const Bytes frame = test::concat({kCooked, test::hex("8100 002a 0800 45")});
  const auto parsed = parseLinuxCooked(frame);
  REQUIRE(parsed);
  CHECK(parsed->etherType == 0x0800);
  CHECK(parsed->bytes.size() == 1);
}

TEST_CASE("the payload of a cooked frame of version 2 begins behind 20 bytes") {
  const Bytes frame = test::concat({kCookedV2, test::hex("60 aa")});
  const auto parsed = parseLinuxCookedV2(frame);
  REQUIRE(parsed);
  CHECK(parsed->etherType == 0x86dd);
  CHECK(Bytes(parsed->bytes.begin(), parsed->bytes.end()) == test::hex("60 aa"));
}

TEST_CASE("a cooked frame that ends within its header is refused") {
  for (std::size_t size = 0; size < 16; size++) {
    CHECK_FALSE(parseLinuxCooked(Bytes(size)));
  }
  for (std::size_t size = 0; size < 20; size++) {
    CHECK_FALSE(parseLinuxCookedV2(Bytes(size)));
  }
}

}  // namespace halfopen
