#include "wire/arp.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using namespace test;

namespace {

const Bytes kReply =
    hex("0001 0800 06 04 0002"
        "020000000009 c0000201"
        "020000000001 c6336407");

}  // namespace

TEST_CASE("an ARP message is read field by field") {
  const auto arp = ArpMessage::parse(kReply);
  REQUIRE(arp);
  CHECK(arp->operation == arp_operation::kReply);
  CHECK(arp->senderMac == MacAddress{2, 0, 0, 0, 0, 9});
  CHECK(arp->senderAddress == IpAddress::v4(0xc0000201));
  CHECK(arp->targetMac == MacAddress{2, 0, 0, 0, 0, 1});
  CHECK(arp->targetAddress == IpAddress::v4(0xc6336407));
}

TEST_CASE("an ARP message that is cut short is none, and padding does not matter") {
  for (std::size_t size = 0; size < kReply.size(); size++) {
    CHECK_FALSE(ArpMessage::parse(prefix(kReply, size)));
  }
  CHECK(ArpMessage::parse(concat({kReply, Bytes(18, 0)})));
}

TEST_CASE("ARP about other kinds of addresses is none of ours") {
  for (std::size_t at = 0; at < 6; at++) {
    Bytes other = kReply;
    other[at]++;
    CAPTURE(at);
    CHECK_FALSE(ArpMessage::parse(other));
  }
}

}  // namespace halfopen
