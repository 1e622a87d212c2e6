#include "io/linux/route_ranges.h"

#include <doctest/doctest.h>
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "netlink_bytes.h"
#include "packets.h"

namespace halfopen {

namespace {

using namespace test;
using Starts = std::vector<std::uint32_t>;

Bytes route(std::uint8_t prefixLength) {
  rtmsg fixed{};
  fixed.rtm_family = AF_INET;
  fixed.rtm_dst_len = prefixLength;
  return bytesOf(fixed);
}

Bytes rule(std::uint32_t table, std::uint8_t sourceLength = 0) {
  fib_rule_hdr fixed{};
  fixed.family = AF_INET;
  fixed.src_len = sourceLength;
  fixed.action = FR_ACT_TO_TBL;
  fixed.table = static_cast<std::uint8_t>(table);
  return concat({bytesOf(fixed), attribute(FRA_TABLE, bytesOf(table)),
                 attribute(FRA_SUPPRESS_PREFIXLEN, bytesOf(0xffff'ffffu)),
                 attribute(FRA_PRIORITY, bytesOf(32766u))});
}

}  // namespace

TEST_CASE("ranges begin and end with each prefix") {
  const RouteRanges ranges =
      rangesOf({{0, 0xffff'ffff, false}, {100, 199, false}, {150, 150, true}, {200, 299, false}});
  CHECK(ranges.starts == Starts{0, 100, 150, 151, 200, 300});
  CHECK(ranges.isUneven == std::vector<bool>{false, false, true, false, false, false});
}

TEST_CASE("all ranges within an uneven prefix are uneven") {
  const RouteRanges ranges = rangesOf({{0, 0xffff'ffff, true}, {100, 199, false}});
  CHECK(ranges.isUneven == std::vector<bool>{true, true, true});
}

TEST_CASE("without prefixes all addresses are one range") {
  CHECK(rangesOf({}).starts == Starts{0});
}

TEST_CASE("a prefix is read with its ends") {
  const Bytes destination = attribute(RTA_DST, hex("0a4d0000"));
  const auto prefix = readPrefix({RTM_NEWROUTE, concat({route(16), destination})});
  REQUIRE(prefix.has_value());
  CHECK(prefix->first == 0x0a4d'0000);
  CHECK(prefix->last == 0x0a4d'ffff);
  CHECK_FALSE(prefix->isUneven);

  const auto host = readPrefix({RTM_NEWROUTE, concat({route(32), destination})});
  CHECK(host->last == host->first);
  const auto all = readPrefix({RTM_NEWROUTE, route(0)});
  CHECK(all->first == 0);
  CHECK(all->last == 0xffff'ffff);
}

TEST_CASE("a route with several next hops is uneven") {
  for (const std::uint16_t type : {RTA_MULTIPATH, RTA_NH_ID}) {
    const Bytes hops = attribute(type, hex("00000001"));
    CHECK(readPrefix({RTM_NEWROUTE, concat({route(0), hops})})->isUneven);
  }
}

TEST_CASE("what is no route of IPv4 is no prefix") {
  CHECK_FALSE(readPrefix({RTM_NEWROUTE, {}}).has_value());
  CHECK_FALSE(readPrefix({RTM_NEWRULE, route(0)}).has_value());
  CHECK_FALSE(readPrefix({RTM_NEWROUTE, route(33)}).has_value());
}

TEST_CASE("the rules that every machine has are told from others") {
  for (const std::uint32_t table : {RT_TABLE_LOCAL, RT_TABLE_MAIN, RT_TABLE_DEFAULT}) {
    CHECK(isDefaultRule({RTM_NEWRULE, rule(table)}));
  }
  CHECK_FALSE(isDefaultRule({RTM_NEWRULE, rule(100)}));
  CHECK_FALSE(isDefaultRule({RTM_NEWRULE, rule(RT_TABLE_MAIN, 24)}));
  const Bytes mark = attribute(FRA_FWMARK, hex("01000000"));
  CHECK_FALSE(isDefaultRule({RTM_NEWRULE, concat({rule(RT_TABLE_MAIN), mark})}));
  const Bytes suppressed = attribute(FRA_SUPPRESS_PREFIXLEN, hex("00000000"));
  CHECK_FALSE(isDefaultRule({RTM_NEWRULE, concat({rule(RT_TABLE_MAIN), suppressed})}));
  CHECK_FALSE(isDefaultRule({RTM_NEWRULE, {}}));
}

}  // namespace halfopen
