#include "wire/ethernet.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

const Bytes kPayload = test::hex("45 aa bb cc");

void checkPayload(const Bytes& frame, unsigned etherType) {
  const auto parsed = parseEthernet(frame);
  REQUIRE(parsed);
  CHECK(parsed->etherType == etherType);
  CHECK(Bytes(parsed->bytes.begin(), parsed->bytes.end()) == kPayload);
}

}  // namespace

TEST_CASE("the payload of an Ethernet frame begins behind its EtherType") {
  checkPayload(test::ethernet(0x0800, kPayload), 0x0800);
}

TEST_CASE("one or two VLAN tags of either type are stepped over") {
  checkPayload(test::taggedEthernet({0x8100}, 0x86dd, kPayload), 0x86dd);
  checkPayload(test::taggedEthernet({0x88a8, 0x8100}, 0x0800, kPayload), 0x0800);
  checkPayload(test::taggedEthernet({0x8100, 0x8100}, 0x0800, kPayload), 0x0800);
}

TEST_CASE("a third VLAN tag is left in place") {
  const Bytes frame = test::taggedEthernet({0x8100, 0x8100, 0x8100}, 0x0800, kPayload);
  const auto parsed = parseEthernet(frame);
  REQUIRE(parsed);
  CHECK(parsed->etherType == ether_type::kVlan);
}

TEST_CASE("a frame that ends within addresses, EtherType or tags is refused") {
  const Bytes frame = test::taggedEthernet({0x88a8, 0x8100}, 0x0800, {});
  for (std::size_t size = 0; size < frame.size(); size++) {
    CAPTURE(size);
    CHECK_FALSE(parseEthernet(test::prefix(frame, size)));
  }
  CHECK(parseEthernet(frame)->bytes.empty());
}

}  // namespace halfopen
