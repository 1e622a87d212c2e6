#include "wire/ip_address.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

Bytes toBytes(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

const Bytes kV6 = test::hex("20010db8 00000000 00000000 00000001");

}  // namespace

TEST_CASE("an IPv4 address has four bytes in network order") {
  const IpAddress address = IpAddress::v4(0xc000'0201);
  CHECK(address.family() == IpFamily::kV4);
  CHECK(toBytes(address.bytes()) == test::hex("c0 00 02 01"));
}

TEST_CASE("an IPv6 address has sixteen bytes") {
  const IpAddress address = IpAddress::v6(std::span{kV6}.first<16>());
  CHECK(address.family() == IpFamily::kV6);
  CHECK(toBytes(address.bytes()) == kV6);
}

TEST_CASE("addresses survive the way through a record") {
  for (const IpAddress& address :
       {IpAddress::v4(0xc000'0201), IpAddress::v6(std::span{kV6}.first<16>())}) {
    CHECK(IpAddress::fromRecord(address.family(), address.recordBytes()) == address);
  }
}

TEST_CASE("what a record has behind an IPv4 address is ignored") {
  const Bytes record = test::hex("c0000201 ffffffff ffffffff ffffffff");
  CHECK(IpAddress::fromRecord(IpFamily::kV4, std::span{record}.first<16>()) ==
        IpAddress::v4(0xc000'0201));
}

TEST_CASE("an IPv4 address differs from the IPv6 address with the same bytes") {
  const Bytes bytes = test::hex("c0000201 00000000 00000000 00000000");
  CHECK(IpAddress::v6(std::span{bytes}.first<16>()) != IpAddress::v4(0xc000'0201));
}

}  // namespace halfopen
