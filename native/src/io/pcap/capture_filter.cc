#include "io/pcap/capture_filter.h"

#include <array>

namespace halfopen {

namespace {

// The type of an ICMPv6 message is addressed from the IPv6 header on: `icmp6[…]` came with
// libpcap 1.10.

// Unreachable and time exceeded (RFC 792); unreachable and parameter problem (RFC 4443 §3).
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

// Time exceeded of ICMPv6 says nothing of a port.
constexpr const char* kHostErrors = " or (icmp6 and ip6[40] == 3)";

// What answers the kinds of probes that find hosts.
struct Answers {
  std::uint8_t kind;
  const char* filter;
};
constexpr std::array kAnswers{
    Answers{probe_kind::kEcho, " or (icmp and icmp[0] == 0) or (icmp6 and ip6[40] == 129)"},
    Answers{probe_kind::kTimestamp, " or (icmp and icmp[0] == 14)"},
    Answers{probe_kind::kAddressMask, " or (icmp and icmp[0] == 18)"},
    // The numbers asked for are the engine's to know. Those behind extension headers pass anyway.
    Answers{probe_kind::kProtocol,
            " or (icmp and icmp[0] == 0) or (icmp6 and ip6[40] == 129)"
            " or (ip and not (tcp or udp or icmp)) or (ip6 and not (tcp or udp or icmp6)"
            " and not ip6[6] == 0)"},
    Answers{probe_kind::kNeighbour, " or (arp and arp[6:2] == 2) or (icmp6 and ip6[40] == 136)"},
    Answers{probe_kind::kListenerQuery,
            " or (ip6 and ip6[6] == 0 and ip6[40] == 58"
            " and (ip6[48] == 131 or ip6[48] == 132 or ip6[48] == 143))"},
};

std::string portRange(const MarkConfig& probes, bool isDouble) {
  if (probes.fixedSourcePort) return std::to_string(*probes.fixedSourcePort);
  const int last = probes.sourcePortBase + (isDouble ? 2 : 1) * probes.tries - 1;
  return std::to_string(probes.sourcePortBase) + "-" + std::to_string(last);
}

}  // namespace

std::string captureFilterFor(const MarkConfig& probes) {
  const ProbeKindSet kinds = probes.kinds;
  const bool hasProtocol = kinds.has(probe_kind::kProtocol);
  std::string filter = "(tcp dst portrange " +
                       portRange(probes, hasProtocol || kinds.has(probe_kind::kAck)) + ")" +
                       kErrors + kExtensions;
  if (hasProtocol || kinds.has(probe_kind::kUdp)) {
    filter += " or (udp dst portrange " + portRange(probes, hasProtocol) + ")";
  }
  for (const Answers& answers : kAnswers) {
    if (kinds.has(answers.kind)) filter += answers.filter;
  }
  if (kinds.findHosts()) filter += kHostErrors;
  return filter;
}

}  // namespace halfopen
