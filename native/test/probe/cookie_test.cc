#include "probe/cookie.h"

#include <doctest/doctest.h>

#include "packets.h"
#include "probe/sip_hash.h"

namespace halfopen {

using test::Bytes;

namespace {

constexpr CookieKey kKey{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr IpAddress kSource = IpAddress::v4(0xc000'0201);
constexpr IpAddress kTarget = IpAddress::v4(0xc633'6407);

}  // namespace

TEST_CASE("the cookie is the low half of the hash over addresses, port and try") {
  const Bytes message = test::hex("c0000201 c6336407 01bb 03");
  const auto expected = static_cast<std::uint32_t>(sipHash24(kKey, message));
  CHECK(Cookie{kKey}.of(kSource, kTarget, 443, 3) == SeqNumber{expected});

  const Bytes source = test::Ipv6Fields{}.source;
  const Bytes target = test::Ipv6Fields{}.destination;
  const Bytes message6 = test::concat({source, target, test::hex("01bb 03")});
  const auto expected6 = static_cast<std::uint32_t>(sipHash24(kKey, message6));
  CHECK(Cookie{kKey}.of(IpAddress::v6(std::span{source}.first<16>()),
                        IpAddress::v6(std::span{target}.first<16>()), 443,
                        3) == SeqNumber{expected6});
}

TEST_CASE("the kind lengthens the message, unless it is SYN") {
  const Bytes message = test::hex("c0000201 c6336407 01bb 03 02");
  const auto expected = static_cast<std::uint32_t>(sipHash24(kKey, message));
  CHECK(Cookie{kKey}.of(kSource, kTarget, 443, 3, probe_kind::kEcho) == SeqNumber{expected});
}

TEST_CASE("each part of a probe changes its cookie") {
  const Cookie cookie{kKey};
  const SeqNumber reference = cookie.of(kSource, kTarget, 80, 0);
  CHECK(cookie.of(kSource, kTarget, 80, 0) == reference);
  CHECK(cookie.of(IpAddress::v4(0xc000'0202), kTarget, 80, 0) != reference);
  CHECK(cookie.of(kSource, IpAddress::v4(0xc633'6408), 80, 0) != reference);
  CHECK(cookie.of(kTarget, kSource, 80, 0) != reference);
  CHECK(cookie.of(kSource, kTarget, 81, 0) != reference);
  CHECK(cookie.of(kSource, kTarget, 80, 1) != reference);
  CHECK(cookie.of(kSource, kTarget, 80, 0, probe_kind::kAck) != reference);
  CHECK(Cookie{CookieKey{}}.of(kSource, kTarget, 80, 0) != reference);
}

}  // namespace halfopen
