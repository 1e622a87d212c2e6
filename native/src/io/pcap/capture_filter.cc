#include "io/pcap/capture_filter.h"

namespace halfopen {

namespace {

// Unreachable and time exceeded (RFC 792); unreachable and parameter problem (RFC 4443 §3). The
// type of an ICMPv6 message is addressed from the IPv6 header on: `icmp6[…]` came with
// libpcap 1.10.
constexpr const char* kErrors =
    " or (icmp and (icmp[0] == 3 or icmp[0] == 11))"
    " or (icmp6 and (ip6[40] == 1 or ip6[40] == 4))";

// What lies behind an extension header (RFC 8200 §4) is found by the matcher: a filter cannot walk
// a chain of them. Few packets have any but those of MLD (RFC 3810 §5), which any link has and
// which are left out: hop-by-hop options of eight bytes, and an ICMPv6 message that is no error.
constexpr const char* kExtensions =
    " or (ip6 and (ip6[6] == 0 or ip6[6] == 43 or ip6[6] == 44 or ip6[6] == 51 or ip6[6] == 60"
    " or ip6[6] == 135 or ip6[6] == 139 or ip6[6] == 140)"
    " and not (ip6[6] == 0 and ip6[40] == 58 and ip6[41] == 0 and ip6[48] >= 128))";

std::string portRange(const MatcherConfig& probes) {
  if (probes.fixedSourcePort) return std::to_string(*probes.fixedSourcePort);
  const int last = probes.sourcePortBase + probes.tries - 1;
  return std::to_string(probes.sourcePortBase) + "-" + std::to_string(last);
}

}  // namespace

std::string captureFilterFor(const MatcherConfig& probes) {
  return "(tcp dst portrange " + portRange(probes) + ")" + kErrors + kExtensions;
}

}  // namespace halfopen
