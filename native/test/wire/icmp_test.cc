#include "wire/icmp.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

TEST_CASE("an ICMP error has a type, a code and a quote") {
  const Bytes message = test::icmp(3, 13, test::hex("45 aa"));
  const auto icmp = IcmpView::parse(message);
  REQUIRE(icmp);
  CHECK(icmp->type() == icmp_v4_type::kUnreachable);
  CHECK(icmp->code() == 13);
  CHECK(Bytes(icmp->quote().begin(), icmp->quote().end()) == test::hex("45 aa"));
}

TEST_CASE("an ICMP message shorter than its 8 bytes is refused") {
  const Bytes message = test::icmp(11, 0, {});
  for (std::size_t size = 0; size < message.size(); size++) {
    CHECK_FALSE(IcmpView::parse(test::prefix(message, size)));
  }
  CHECK(IcmpView::parse(message)->quote().empty());
}

}  // namespace halfopen
