#include "probe/reply_matcher.h"

#include <doctest/doctest.h>

#include <variant>

#include "syn_scan.h"
#include "wire/link.h"

namespace halfopen {

using namespace test;

TEST_CASE("a SYN/ACK to one of our ports becomes a record with all its fields") {
  const ReplyRecord reply = checkMatched(fromThem(answer(kSynAck, 2)));
  CHECK(reply.receivedAt == kReceivedAt);
  CHECK(isAddress(reply.target, kThem));
  CHECK(isAddress(reply.sender, kThem));
  CHECK(reply.port == kAskedPort);
  CHECK(reply.attempt == 2);
  CHECK(reply.family == 4);
  CHECK(reply.kind == reply_kind::kSynAck);
  CHECK(reply.ttl == 61);
  CHECK(reply.icmpType == 0);
  CHECK(reply.icmpCode == 0);
  CHECK(reply.window == 64240);
  CHECK(reply.tcpFlags == kSynAck);
  CHECK(reply.reserved == decltype(reply.reserved){});
}

TEST_CASE("a SYN/ACK over IPv6 becomes a record with all its fields") {
  const Bytes segment = tcp({.sourcePort = kAskedPort,
                             .destinationPort = kPortBase,
                             .acknowledgement = cookie(0, kUs6, kThem6) + 1});
  const ReplyRecord reply = checkMatched(ipv6({.source = kThem6, .destination = kUs6}, segment));
  CHECK(isAddress(reply.target, kThem6));
  CHECK(isAddress(reply.sender, kThem6));
  CHECK(reply.family == 6);
  CHECK(reply.ttl == 59);
  CHECK(reply.kind == reply_kind::kSynAck);
}

TEST_CASE("flags are looked at in Nmap's order") {
  struct Row {
    unsigned flags;
    std::optional<unsigned> kind;
  };
  for (const Row& row : {
           Row{0x12, reply_kind::kSynAck},  // SYN/ACK
           Row{0x16, reply_kind::kSynAck},  // with RST
           Row{0xd2, reply_kind::kSynAck},  // with ECE and CWR
           Row{0x52, reply_kind::kSynAck},  // with ECE
           Row{0x04, reply_kind::kReset},   // RST
           Row{0x14, reply_kind::kReset},   // RST/ACK
           Row{0x06, reply_kind::kReset},   // RST/SYN
           Row{0x02, reply_kind::kSyn},     // SYN
           Row{0x03, reply_kind::kSyn},     // SYN/FIN
           Row{0xc2, reply_kind::kSyn},     // SYN with ECE and CWR
           Row{0x00, std::nullopt},         // none
           Row{0x10, std::nullopt},         // ACK
           Row{0x11, std::nullopt},         // FIN/ACK
           Row{0x18, std::nullopt},         // PSH/ACK: data
           Row{0x01, std::nullopt},         // FIN
       }) {
    CAPTURE(row.flags);
    const Bytes packet = fromThem(answer(row.flags, 1));
    if (row.kind) {
      CHECK(checkMatched(packet).kind == *row.kind);
    } else {
      checkRejected(packet, Rejection::kUnsolicited);
    }
  }
}

TEST_CASE("a TCP packet counts only to the ports of the tries") {
  for (const unsigned port : {kPortBase - 1U, kPortBase + kTries + 0U, 0U, 65535U}) {
    CAPTURE(port);
    const Bytes segment =
        tcp({.sourcePort = kAskedPort, .destinationPort = port, .acknowledgement = cookie(0) + 1});
    checkRejected(fromThem(segment), Rejection::kUnsolicited);
  }
  for (unsigned attempt = 0; attempt < kTries; attempt++) {
    CHECK(checkMatched(fromThem(answer(kSynAck, attempt))).attempt == attempt);
  }
}

TEST_CASE("the last ports of the range can be used") {
  const MarkConfig config{kKey, 65534, 2, std::nullopt};
  const auto to = [](unsigned port, unsigned attempt) {
    return fromThem(tcp({.sourcePort = kAskedPort,
                         .destinationPort = port,
                         .acknowledgement = cookie(attempt) + 1}));
  };
  CHECK(checkMatched(to(65535, 1), config).attempt == 1);
  checkRejected(to(0, 2), Rejection::kUnsolicited, config);
}

TEST_CASE("an acknowledgement that is not of a probe is a wrong cookie") {
  const auto acknowledging = [](std::uint32_t number, unsigned flags) {
    return fromThem(tcp({.sourcePort = kAskedPort,
                         .destinationPort = kPortBase,
                         .acknowledgement = number,
                         .flags = flags}));
  };
  for (const unsigned flags : {kSynAck, kRstAck}) {
    CHECK(checkMatched(acknowledging(cookie(0) + 1, flags)).attempt == 0);
    checkRejected(acknowledging(cookie(0), flags), Rejection::kWrongCookie);
    checkRejected(acknowledging(cookie(0) + 2, flags), Rejection::kWrongCookie);
    checkRejected(acknowledging(cookie(1) + 1, flags), Rejection::kWrongCookie);
    checkRejected(acknowledging(0, flags), Rejection::kWrongCookie);
  }
}

TEST_CASE("of a probe with data, the data may be acknowledged or not") {
  MarkConfig config = kConfig;
  config.payloadBytes = 25;
  const auto acknowledging = [](std::uint32_t bytes) {
    return fromThem(tcp({.sourcePort = kAskedPort,
                         .destinationPort = kPortBase + 1,
                         .acknowledgement = cookie(1) + 1 + bytes,
                         .flags = kRstAck}));
  };
  CHECK(checkMatched(acknowledging(0), config).attempt == 1);
  CHECK(checkMatched(acknowledging(25), config).attempt == 1);
  checkRejected(acknowledging(24), Rejection::kWrongCookie, config);
  checkRejected(acknowledging(26), Rejection::kWrongCookie, config);
  checkRejected(acknowledging(25), Rejection::kWrongCookie);
}

TEST_CASE("a right acknowledgement from another address or port is a wrong cookie") {
  checkRejected(ipv4({.source = kRouter, .destination = kUs}, answer(kSynAck, 0)),
                Rejection::kWrongCookie);
  checkRejected(ipv4({.source = kThem, .destination = kRouter}, answer(kSynAck, 0)),
                Rejection::kWrongCookie);
  checkRejected(fromThem(tcp({.sourcePort = kAskedPort + 1,
                              .destinationPort = kPortBase,
                              .acknowledgement = cookie(0) + 1})),
                Rejection::kWrongCookie);
}

TEST_CASE("a bare RST and a lone SYN are taken with any sequence number") {
  for (const std::uint32_t sequence : {0U, 1U, cookie(1), cookie(1) + 1, 0xffff'ffffU}) {
    const auto segment = [&](unsigned flags) {
      return fromThem(tcp({.sourcePort = kAskedPort,
                           .destinationPort = kPortBase + 1,
                           .sequence = sequence,
                           .flags = flags}));
    };
    CHECK(checkMatched(segment(kRst)).attempt == 1);
    CHECK(checkMatched(segment(kSyn)).attempt == 1);
  }
}

TEST_CASE("our own probe seen on its way out is no answer") {
  checkRejected(probe(0), Rejection::kOwnProbe);
  checkRejected(probe(3, kUs6, kThem6), Rejection::kOwnProbe);
}

TEST_CASE("a probe on loopback to a port that we send from is no answer") {
  // We scan ourselves, and the port asked is one of the source ports.
  const auto port = static_cast<std::uint16_t>(kPortBase + 3);
  const auto segment = [&](std::uint32_t sequence, unsigned flags) {
    return ipv4({.source = kUs, .destination = kUs}, tcp({.sourcePort = kPortBase,
                                                          .destinationPort = port,
                                                          .sequence = sequence,
                                                          .flags = flags}));
  };
  const std::uint32_t ours = cookie(0, kUs, kUs, port);
  checkRejected(segment(ours, kSyn), Rejection::kOwnProbe);
  CHECK(checkMatched(segment(ours + 1, kSyn)).kind == reply_kind::kSyn);
  // The kernel resets the SYN/ACK that answered.
  checkRejected(segment(ours + 1, kRst), Rejection::kOwnProbe);
  CHECK(checkMatched(segment(ours, kRst)).kind == reply_kind::kReset);
}

TEST_CASE("with one source port for all tries the cookie tells them apart") {
  const auto segment = [](std::uint32_t acknowledgement, unsigned flags, unsigned port = 53) {
    return fromThem(tcp({.sourcePort = kAskedPort,
                         .destinationPort = port,
                         .acknowledgement = acknowledgement,
                         .flags = flags}));
  };
  for (unsigned attempt = 0; attempt < kTries; attempt++) {
    CHECK(checkMatched(segment(cookie(attempt) + 1, kSynAck), kFixedPort).attempt == attempt);
    CHECK(checkMatched(segment(cookie(attempt) + 1, kRstAck), kFixedPort).attempt == attempt);
  }
  checkRejected(segment(cookie(kTries) + 1, kSynAck), Rejection::kWrongCookie, kFixedPort);
  checkRejected(segment(cookie(0) + 1, kSynAck, kPortBase), Rejection::kUnsolicited, kFixedPort);
}

TEST_CASE("with one source port a bare RST and a lone SYN do not tell the try") {
  for (const unsigned flags : {kRst, kSyn}) {
    const Bytes packet =
        fromThem(tcp({.sourcePort = kAskedPort, .destinationPort = 53, .flags = flags}));
    CHECK(checkMatched(packet, kFixedPort).attempt == kUnknownAttempt);
  }
}

TEST_CASE("with one source port quotes and own probes are told by the cookie") {
  const Bytes segment =
      tcp({.sourcePort = 53, .destinationPort = kAskedPort, .sequence = cookie(2), .flags = kSyn});
  const Bytes sent = ipv4({.source = kUs, .destination = kThem}, segment);
  checkRejected(sent, Rejection::kOwnProbe, kFixedPort);
  CHECK(checkMatched(icmpError(sent), kFixedPort).attempt == 2);
}

TEST_CASE("answers with IP options and IPv6 extension headers are read") {
  CHECK(checkMatched(ipv4({.source = kThem, .destination = kUs, .options = hex("94040000")},
                          answer(kSynAck, 1)))
            .attempt == 1);
  const Bytes segment = tcp({.sourcePort = kAskedPort,
                             .destinationPort = kPortBase,
                             .acknowledgement = cookie(0, kUs6, kThem6) + 1});
  CHECK(checkMatched(ipv6({.source = kThem6, .destination = kUs6, .nextHeader = 0},
                          concat({hex("0600 0000 0000 0000"), segment})))
            .kind == reply_kind::kSynAck);
}

TEST_CASE("a later fragment is unsolicited, a first one is read") {
  const auto fragment = [](unsigned field) {
    return ipv4({.source = kThem, .destination = kUs, .fragment = field}, answer(kSynAck, 0));
  };
  CHECK(checkMatched(fragment(0x2000)).attempt == 0);
  checkRejected(fragment(0x2001), Rejection::kUnsolicited);
  checkRejected(fragment(0x0001), Rejection::kUnsolicited);
}

TEST_CASE("Ethernet padding is not taken for TCP") {
  const Bytes cut = ipv4({.source = kThem, .destination = kUs}, hex("01bb 9c40"));
  checkRejected(concat({cut, Bytes(40)}), Rejection::kMalformed);
}

TEST_CASE("other protocols, and the ICMP of the other IP version, are unsolicited") {
  for (const unsigned protocol : {2U, 17U, 47U, 58U, 132U}) {
    const Ipv4Fields fields{.source = kThem, .destination = kUs, .protocol = protocol};
    checkRejected(ipv4(fields, icmp(1, 4, probe(0))), Rejection::kUnsolicited);
  }
  const Ipv6Fields fields{.source = kThem6, .destination = kUs6, .nextHeader = 1};
  checkRejected(ipv6(fields, icmp(3, 13, probe(0, kUs6, kThem6))), Rejection::kUnsolicited);
}

TEST_CASE("packets that are cut short or inconsistent are malformed at every length") {
  const Bytes whole = fromThem(tcp({.sourcePort = kAskedPort,
                                    .destinationPort = kPortBase,
                                    .acknowledgement = cookie(0) + 1,
                                    .options = hex("020405b4")}));
  for (std::size_t size = 1; size < whole.size(); size++) {
    CAPTURE(size);
    checkRejected(prefix(whole, size), Rejection::kMalformed);
  }
  CHECK(checkMatched(whole).attempt == 0);
  checkRejected(ipv4({.source = kRouter, .destination = kUs, .protocol = 1}, Bytes(7)),
                Rejection::kMalformed);
}

TEST_CASE("a frame matches with all its headers, and no part of it does") {
  const Bytes destinationOptions = hex("0600 0000 0000 0000");
  const Bytes segmentV6 = tcp({.sourcePort = kAskedPort,
                               .destinationPort = kPortBase,
                               .acknowledgement = cookie(0, kUs6, kThem6) + 1});
  const Bytes answerV6 = ipv6({.source = kThem6, .destination = kUs6, .nextHeader = 60},
                              concat({destinationOptions, segmentV6}));
  const Bytes quotedV6 = prefix(probe(0, kUs6, kThem6), 48);
  for (const Bytes& frame : {
           ethernet(0x0800, fromThem(answer(kSynAck, 1))),
           taggedEthernet({0x8100}, 0x0800, fromThem(answer(kRstAck, 1))),
           taggedEthernet({0x88a8, 0x8100}, 0x86dd, answerV6),
           ethernet(0x0800, icmpError(prefix(probe(1), 28))),
           ethernet(0x86dd, icmp6Error(quotedV6)),
       }) {
    for (std::size_t size = 0; size <= frame.size(); size++) {
      CAPTURE(size);
      const Bytes cut = prefix(frame, size);
      const auto layer = networkLayer(LinkType::kEthernet, cut);
      const auto* packet = std::get_if<NetworkPacket>(&layer);
      ReplyRecord reply;
      const bool matched = packet != nullptr && !ReplyMatcher{kConfig}.match(*packet, 0, reply);
      CHECK(matched == (size == frame.size()));
    }
  }
}

TEST_CASE("a match does not depend on where in memory the packet lies") {
  const Bytes packet = fromThem(answer(kSynAck, 1));
  for (std::size_t offset = 0; offset < 8; offset++) {
    const Bytes shifted = concat({Bytes(offset), packet});
    ReplyRecord reply;
    const NetworkPacket at{IpFamily::kV4, std::span<const std::uint8_t>{shifted}.subspan(offset)};
    CHECK_FALSE(ReplyMatcher{kConfig}.match(at, 0, reply));
    CHECK(reply.attempt == 1);
  }
}

}  // namespace halfopen
