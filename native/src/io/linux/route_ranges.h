// Which IPv4 addresses the kernel treats alike, from its routing tables.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "io/linux/netlink.h"
#include "io/result.h"

namespace halfopen {

// Addresses from one start to the address before the next are matched by the same routes of each
// table, so whatever the kernel decides about one of them holds for all.
struct RouteRanges {
  std::vector<std::uint32_t> starts;  // Ascending; the first is 0.
  // For each start, whether the decision may differ from address to address after all: one of the
  // routes has several next hops, which the kernel picks from by a hash.
  std::vector<bool> isUneven;
};

// A prefix of a routing table.
struct RoutePrefix {
  std::uint32_t first;
  std::uint32_t last;
  bool isUneven;
};

// The ranges of all tables; nothing when rules other than the default ones decide which table is
// asked (policy routing), or when the tables changed while they were read.
[[nodiscard]] Result<std::optional<RouteRanges>> readRouteRanges(NetlinkSocket& socket);

// Cuts the address space at both ends of each prefix.
[[nodiscard]] RouteRanges rangesOf(std::vector<RoutePrefix> prefixes);

// The prefix of an answer to a dump of RTM_GETROUTE.
[[nodiscard]] std::optional<RoutePrefix> readPrefix(const NetlinkMessage& message) noexcept;

// Whether an answer to a dump of RTM_GETRULE is one of the rules that every machine has: ask the
// table `local`, then `main`, then `default`, for all packets alike.
[[nodiscard]] bool isDefaultRule(const NetlinkMessage& message) noexcept;

}  // namespace halfopen
