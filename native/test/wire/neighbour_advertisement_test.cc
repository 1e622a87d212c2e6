#include "wire/neighbour_advertisement.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using namespace test;

namespace {

const Bytes kTarget = hex("20010db8 00000000 00000000 00000007");
const Bytes kMac = hex("0201 020000000009");

Bytes advertisement(unsigned flags, const Bytes& options) {
  return concat({hex("88 00 0000"), be32(flags << 24), kTarget, options});
}

}  // namespace

TEST_CASE("a neighbour advertisement tells target, flags and link-layer address") {
  const auto solicited = NeighbourAdvertisement::parse(advertisement(0x60, kMac));
  REQUIRE(solicited);
  CHECK(solicited->target == IpAddress::v6(std::span{kTarget}.first<16>()));
  CHECK(solicited->isSolicited);
  CHECK(solicited->mac == MacAddress{2, 0, 0, 0, 0, 9});
  CHECK_FALSE(NeighbourAdvertisement::parse(advertisement(0xa0, kMac))->isSolicited);
}

TEST_CASE("a neighbour advertisement may be without the option, or have others before it") {
  CHECK_FALSE(NeighbourAdvertisement::parse(advertisement(0x40, {}))->mac);
  const Bytes other = concat({hex("0e02"), Bytes(14, 7)});
  CHECK(NeighbourAdvertisement::parse(advertisement(0x40, concat({other, kMac})))->mac ==
        MacAddress{2, 0, 0, 0, 0, 9});
}

TEST_CASE("a neighbour advertisement that ends within an option is malformed") {
  const Bytes whole = advertisement(0x40, kMac);
  for (std::size_t size = 0; size < whole.size(); size++) {
    CAPTURE(size);
    CHECK(NeighbourAdvertisement::parse(prefix(whole, size)).has_value() == (size == 24));
  }
  CHECK_FALSE(NeighbourAdvertisement::parse(advertisement(0x40, hex("0200 020000000009"))));
  CHECK_FALSE(NeighbourAdvertisement::parse(advertisement(0x40, hex("0202 020000000009"))));
}

}  // namespace halfopen
