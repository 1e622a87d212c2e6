#include "wire/ipv6.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

const Bytes kPayload = test::hex("0102 0304 0506 0708");
constexpr unsigned kTcp = 6;

// An extension header of `words` times 8 bytes.
Bytes extension(unsigned nextHeader, unsigned words) {
  Bytes bytes(std::size_t{8} * words);
  bytes[0] = static_cast<std::uint8_t>(nextHeader);
  bytes[1] = static_cast<std::uint8_t>(words - 1);
  return bytes;
}

Bytes fragment(unsigned nextHeader, unsigned offsetAndFlags) {
  return test::concat(
      {test::be16(nextHeader << 8), test::be16(offsetAndFlags), test::be32(0xabcd)});
}

struct Found {
  unsigned protocol;
  bool isLaterFragment;
  Bytes payload;
  bool operator==(const Found&) const = default;
};

std::optional<Found> find(unsigned nextHeader, const Bytes& payload) {
  const Bytes packet = test::ipv6({.nextHeader = nextHeader}, payload);
  const auto view = Ipv6View::parse(packet);
  REQUIRE(view);
  const auto upper = view->upperLayer();
  if (!upper) return std::nullopt;
  return Found{upper->protocol, upper->isLaterFragment,
               Bytes(upper->payload.begin(), upper->payload.end())};
}

}  // namespace

TEST_CASE("an IPv6 header is taken apart") {
  const Bytes packet = test::ipv6({}, kPayload);
  const auto view = Ipv6View::parse(packet);
  REQUIRE(view);
  CHECK(view->source() ==
        IpAddress::v6(std::span<const std::uint8_t>{test::Ipv6Fields{}.source}.first<16>()));
  CHECK(view->destination() ==
        IpAddress::v6(std::span<const std::uint8_t>{test::Ipv6Fields{}.destination}.first<16>()));
  CHECK(view->hopLimit() == 59);
  CHECK(find(kTcp, kPayload) == Found{kTcp, false, kPayload});
}

TEST_CASE("padding behind the payload length is cut off") {
  const Bytes packet = test::concat({test::ipv6({}, kPayload), Bytes(18)});
  CHECK(Ipv6View::parse(packet)->upperLayer()->payload.size() == kPayload.size());
}

TEST_CASE("a capture shorter than the payload length leaves what was captured") {
  const Bytes packet = test::ipv6({.payloadLengthError = 1000}, kPayload);
  CHECK(Ipv6View::parse(packet)->upperLayer()->payload.size() == kPayload.size());
}

TEST_CASE("extension headers are stepped over, each by its own length") {
  for (const unsigned kind : {0U, 43U, 60U, 135U, 139U, 140U}) {
    CAPTURE(kind);
    CHECK(find(kind, test::concat({extension(kTcp, 3), kPayload})) == Found{kTcp, false, kPayload});
  }
  const Bytes authentication = test::concat({test::hex("06 04"), Bytes(22)});  // 4 * (4 + 2).
  CHECK(find(51, test::concat({authentication, kPayload})) == Found{kTcp, false, kPayload});
  CHECK(find(0, test::concat({extension(43, 1), extension(60, 2), extension(kTcp, 1), kPayload})) ==
        Found{kTcp, false, kPayload});
}

TEST_CASE("a first fragment has the transport header, a later one does not") {
  CHECK(find(44, test::concat({fragment(kTcp, 0x0001), kPayload})) == Found{kTcp, false, kPayload});
  CHECK(find(44, test::concat({fragment(kTcp, 0x0009), kPayload})) == Found{kTcp, true, kPayload});
  // Behind an offset comes data, even where it could be read as a header.
  CHECK(find(44, test::concat({fragment(0, 0x0008), kPayload})) == Found{0, true, kPayload});
}

TEST_CASE("encrypted payload and `no next header` are not extensions") {
  CHECK(find(50, kPayload) == Found{50, false, kPayload});
  CHECK(find(59, kPayload) == Found{59, false, kPayload});
}

TEST_CASE("a packet that ends within an extension header is refused") {
  const Bytes chain =
      test::concat({extension(44, 2), fragment(51, 0), test::hex("06 04"), Bytes(22)});
  for (std::size_t size = 0; size < chain.size(); size++) {
    CAPTURE(size);
    CHECK_FALSE(find(60, test::prefix(chain, size)));
  }
  CHECK(find(60, chain) == Found{kTcp, false, {}});
}

TEST_CASE("a chain of more extension headers than any honest packet has is refused") {
  Bytes chain = extension(kTcp, 1);
  for (int headers = 1; headers < 8; headers++) chain = test::concat({extension(60, 1), chain});
  CHECK(find(60, chain) == Found{kTcp, false, {}});
  CHECK_FALSE(find(60, test::concat({extension(60, 1), chain})));
}

TEST_CASE("an IPv6 packet that ends within its header or has another version is refused") {
  Bytes packet = test::ipv6({}, {});
  for (std::size_t size = 0; size < packet.size(); size++) {
    CHECK_FALSE(Ipv6View::parse(test::prefix(packet, size)));
  }
  packet[0] = 0x45;
  CHECK_FALSE(Ipv6View::parse(packet));
}

TEST_CASE("a quoted packet is read whatever its payload length says") {
  const Bytes quote = test::ipv6({.payloadLengthError = -8}, kPayload);
  CHECK(Ipv6View::parse(quote)->upperLayer()->payload.empty());
  CHECK(Ipv6View::parseQuoted(quote)->upperLayer()->payload.size() == kPayload.size());
}

}  // namespace halfopen
