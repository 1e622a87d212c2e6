#include "io/linux/route_ranges.h"

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

#include "wire/byte_order.h"

namespace halfopen {

namespace {

// Addresses that the kernel treats in their own way whatever the tables say: the unspecified one
// and its network, multicast, and the limited broadcast.
constexpr RoutePrefix kSpecial[] = {
    {0x0000'0000, 0x0000'0000, false},
    {0x0000'0000, 0x00ff'ffff, false},
    {0xe000'0000, 0xefff'ffff, false},
    {0xffff'ffff, 0xffff'ffff, false},
};

std::optional<std::uint32_t> wordIn(std::span<const std::uint8_t> value) noexcept {
  if (value.size() != sizeof(std::uint32_t)) return std::nullopt;
  std::uint32_t word;
  std::memcpy(&word, value.data(), sizeof word);
  return word;
}

// A dump of everything of one kind for IPv4. False when it changed on the way.
template <typename Fixed, typename Visit>
Result<bool> dump(NetlinkSocket& socket, std::uint16_t type, const char* operation, Visit visit) {
  Fixed fixed{};
  std::memset(&fixed, AF_INET, 1);  // The family comes first in either structure.
  NetlinkRequest request{type, NLM_F_DUMP, fixed};
  bool isWhole = true;
  const int refused = socket.ask(request, [&](const NetlinkMessage& message) {
    if ((message.flags & NLM_F_DUMP_INTR) != 0) isWhole = false;
    visit(message);
  });
  if (refused != 0) return SystemError{operation, refused};
  return isWhole;
}

}  // namespace

Result<std::optional<RouteRanges>> readRouteRanges(NetlinkSocket& socket) {
  bool isPlain = true;
  const Result<bool> rules = dump<fib_rule_hdr>(
      socket, RTM_GETRULE, "RTM_GETRULE",
      [&](const NetlinkMessage& message) { isPlain = isPlain && isDefaultRule(message); });
  // A kernel without rules refuses to list them.
  if (!rules && rules.error().errnoValue != EOPNOTSUPP) return rules.error();
  if (rules && !(*rules && isPlain)) return std::optional<RouteRanges>{};

  std::vector<RoutePrefix> prefixes{std::begin(kSpecial), std::end(kSpecial)};
  const Result<bool> routes =
      dump<rtmsg>(socket, RTM_GETROUTE, "RTM_GETROUTE", [&](const NetlinkMessage& message) {
        if (const std::optional<RoutePrefix> prefix = readPrefix(message)) {
          prefixes.push_back(*prefix);
        }
      });
  if (!routes) return routes.error();
  if (!*routes) return std::optional<RouteRanges>{};
  return std::optional{rangesOf(std::move(prefixes))};
}

RouteRanges rangesOf(std::vector<RoutePrefix> prefixes) {
  RouteRanges ranges;
  ranges.starts.push_back(0);
  for (const RoutePrefix& prefix : prefixes) {
    ranges.starts.push_back(prefix.first);
    if (prefix.last != 0xffff'ffff) ranges.starts.push_back(prefix.last + 1);
  }
  std::sort(ranges.starts.begin(), ranges.starts.end());
  ranges.starts.erase(std::unique(ranges.starts.begin(), ranges.starts.end()), ranges.starts.end());

  ranges.isUneven.resize(ranges.starts.size());
  for (const RoutePrefix& prefix : prefixes) {
    if (!prefix.isUneven) continue;
    const auto first = std::lower_bound(ranges.starts.begin(), ranges.starts.end(), prefix.first);
    for (auto start = first; start != ranges.starts.end() && *start <= prefix.last; ++start) {
      ranges.isUneven[static_cast<std::size_t>(start - ranges.starts.begin())] = true;
    }
  }
  return ranges;
}

std::optional<RoutePrefix> readPrefix(const NetlinkMessage& message) noexcept {
  const std::optional<rtmsg> fixed = message.fixed<rtmsg>();
  if (message.type != RTM_NEWROUTE || !fixed || fixed->rtm_family != AF_INET ||
      fixed->rtm_dst_len > 32) {
    return std::nullopt;
  }
  std::uint32_t first = 0;  // A default route has no destination.
  bool isUneven = false;
  message.forEachAttribute(sizeof(rtmsg),
                           [&](std::uint16_t attribute, std::span<const std::uint8_t> value) {
                             if (attribute == RTA_DST && value.size() == kIpv4AddressBytes)
                               first = loadBe32(value.data());
                             // A next hop object may be a group; a flow may be matched by more than
                             // its address.
                             if (attribute == RTA_MULTIPATH || attribute == RTA_NH_ID)
                               isUneven = true;
                             return true;
                           });
  const std::uint32_t host = fixed->rtm_dst_len == 0    ? 0xffff'ffff
                             : fixed->rtm_dst_len == 32 ? 0
                                                        : 0xffff'ffff >> fixed->rtm_dst_len;
  return RoutePrefix{first, first | host, isUneven || fixed->rtm_tos != 0};
}

bool isDefaultRule(const NetlinkMessage& message) noexcept {
  const std::optional<fib_rule_hdr> fixed = message.fixed<fib_rule_hdr>();
  if (message.type != RTM_NEWRULE || !fixed || fixed->action != FR_ACT_TO_TBL ||
      fixed->flags != 0 || fixed->dst_len != 0 || fixed->src_len != 0 || fixed->tos != 0) {
    return false;
  }
  std::uint32_t table = fixed->table;
  bool isPlain = true;
  message.forEachAttribute(
      sizeof(fib_rule_hdr), [&](std::uint16_t attribute, std::span<const std::uint8_t> value) {
        switch (attribute) {
          case FRA_TABLE:
            table = wordIn(value).value_or(0);
            break;
          case FRA_PRIORITY:
          case FRA_PROTOCOL:
            break;
          case FRA_SUPPRESS_PREFIXLEN:  // All ones where nothing is suppressed.
          case FRA_SUPPRESS_IFGROUP:
            isPlain = isPlain && wordIn(value) == 0xffff'ffff;
            break;
          default:
            isPlain = false;
        }
        return true;
      });
  return isPlain &&
         (table == RT_TABLE_LOCAL || table == RT_TABLE_MAIN || table == RT_TABLE_DEFAULT);
}

}  // namespace halfopen
