#include "io/probe_builder.h"

#include <doctest/doctest.h>

#include <cerrno>

#include "packets.h"
#include "probe/reply_matcher.h"

namespace halfopen {

using namespace test;

namespace {

constexpr ProbeKindSet kEveryKind = ProbeKindSet::fromBits(0x1ff);
const ProbeEncoding kEncoding{.marks = {.key = {1, 2, 3},
                                        .sourcePortBase = 40000,
                                        .tries = 4,
                                        .fixedSourcePort = {},
                                        .kinds = kEveryKind},
                              .hopLimit = std::nullopt};
constexpr MacAddress kOurMac{2, 0, 0, 0, 0, 1};
constexpr MacAddress kTheirMac{2, 0, 0, 0, 0, 9};

const Bytes kUs6 = hex("20010db8 00000000 00000000 00000001");
const Bytes kThem6 = hex("20010db8 00000000 00000000 12345678");
const Bytes kAllNodes = hex("ff020000 00000000 00000000 00000001");

const IpAddress kV4 = IpAddress::v4(0xc0000201);
const IpAddress kV6 = IpAddress::v6(std::span{kUs6}.first<16>());
const OutgoingPath kRawV4 = OutgoingPath::overRawIp(kV4, 3);
const OutgoingPath kRawV6 = OutgoingPath::overRawIp(kV6, 3);
const OutgoingPath kFramesV4 =
    OutgoingPath::overEthernet(kV4, 3, {.destination = kTheirMac, .source = kOurMac});
const OutgoingPath kLinkV4 = OutgoingPath::overLink(kV4, 3, kOurMac);
const OutgoingPath kLinkV6 = OutgoingPath::overLink(kV6, 3, kOurMac);

ProbeRecord probe(std::uint8_t kind, std::uint16_t port = 0, Bytes target = hex("c6336407")) {
  const std::uint8_t family = target.size() == 4 ? 4 : 6;
  target.resize(16);
  ProbeRecord record{};
  std::copy(target.begin(), target.end(), record.target.begin());
  record.port = port;
  record.attempt = 1;
  record.family = family;
  record.kind = kind;
  return record;
}

Bytes build(const ProbeRecord& record, const OutgoingPath& path,
            const ProbeEncoding& encoding = kEncoding) {
  std::array<std::uint8_t, kMaxFrameBytes> into;
  into.fill(0xee);
  const auto frame = ProbeBuilder{encoding}.build(record, path, into);
  return {frame.begin(), frame.end()};
}

Bytes slice(const Bytes& bytes, std::size_t from, std::size_t to) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(from),
          bytes.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

TEST_CASE("each kind is refused on paths, and for families, that it is not for") {
  struct Row {
    std::uint8_t kind;
    Bytes target;
    const OutgoingPath* path;
    int refusal;
  };
  for (const Row& row : {
           Row{probe_kind::kSyn, hex("c6336407"), &kRawV4, 0},
           Row{probe_kind::kSyn, hex("c6336407"), &kLinkV4, EINVAL},
           Row{probe_kind::kSyn, hex("c6336407"), &kRawV6, EAFNOSUPPORT},
           Row{probe_kind::kSyn, hex("c6336407"), nullptr, EHOSTUNREACH},
           Row{probe_kind::kEcho, kThem6, &kRawV6, 0},
           Row{probe_kind::kEcho, kThem6, &kLinkV6, EINVAL},
           Row{probe_kind::kEcho, kAllNodes, &kLinkV6, 0},
           Row{probe_kind::kUdp, hex("c6336407"), &kLinkV4, EINVAL},
           Row{probe_kind::kTimestamp, hex("c6336407"), &kFramesV4, 0},
           Row{probe_kind::kTimestamp, kThem6, &kRawV6, EAFNOSUPPORT},
           Row{probe_kind::kAddressMask, kThem6, &kRawV6, EAFNOSUPPORT},
           Row{probe_kind::kNeighbour, hex("c6336407"), &kLinkV4, 0},
           Row{probe_kind::kNeighbour, kThem6, &kLinkV6, 0},
           Row{probe_kind::kNeighbour, kAllNodes, &kLinkV6, EINVAL},
           Row{probe_kind::kNeighbour, hex("c6336407"), &kFramesV4, EINVAL},
           Row{probe_kind::kListenerQuery, kAllNodes, &kLinkV6, 0},
           Row{probe_kind::kListenerQuery, kThem6, &kLinkV6, EINVAL},
           Row{probe_kind::kListenerQuery, hex("c6336407"), &kLinkV4, EINVAL},
           Row{9, hex("c6336407"), &kRawV4, EINVAL},
           Row{255, hex("c6336407"), &kRawV4, EINVAL},
       }) {
    CAPTURE(static_cast<int>(row.kind));
    CHECK(ProbeBuilder{kEncoding}.refusal(probe(row.kind, 0, row.target), row.path) == row.refusal);
  }
}

TEST_CASE("a try beyond the last, and a kind that was not announced, are refused") {
  ProbeRecord late = probe(probe_kind::kEcho);
  late.attempt = 4;
  CHECK(ProbeBuilder{kEncoding}.refusal(late, &kRawV4) == EINVAL);
  ProbeEncoding few = kEncoding;
  few.marks.kinds = {probe_kind::kSyn};
  CHECK(ProbeBuilder{few}.refusal(probe(probe_kind::kEcho), &kRawV4) == EINVAL);
  CHECK(ProbeBuilder{few}.refusal(probe(probe_kind::kSyn), &kRawV4) == 0);
}

TEST_CASE("an error that quotes what was built is matched to the probe, whatever its kind") {
  for (std::uint8_t kind = probe_kind::kSyn; kind <= probe_kind::kProtocol; kind++) {
    CAPTURE(static_cast<int>(kind));
    const std::uint16_t port =
        kind >= probe_kind::kEcho && kind <= probe_kind::kAddressMask ? 0 : 6;
    const Bytes quote = build(probe(kind, port), kRawV4);
    const Bytes error =
        ipv4({.source = hex("cb0071fe"), .destination = hex("c0000201"), .protocol = 1},
             icmp(3, 1, quote));
    ReplyRecord reply;
    CHECK_FALSE(ReplyMatcher{kEncoding.marks}.match({IpFamily::kV4, error}, 1, reply));
    CHECK(reply.port == port);
    CHECK(reply.attempt == 1);
  }
}

TEST_CASE("hop limits are those of the encoding, or at random where Nmap has them") {
  ProbeEncoding fixed = kEncoding;
  fixed.hopLimit = 7;
  CHECK(build(probe(probe_kind::kEcho), kRawV4, fixed)[8] == 7);
  const unsigned random = build(probe(probe_kind::kEcho), kRawV4)[8];
  CHECK(random >= 37);
  CHECK(random <= 59);
}

TEST_CASE("an ARP request is broadcast in a frame of its own type") {
  const Bytes frame = build(probe(probe_kind::kNeighbour), kLinkV4);
  CHECK(frame.size() == 42);
  CHECK(prefix(frame, 22) == hex("ffffffffffff 020000000001 0806 0001 0800 06 04 0001"));
  CHECK(slice(frame, 38, 42) == hex("c6336407"));
}

TEST_CASE("a solicitation goes to the group of its target, by its link-layer address") {
  const Bytes frame = build(probe(probe_kind::kNeighbour, 0, kThem6), kLinkV6);
  CHECK(prefix(frame, 14) == hex("3333ff345678 020000000001 86dd"));
  CHECK(slice(frame, 38, 54) == hex("ff020000 00000000 00000001 ff345678"));
}

TEST_CASE("what is asked of all nodes goes to their group") {
  for (const std::uint8_t kind : {probe_kind::kEcho, probe_kind::kListenerQuery}) {
    const Bytes frame = build(probe(kind, 0, kAllNodes), kLinkV6);
    CHECK(prefix(frame, 14) == hex("333300000001 020000000001 86dd"));
    CHECK(slice(frame, 38, 54) == kAllNodes);
  }
}

TEST_CASE("other probes go in frames to the next hop") {
  const Bytes frame = build(probe(probe_kind::kEcho), kFramesV4);
  CHECK(prefix(frame, 14) == hex("020000000009 020000000001 0800"));
  CHECK(slice(frame, 14, frame.size()) == build(probe(probe_kind::kEcho), kRawV4));
}

}  // namespace halfopen
