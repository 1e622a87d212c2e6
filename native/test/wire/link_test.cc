#include "wire/link.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

const Bytes kV4 = test::hex("45 00");
const Bytes kV6 = test::hex("60 00");
const Bytes kOther = test::hex("00 01");

struct FrameCase {
  const char* name;
  LinkType type;
  Bytes header;
};

void checkFinds(const FrameCase& row, const Bytes& packet, IpFamily family) {
  CAPTURE(row.name);
  const Bytes frame = test::concat({row.header, packet});
  const auto layer = networkLayer(row.type, frame);
  const auto* found = std::get_if<NetworkPacket>(&layer);
  REQUIRE(found != nullptr);
  CHECK(found->family == family);
  CHECK(Bytes(found->bytes.begin(), found->bytes.end()) == packet);
}

void checkFault(const FrameCase& row, const Bytes& packet, FrameFault expected) {
  CAPTURE(row.name);
  const Bytes frame = test::concat({row.header, packet});
  const auto layer = networkLayer(row.type, frame);
  const auto* fault = std::get_if<FrameFault>(&layer);
  REQUIRE(fault != nullptr);
  CHECK(*fault == expected);
}

Bytes cooked(unsigned protocol) {
  return test::concat({test::hex("0000 0001 0006 020000000001 0000"), test::be16(protocol)});
}

Bytes cookedV2(unsigned protocol) { return test::concat({test::be16(protocol), Bytes(18)}); }

}  // namespace

TEST_CASE("IPv4 is found behind every kind of link header") {
  for (const FrameCase& row : {
           FrameCase{"Ethernet", LinkType::kEthernet, test::ethernet(0x0800, {})},
           FrameCase{"VLAN", LinkType::kEthernet, test::taggedEthernet({0x8100}, 0x0800, {})},
           FrameCase{"cooked", LinkType::kLinuxCooked, cooked(0x0800)},
           FrameCase{"cooked 2", LinkType::kLinuxCookedV2, cookedV2(0x0800)},
           FrameCase{"null", LinkType::kNull, test::hex("02000000")},
           FrameCase{"loop", LinkType::kLoop, test::hex("00000002")},
           FrameCase{"raw", LinkType::kRawIp, {}},
       }) {
    checkFinds(row, kV4, IpFamily::kV4);
  }
}

TEST_CASE("IPv6 is found behind every kind of link header") {
  for (const FrameCase& row : {
           FrameCase{"Ethernet", LinkType::kEthernet, test::ethernet(0x86dd, {})},
           FrameCase{"cooked", LinkType::kLinuxCooked, cooked(0x86dd)},
           FrameCase{"cooked 2", LinkType::kLinuxCookedV2, cookedV2(0x86dd)},
           FrameCase{"null of Linux", LinkType::kNull, test::hex("0a000000")},
           FrameCase{"null of FreeBSD", LinkType::kNull, test::hex("1c000000")},
           FrameCase{"null of macOS", LinkType::kNull, test::hex("1e000000")},
           FrameCase{"loop", LinkType::kLoop, test::hex("00000018")},
           FrameCase{"raw", LinkType::kRawIp, {}},
       }) {
    checkFinds(row, kV6, IpFamily::kV6);
  }
}

TEST_CASE("what is not IP is told from what is broken") {
  for (const FrameCase& row : {
           FrameCase{"LLDP", LinkType::kEthernet, test::ethernet(0x88cc, {})},
           FrameCase{"802.3 length", LinkType::kEthernet, test::ethernet(46, {})},
           FrameCase{"cooked", LinkType::kLinuxCooked, cooked(0x88cc)},
           FrameCase{"cooked 2", LinkType::kLinuxCookedV2, cookedV2(0x88cc)},
           FrameCase{"null", LinkType::kNull, test::hex("01000000")},
           FrameCase{"loop", LinkType::kLoop, test::hex("00000001")},
           FrameCase{"raw", LinkType::kRawIp, {}},
       }) {
    checkFault(row, kOther, FrameFault::kNotIp);
  }
}

TEST_CASE("an empty frame is malformed on every link") {
  for (const LinkType type : {LinkType::kEthernet, LinkType::kLinuxCooked, LinkType::kLinuxCookedV2,
                              LinkType::kNull, LinkType::kLoop, LinkType::kRawIp}) {
    checkFault({"empty", type, {}}, {}, FrameFault::kMalformed);
  }
}

TEST_CASE("link types of libpcap that we cannot read are refused") {
  CHECK(linkTypeOf(1) == LinkType::kEthernet);
  CHECK(linkTypeOf(12) == LinkType::kRawIp);
  CHECK(linkTypeOf(113) == LinkType::kLinuxCooked);
  CHECK(linkTypeOf(276) == LinkType::kLinuxCookedV2);
  CHECK(linkTypeOf(0) == LinkType::kNull);
  CHECK(linkTypeOf(108) == LinkType::kLoop);
  CHECK(linkTypeOf(105) == std::nullopt);  // 802.11
  CHECK(linkTypeOf(-1) == std::nullopt);
}

}  // namespace halfopen
