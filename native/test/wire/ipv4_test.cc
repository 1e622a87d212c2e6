#include "wire/ipv4.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

const Bytes kPayload = test::hex("0102 0304 0506 0708");

Bytes payloadOf(const Bytes& packet) {
  const auto view = Ipv4View::parse(packet);
  REQUIRE(view);
  return {view->payload().begin(), view->payload().end()};
}

}  // namespace

TEST_CASE("an IPv4 header is taken apart") {
  const Bytes packet = test::ipv4({}, kPayload);
  const auto view = Ipv4View::parse(packet);
  REQUIRE(view);
  CHECK(view->source() == IpAddress::v4(0xc000'0201));
  CHECK(view->destination() == IpAddress::v4(0xc633'6407));
  CHECK(view->ttl() == 61);
  CHECK(view->protocol() == 6);
  CHECK(view->identification() == 0x1234);
  CHECK_FALSE(view->isLaterFragment());
  CHECK(payloadOf(packet) == kPayload);
}

TEST_CASE("the payload begins behind IPv4 options") {
  CHECK(payloadOf(test::ipv4({.options = Bytes(40, 1)}, kPayload)) == kPayload);
}

TEST_CASE("padding behind the total length is cut off") {
  CHECK(payloadOf(test::concat({test::ipv4({}, kPayload), Bytes(18)})) == kPayload);
}

TEST_CASE("a capture shorter than the total length leaves what was captured") {
  CHECK(payloadOf(test::ipv4({.totalLengthError = 1000}, kPayload)) == kPayload);
}

TEST_CASE("only an offset makes a later fragment") {
  const auto isLater = [](unsigned fragment) {
    const Bytes packet = test::ipv4({.fragment = fragment}, kPayload);
    return Ipv4View::parse(packet)->isLaterFragment();
  };
  CHECK_FALSE(isLater(0x4000));  // Don't fragment.
  CHECK_FALSE(isLater(0x2000));  // First of several.
  CHECK(isLater(0x2001));
  CHECK(isLater(0x1fff));
}

TEST_CASE("an IPv4 packet that ends within its header is refused") {
  const Bytes packet = test::ipv4({.options = Bytes(8, 1)}, {});
  for (std::size_t size = 0; size < packet.size(); size++) {
    CAPTURE(size);
    const Bytes cut = test::prefix(packet, size);
    CHECK_FALSE(Ipv4View::parse(cut));
    CHECK_FALSE(Ipv4View::parseQuoted(cut));
  }
}

TEST_CASE("impossible IPv4 headers are refused") {
  Bytes version = test::ipv4({}, kPayload);
  version[0] = 0x55;
  CHECK_FALSE(Ipv4View::parse(version));

  Bytes headerLength = test::ipv4({}, kPayload);
  headerLength[0] = 0x44;
  CHECK_FALSE(Ipv4View::parse(headerLength));

  const int toNineteen = 19 - 28;
  CHECK_FALSE(Ipv4View::parse(test::ipv4({.totalLengthError = toNineteen}, kPayload)));
}

TEST_CASE("a quoted packet is read whatever its total length says") {
  for (const int error : {-28, -9, 1000}) {
    const Bytes quote = test::ipv4({.totalLengthError = error}, kPayload);
    const auto view = Ipv4View::parseQuoted(quote);
    REQUIRE(view);
    CHECK(view->payload().size() == kPayload.size());
  }
}

}  // namespace halfopen
