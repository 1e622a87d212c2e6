#include "probe/own_addresses.h"

#include <doctest/doctest.h>

namespace halfopen {

TEST_CASE("addresses are ours once they were added, however often") {
  OwnAddresses own;
  const IpAddress address = IpAddress::v4(0xc0000201);
  const MacAddress mac{2, 0, 0, 0, 0, 1};
  CHECK_FALSE(own.has(address));
  CHECK_FALSE(own.has(mac));
  for (int count = 0; count < 2; count++) {
    own.add(address);
    own.add(mac);
    CHECK(own.has(address));
    CHECK(own.has(mac));
  }
  CHECK_FALSE(own.has(IpAddress::v4(0xc0000202)));
  CHECK_FALSE(own.has(MacAddress{}));
}

}  // namespace halfopen
