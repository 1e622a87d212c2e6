#include "wire/ip_packet.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

TEST_CASE("both versions give the same fields") {
  const Bytes payload = test::hex("0102 0304");
  const Bytes four = test::ipv4({.ttl = 7}, payload);
  const Bytes six = test::ipv6({.hopLimit = 7}, payload);
  for (const NetworkPacket& packet :
       {NetworkPacket{IpFamily::kV4, four}, NetworkPacket{IpFamily::kV6, six}}) {
    const auto ip = IpPacket::parse(packet);
    REQUIRE(ip);
    CHECK(ip->source.family() == packet.family);
    CHECK(ip->destination.family() == packet.family);
    CHECK(ip->source != ip->destination);
    CHECK(ip->hopLimit == 7);
    CHECK(ip->protocol == ip_protocol::kTcp);
    CHECK_FALSE(ip->isLaterFragment);
    CHECK(Bytes(ip->payload.begin(), ip->payload.end()) == payload);
  }
}

TEST_CASE("a packet of the other version than its link says is refused") {
  const Bytes four = test::ipv4({}, Bytes(40));
  const Bytes six = test::ipv6({}, Bytes(40));
  CHECK_FALSE(IpPacket::parse({IpFamily::kV6, four}));
  CHECK_FALSE(IpPacket::parse({IpFamily::kV4, six}));
}

TEST_CASE("only quotes may have an impossible total length") {
  const Bytes packet = test::ipv4({.totalLengthError = -20}, {});
  CHECK_FALSE(IpPacket::parse({IpFamily::kV4, packet}));
  CHECK(IpPacket::parseQuoted({IpFamily::kV4, packet}));
}

}  // namespace halfopen
