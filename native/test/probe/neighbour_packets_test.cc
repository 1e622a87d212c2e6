#include "probe/neighbour_packets.h"

#include <doctest/doctest.h>

#include "addresses.h"
#include "packets.h"

namespace halfopen {

using namespace test;

namespace {

constexpr MacAddress kMac{2, 0, 0, 0, 0, 1};
const Bytes kUs6 = hex("fe800000 00000000 00000000 00000001");
const Bytes kThem6 = hex("20010db8 00000000 00000000 12345678");
const Bytes kGroup = hex("ff020000 00000000 00000001 ff345678");
const Bytes kAllNodes = hex("ff020000 00000000 00000000 00000001");

template <typename Write>
Bytes written(Write write) {
  Bytes into(kMaxLinkMessageBytes, 0xee);
  into.resize(write(into.data()));
  return into;
}

// An ICMPv6 message with its checksum.
Bytes icmp6(const Bytes& destination, Bytes message) {
  const Bytes covered = concat(
      {kUs6, destination, be32(static_cast<std::uint32_t>(message.size())), be32(58), message});
  const std::uint16_t checksum = referenceChecksum(covered);
  message[2] = static_cast<std::uint8_t>(checksum >> 8);
  message[3] = static_cast<std::uint8_t>(checksum);
  return message;
}

}  // namespace

TEST_CASE("an ARP request tells who asks, and leaves out what is asked for") {
  const LinkQuestion question{IpAddress::v4(0xc0000201), kMac, IpAddress::v4(0xc6336407)};
  CHECK(written([&](auto* into) { return writeArpRequest(question, into); }) ==
        hex("0001 0800 06 04 0001 020000000001 c0000201 000000000000 c6336407"));
}

TEST_CASE("a neighbour solicitation goes to the group of its target, with our link-layer address") {
  const LinkQuestion question{toAddress(kUs6), kMac, toAddress(kThem6)};
  const Bytes message =
      icmp6(kGroup, concat({hex("87 00 0000 00000000"), kThem6, hex("01 01 020000000001")}));
  CHECK(written([&](auto* into) { return writeNeighbourSolicitation(question, into); }) ==
        ipv6({.source = kUs6, .destination = kGroup, .nextHeader = 58, .hopLimit = 255}, message));
}

TEST_CASE("the group of an address is made of its last three bytes") {
  CHECK(solicitedNodeGroup(toAddress(kThem6)) == toAddress(kGroup));
  CHECK(multicastMacOf(toAddress(kGroup)) == MacAddress{0x33, 0x33, 0xff, 0x34, 0x56, 0x78});
}

TEST_CASE("a listener query goes to all nodes, behind a router alert") {
  const LinkQuestion question{toAddress(kUs6), kMac, toAddress(kAllNodes)};
  const Bytes message = icmp6(kAllNodes, concat({hex("82 00 0000 0064 0000"), Bytes(16, 0)}));
  CHECK(written([&](auto* into) { return writeListenerQuery(question, into); }) ==
        ipv6({.source = kUs6, .destination = kAllNodes, .nextHeader = 0, .hopLimit = 1},
             concat({hex("3a00 0502 0000 0100"), message})));
}

}  // namespace halfopen
