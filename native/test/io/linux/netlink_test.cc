#include "io/linux/netlink.h"

#include <doctest/doctest.h>
#include <linux/rtnetlink.h>
#include <net/if_arp.h>

#include <cerrno>

#include "io/linux/interfaces.h"
#include "io/linux/neighbours.h"
#include "io/linux/routes.h"
#include "netlink_bytes.h"
#include "packets.h"

namespace halfopen {

namespace {

using namespace test;

Bytes unicastTo32Bits() {
  rtmsg fixed{};
  fixed.rtm_family = AF_INET;
  fixed.rtm_dst_len = 32;
  fixed.rtm_type = RTN_UNICAST;
  return bytesOf(fixed);
}

const Bytes kUnicast = unicastTo32Bits();
const Bytes kSource = attribute(RTA_PREFSRC, hex("0a000001"));
const Bytes kInterface = attribute(RTA_OIF, bytesOf(std::uint32_t{7}));

std::optional<Route> routeIn(const Bytes& body) { return readRoute({RTM_NEWROUTE, body}); }

}  // namespace

TEST_CASE("a route on the link has interface and source, and no gateway") {
  const std::optional<Route> route = routeIn(concat({kUnicast, kInterface, kSource}));
  REQUIRE(route.has_value());
  CHECK(route->type == RTN_UNICAST);
  CHECK(route->interfaceIndex == 7);
  CHECK(route->source == IpAddress::v4(0x0a000001));
  CHECK_FALSE(route->gateway.has_value());
}

TEST_CASE("a gateway may be of the other version of IP (RFC 8950)") {
  const Bytes v4 = attribute(RTA_GATEWAY, hex("0a0000fe"));
  CHECK(routeIn(concat({kUnicast, kInterface, kSource, v4}))->gateway == IpAddress::v4(0x0a0000fe));

  const Bytes address = hex("fe800000 00000000 00000000 00000001");
  const Bytes via = attribute(RTA_VIA, concat({bytesOf(std::uint16_t{AF_INET6}), address}));
  const std::optional<Route> route = routeIn(concat({kUnicast, kInterface, kSource, via}));
  REQUIRE(route->gateway.has_value());
  CHECK(std::equal(address.begin(), address.end(), route->gateway->bytes().begin()));
}

TEST_CASE("a route without a source is none") {
  CHECK_FALSE(routeIn(concat({kUnicast, kInterface})).has_value());
}

TEST_CASE("messages that are cut anywhere are read without going past their end") {
  const Bytes whole = concat({kUnicast, kInterface, kSource});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(routeIn(prefix(whole, size)).has_value());
  }
}

TEST_CASE("attributes that lie about their length end the search") {
  for (const std::uint16_t length : {std::uint16_t{0}, std::uint16_t{3}, std::uint16_t{200}}) {
    CAPTURE(length);
    const Bytes liar = bytesOf(rtattr{length, RTA_DST});
    CHECK_FALSE(routeIn(concat({kUnicast, liar, kInterface, kSource})).has_value());
  }
}

TEST_CASE("a neighbour has its state, and an address once that is known") {
  ndmsg incomplete{};
  incomplete.ndm_state = NUD_INCOMPLETE;
  const Bytes fixed = bytesOf(incomplete);
  const std::optional<Neighbour> unknown = readNeighbour({RTM_NEWNEIGH, fixed});
  REQUIRE(unknown.has_value());
  CHECK(unknown->state == NUD_INCOMPLETE);
  CHECK_FALSE(unknown->mac.has_value());

  const Bytes known = concat({fixed, attribute(NDA_LLADDR, hex("020000000001"))});
  CHECK(readNeighbour({RTM_NEWNEIGH, known})->mac == MacAddress{2, 0, 0, 0, 0, 1});
}

TEST_CASE("the kernel lists the loopback interface with its address") {
  Result<NetlinkSocket> socket = NetlinkSocket::open();
  REQUIRE(socket);
  const Result<std::vector<NetworkInterface>> interfaces = listInterfaces(*socket);
  REQUIRE(interfaces);
  const auto loopback = std::find_if(interfaces->begin(), interfaces->end(),
                                     [](const auto& one) { return one.name == "lo"; });
  REQUIRE(loopback != interfaces->end());
  CHECK(loopback->hardwareType == ARPHRD_LOOPBACK);
  CHECK(loopback->mtu > 0);
  CHECK(std::any_of(loopback->addresses.begin(), loopback->addresses.end(), [](const auto& one) {
    return one.address == IpAddress::v4(0x7f000001) && one.prefixLength == 8;
  }));
}

TEST_CASE("the kernel's route to loopback is local, and one through no interface is refused") {
  Result<NetlinkSocket> socket = NetlinkSocket::open();
  REQUIRE(socket);
  const Result<Route> route = findRoute(*socket, IpAddress::v4(0x7f000001), 0);
  REQUIRE(route);
  CHECK(route->type == RTN_LOCAL);
  CHECK(route->source == IpAddress::v4(0x7f000001));

  const Result<Route> refused = findRoute(*socket, IpAddress::v4(0x7f000001), 0x7fff'fff0);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().operation == "RTM_GETROUTE");
  CHECK(refused.error().errnoValue != 0);
}

TEST_CASE("a neighbour that the kernel never looked for is nothing, not an error") {
  Result<NetlinkSocket> socket = NetlinkSocket::open();
  REQUIRE(socket);
  const auto neighbour = findNeighbour(*socket, 1, IpAddress::v4(0x7f000063));
  REQUIRE(neighbour);
  CHECK_FALSE(neighbour->has_value());
}

}  // namespace halfopen
