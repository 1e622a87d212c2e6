#include "probe/reply_matcher.h"

#include <doctest/doctest.h>

#include <cstring>
#include <variant>

#include "packets.h"
#include "probe/syn_template.h"
#include "wire/link.h"

namespace halfopen {

using test::Bytes;

namespace {

constexpr CookieKey kKey{9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6};
constexpr std::uint16_t kPortBase = 40000;
constexpr std::uint8_t kTries = 4;
constexpr std::uint16_t kAskedPort = 443;
constexpr double kReceivedAt = 1234.5;

constexpr unsigned kSynAck = 0x12;
constexpr unsigned kRst = 0x04;
constexpr unsigned kRstAck = 0x14;
constexpr unsigned kSyn = 0x02;

const Bytes kUs = test::hex("c0 00 02 01");
const Bytes kThem = test::hex("c6 33 64 07");
const Bytes kRouter = test::hex("cb 00 71 fe");
const Bytes kUs6 = test::hex("20010db8 00000000 00000000 00000001");
const Bytes kThem6 = test::hex("20010db8 00000000 00000000 00000007");
const Bytes kRouter6 = test::hex("20010db8 0000ffff 00000000 000000fe");

constexpr MatcherConfig kConfig{kKey, kPortBase, kTries, std::nullopt};
constexpr MatcherConfig kFixedPort{kKey, kPortBase, kTries, 53};

IpAddress toAddress(const Bytes& bytes) {
  return bytes.size() == 4 ? IpAddress::v4(std::span{bytes}.first<4>())
                           : IpAddress::v6(std::span{bytes}.first<16>());
}

std::uint32_t cookie(unsigned attempt, const Bytes& source = kUs, const Bytes& target = kThem,
                     std::uint16_t port = kAskedPort) {
  return Cookie{kKey}
      .of(toAddress(source), toAddress(target), port, static_cast<std::uint8_t>(attempt))
      .value();
}

using Outcome = std::variant<ReplyRecord, Rejection>;

Outcome match(const Bytes& packet, const MatcherConfig& config = kConfig) {
  ReplyRecord reply;
  std::memset(&reply, 0xee, sizeof(reply));
  const ReplyRecord untouched = reply;
  const IpFamily family = packet.at(0) >> 4 == 4 ? IpFamily::kV4 : IpFamily::kV6;
  const auto rejection = ReplyMatcher{config}.match({family, packet}, kReceivedAt, reply);
  if (!rejection) return reply;
  CHECK(std::memcmp(&reply, &untouched, sizeof(reply)) == 0);
  return *rejection;
}

void checkRejected(const Bytes& packet, Rejection expected, const MatcherConfig& config = kConfig) {
  const Outcome outcome = match(packet, config);
  REQUIRE(std::holds_alternative<Rejection>(outcome));
  CHECK(static_cast<int>(std::get<Rejection>(outcome)) == static_cast<int>(expected));
}

ReplyRecord checkMatched(const Bytes& packet, const MatcherConfig& config = kConfig) {
  const Outcome outcome = match(packet, config);
  REQUIRE(std::holds_alternative<ReplyRecord>(outcome));
  return std::get<ReplyRecord>(outcome);
}

// A segment from the port asked; `acknowledgement` defaults to what answers the try.
Bytes answer(unsigned flags, unsigned attempt) {
  return test::tcp({.sourcePort = kAskedPort,
                    .destinationPort = kPortBase + attempt,
                    .acknowledgement = cookie(attempt) + 1,
                    .flags = flags});
}

Bytes fromThem(const Bytes& segment) {
  return test::ipv4({.source = kThem, .destination = kUs}, segment);
}

// Our probe, as a router has it in hand.
Bytes probe(unsigned attempt, const Bytes& source = kUs, const Bytes& target = kThem) {
  const SynTemplate syn{toAddress(source)};
  Bytes packet(syn.size());
  syn.write({.target = toAddress(target),
             .sourcePort = static_cast<std::uint16_t>(kPortBase + attempt),
             .targetPort = kAskedPort,
             .sequence = SeqNumber{cookie(attempt, source, target)},
             .hopLimit = 1},
            packet);
  return packet;
}

Bytes icmpError(const Bytes& quote, unsigned type = 3, unsigned code = 13) {
  return test::ipv4({.source = kRouter, .destination = kUs, .protocol = 1, .ttl = 250},
                    test::icmp(type, code, quote));
}

Bytes icmp6Error(const Bytes& quote, unsigned type = 1, unsigned code = 4) {
  return test::ipv6({.source = kRouter6, .destination = kUs6, .nextHeader = 58, .hopLimit = 250},
                    test::icmp(type, code, quote));
}

// A probe like ours but for the header it lies in.
Bytes quotedSegment(unsigned attempt, const Bytes& source = kUs, const Bytes& target = kThem) {
  return test::tcp({.sourcePort = kPortBase + attempt,
                    .destinationPort = kAskedPort,
                    .sequence = cookie(attempt, source, target),
                    .flags = kSyn});
}

bool isAddress(const std::array<std::uint8_t, 16>& record, const Bytes& address) {
  Bytes padded = address;
  padded.resize(16);
  return Bytes(record.begin(), record.end()) == padded;
}

}  // namespace

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
  const Bytes segment = test::tcp({.sourcePort = kAskedPort,
                                   .destinationPort = kPortBase,
                                   .acknowledgement = cookie(0, kUs6, kThem6) + 1});
  const ReplyRecord reply =
      checkMatched(test::ipv6({.source = kThem6, .destination = kUs6}, segment));
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
    const Bytes segment = test::tcp(
        {.sourcePort = kAskedPort, .destinationPort = port, .acknowledgement = cookie(0) + 1});
    checkRejected(fromThem(segment), Rejection::kUnsolicited);
  }
  for (unsigned attempt = 0; attempt < kTries; attempt++) {
    CHECK(checkMatched(fromThem(answer(kSynAck, attempt))).attempt == attempt);
  }
}

TEST_CASE("the last ports of the range can be used") {
  const MatcherConfig config{kKey, 65534, 2, std::nullopt};
  const auto to = [](unsigned port, unsigned attempt) {
    return fromThem(test::tcp({.sourcePort = kAskedPort,
                               .destinationPort = port,
                               .acknowledgement = cookie(attempt) + 1}));
  };
  CHECK(checkMatched(to(65535, 1), config).attempt == 1);
  checkRejected(to(0, 2), Rejection::kUnsolicited, config);
}

TEST_CASE("an acknowledgement that is not of a probe is a wrong cookie") {
  const auto acknowledging = [](std::uint32_t number, unsigned flags) {
    return fromThem(test::tcp({.sourcePort = kAskedPort,
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
  MatcherConfig config = kConfig;
  config.payloadBytes = 25;
  const auto acknowledging = [](std::uint32_t bytes) {
    return fromThem(test::tcp({.sourcePort = kAskedPort,
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
  checkRejected(test::ipv4({.source = kRouter, .destination = kUs}, answer(kSynAck, 0)),
                Rejection::kWrongCookie);
  checkRejected(test::ipv4({.source = kThem, .destination = kRouter}, answer(kSynAck, 0)),
                Rejection::kWrongCookie);
  checkRejected(fromThem(test::tcp({.sourcePort = kAskedPort + 1,
                                    .destinationPort = kPortBase,
                                    .acknowledgement = cookie(0) + 1})),
                Rejection::kWrongCookie);
}

TEST_CASE("a bare RST and a lone SYN are taken with any sequence number") {
  for (const std::uint32_t sequence : {0U, 1U, cookie(1), cookie(1) + 1, 0xffff'ffffU}) {
    const auto segment = [&](unsigned flags) {
      return fromThem(test::tcp({.sourcePort = kAskedPort,
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
    return test::ipv4({.source = kUs, .destination = kUs}, test::tcp({.sourcePort = kPortBase,
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
    return fromThem(test::tcp({.sourcePort = kAskedPort,
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
        fromThem(test::tcp({.sourcePort = kAskedPort, .destinationPort = 53, .flags = flags}));
    CHECK(checkMatched(packet, kFixedPort).attempt == kUnknownAttempt);
  }
}

TEST_CASE("with one source port quotes and own probes are told by the cookie") {
  const Bytes segment = test::tcp(
      {.sourcePort = 53, .destinationPort = kAskedPort, .sequence = cookie(2), .flags = kSyn});
  const Bytes sent = test::ipv4({.source = kUs, .destination = kThem}, segment);
  checkRejected(sent, Rejection::kOwnProbe, kFixedPort);
  CHECK(checkMatched(icmpError(sent), kFixedPort).attempt == 2);
}

TEST_CASE("an ICMP error becomes a record of the target quoted and the sender") {
  const ReplyRecord reply = checkMatched(icmpError(probe(1)));
  CHECK(reply.receivedAt == kReceivedAt);
  CHECK(isAddress(reply.target, kThem));
  CHECK(isAddress(reply.sender, kRouter));
  CHECK(reply.port == kAskedPort);
  CHECK(reply.attempt == 1);
  CHECK(reply.family == 4);
  CHECK(reply.kind == reply_kind::kIcmpError);
  CHECK(reply.ttl == 250);
  CHECK(reply.icmpType == 3);
  CHECK(reply.icmpCode == 13);
  CHECK(reply.window == 0);
  CHECK(reply.tcpFlags == 0);
}

TEST_CASE("an ICMPv6 error becomes a record of the target quoted and the sender") {
  const ReplyRecord reply = checkMatched(icmp6Error(probe(1, kUs6, kThem6)));
  CHECK(isAddress(reply.target, kThem6));
  CHECK(isAddress(reply.sender, kRouter6));
  CHECK(reply.port == kAskedPort);
  CHECK(reply.attempt == 1);
  CHECK(reply.family == 6);
  CHECK(reply.kind == reply_kind::kIcmpV6Error);
  CHECK(reply.ttl == 250);
  CHECK(reply.icmpType == 1);
  CHECK(reply.icmpCode == 4);
}

TEST_CASE("ICMP types that say nothing about a port are unsolicited, whatever they quote") {
  for (unsigned type = 0; type < 256; type++) {
    CAPTURE(type);
    const Bytes four = icmpError(probe(0), type, 0);
    if (type == 3 || type == 11) {
      CHECK(checkMatched(four).icmpType == type);
    } else {
      checkRejected(four, Rejection::kUnsolicited);
    }
    const Bytes six = icmp6Error(probe(0, kUs6, kThem6), type, 0);
    if (type == 1 || type == 4) {
      CHECK(checkMatched(six).icmpType == type);
    } else {
      checkRejected(six, Rejection::kUnsolicited);
    }
  }
}

TEST_CASE("every code of an ICMP error is passed on") {
  for (unsigned code = 0; code < 256; code++) {
    CHECK(checkMatched(icmpError(probe(0), 3, code)).icmpCode == code);
  }
}

TEST_CASE("a quote needs eight bytes of TCP") {
  const Bytes quote = probe(2);
  for (std::size_t size = 0; size < quote.size(); size++) {
    CAPTURE(size);
    const Bytes packet = icmpError(test::prefix(quote, size));
    if (size < 20) {
      checkRejected(packet, Rejection::kMalformed);
    } else if (size < 28) {
      checkRejected(packet, Rejection::kShortQuote);
    } else {
      CHECK(checkMatched(packet).attempt == 2);
    }
  }
}

TEST_CASE("an IPv6 quote needs eight bytes of TCP") {
  const Bytes quote = probe(2, kUs6, kThem6);
  checkRejected(icmp6Error(test::prefix(quote, 39)), Rejection::kMalformed);
  checkRejected(icmp6Error(test::prefix(quote, 47)), Rejection::kShortQuote);
  CHECK(checkMatched(icmp6Error(test::prefix(quote, 48))).attempt == 2);
}

TEST_CASE("a quote that differs from every probe is wrong") {
  const auto quoting = [](const test::Ipv4Fields& ip, const test::TcpFields& tcp) {
    return icmpError(test::ipv4(ip, test::tcp(tcp)));
  };
  const test::Ipv4Fields ip{.source = kUs, .destination = kThem};
  const test::TcpFields right{
      .sourcePort = kPortBase, .destinationPort = kAskedPort, .sequence = cookie(0)};
  CHECK(checkMatched(quoting(ip, right)).attempt == 0);

  test::TcpFields tcp = right;
  tcp.sequence++;
  checkRejected(quoting(ip, tcp), Rejection::kWrongQuote);
  tcp = right;
  tcp.sourcePort++;
  checkRejected(quoting(ip, tcp), Rejection::kWrongQuote);
  tcp = right;
  tcp.sourcePort = kPortBase - 1;
  checkRejected(quoting(ip, tcp), Rejection::kWrongQuote);
  tcp = right;
  tcp.destinationPort++;
  checkRejected(quoting(ip, tcp), Rejection::kWrongQuote);

  checkRejected(quoting({.source = kUs, .destination = kRouter}, right), Rejection::kWrongQuote);
  checkRejected(quoting({.source = kUs, .destination = kThem, .protocol = 17}, right),
                Rejection::kWrongQuote);
  checkRejected(quoting({.source = kUs, .destination = kThem, .fragment = 2}, right),
                Rejection::kWrongQuote);
}

TEST_CASE("a right cookie in a quote from a port that is not ours is wrong") {
  const auto quoting = [](unsigned port) {
    return icmpError(test::ipv4(
        {.source = kUs, .destination = kThem},
        test::tcp({.sourcePort = port, .destinationPort = kAskedPort, .sequence = cookie(0)})));
  };
  checkRejected(quoting(kPortBase + 256), Rejection::kWrongQuote);  // The try would be 0 in a byte.
  checkRejected(quoting(kPortBase), Rejection::kWrongQuote, kFixedPort);
}

TEST_CASE("an error about a probe from another address than it came to is wrong") {
  // A right cookie for that source, so only the addresses can give it away.
  const Bytes quote =
      test::ipv4({.source = kRouter, .destination = kThem}, quotedSegment(0, kRouter, kThem));
  checkRejected(icmpError(quote), Rejection::kWrongQuote);
}

TEST_CASE("a quote with IP options is read behind them") {
  const Bytes quote = test::ipv4(
      {.source = kUs, .destination = kThem, .options = test::hex("94040000")}, quotedSegment(3));
  CHECK(checkMatched(icmpError(quote)).attempt == 3);
  checkRejected(icmpError(test::prefix(quote, 31)), Rejection::kShortQuote);
  CHECK(checkMatched(icmpError(test::prefix(quote, 32))).attempt == 3);
}

TEST_CASE("a quote whose total length was spoilt on the way is read") {
  for (const int error : {-40, -20, 500}) {
    const Bytes quote = test::ipv4({.source = kUs, .destination = kThem, .totalLengthError = error},
                                   quotedSegment(1));
    CHECK(checkMatched(icmpError(quote)).attempt == 1);
  }
}

TEST_CASE("a quote with padding and extensions behind it is read (RFC 4884)") {
  Bytes quote = probe(1);
  quote.resize(128);
  CHECK(checkMatched(icmpError(test::concat({quote, test::hex("2000 0000 0008 0101 00000000")})))
            .attempt == 1);
}

TEST_CASE("an IPv6 quote with extension headers is read behind them") {
  const Bytes segment = quotedSegment(2, kUs6, kThem6);
  const Bytes quote = test::ipv6({.source = kUs6, .destination = kThem6, .nextHeader = 60},
                                 test::concat({test::hex("0600 0000 0000 0000"), segment}));
  CHECK(checkMatched(icmp6Error(quote)).attempt == 2);
}

TEST_CASE("answers with IP options and IPv6 extension headers are read") {
  CHECK(checkMatched(
            test::ipv4({.source = kThem, .destination = kUs, .options = test::hex("94040000")},
                       answer(kSynAck, 1)))
            .attempt == 1);
  const Bytes segment = test::tcp({.sourcePort = kAskedPort,
                                   .destinationPort = kPortBase,
                                   .acknowledgement = cookie(0, kUs6, kThem6) + 1});
  CHECK(checkMatched(test::ipv6({.source = kThem6, .destination = kUs6, .nextHeader = 0},
                                test::concat({test::hex("0600 0000 0000 0000"), segment})))
            .kind == reply_kind::kSynAck);
}

TEST_CASE("a later fragment is unsolicited, a first one is read") {
  const auto fragment = [](unsigned field) {
    return test::ipv4({.source = kThem, .destination = kUs, .fragment = field}, answer(kSynAck, 0));
  };
  CHECK(checkMatched(fragment(0x2000)).attempt == 0);
  checkRejected(fragment(0x2001), Rejection::kUnsolicited);
  checkRejected(fragment(0x0001), Rejection::kUnsolicited);
}

TEST_CASE("Ethernet padding is not taken for TCP") {
  const Bytes cut = test::ipv4({.source = kThem, .destination = kUs}, test::hex("01bb 9c40"));
  checkRejected(test::concat({cut, Bytes(40)}), Rejection::kMalformed);
}

TEST_CASE("other protocols, and the ICMP of the other IP version, are unsolicited") {
  for (const unsigned protocol : {2U, 17U, 47U, 58U, 132U}) {
    const test::Ipv4Fields fields{.source = kThem, .destination = kUs, .protocol = protocol};
    checkRejected(test::ipv4(fields, test::icmp(1, 4, probe(0))), Rejection::kUnsolicited);
  }
  const test::Ipv6Fields fields{.source = kThem6, .destination = kUs6, .nextHeader = 1};
  checkRejected(test::ipv6(fields, test::icmp(3, 13, probe(0, kUs6, kThem6))),
                Rejection::kUnsolicited);
}

TEST_CASE("packets that are cut short or inconsistent are malformed at every length") {
  const Bytes whole = fromThem(test::tcp({.sourcePort = kAskedPort,
                                          .destinationPort = kPortBase,
                                          .acknowledgement = cookie(0) + 1,
                                          .options = test::hex("020405b4")}));
  for (std::size_t size = 1; size < whole.size(); size++) {
    CAPTURE(size);
    checkRejected(test::prefix(whole, size), Rejection::kMalformed);
  }
  CHECK(checkMatched(whole).attempt == 0);
  checkRejected(test::ipv4({.source = kRouter, .destination = kUs, .protocol = 1}, Bytes(7)),
                Rejection::kMalformed);
}

TEST_CASE("a frame matches with all its headers, and no part of it does") {
  const Bytes destinationOptions = test::hex("0600 0000 0000 0000");
  const Bytes segmentV6 = test::tcp({.sourcePort = kAskedPort,
                                     .destinationPort = kPortBase,
                                     .acknowledgement = cookie(0, kUs6, kThem6) + 1});
  const Bytes answerV6 = test::ipv6({.source = kThem6, .destination = kUs6, .nextHeader = 60},
                                    test::concat({destinationOptions, segmentV6}));
  const Bytes quotedV6 = test::prefix(probe(0, kUs6, kThem6), 48);
  for (const Bytes& frame : {
           test::ethernet(0x0800, fromThem(answer(kSynAck, 1))),
           test::taggedEthernet({0x8100}, 0x0800, fromThem(answer(kRstAck, 1))),
           test::taggedEthernet({0x88a8, 0x8100}, 0x86dd, answerV6),
           test::ethernet(0x0800, icmpError(test::prefix(probe(1), 28))),
           test::ethernet(0x86dd, icmp6Error(quotedV6)),
       }) {
    for (std::size_t size = 0; size <= frame.size(); size++) {
      CAPTURE(size);
      const Bytes cut = test::prefix(frame, size);
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
    const Bytes shifted = test::concat({Bytes(offset), packet});
    ReplyRecord reply;
    const NetworkPacket at{IpFamily::kV4, std::span<const std::uint8_t>{shifted}.subspan(offset)};
    CHECK_FALSE(ReplyMatcher{kConfig}.match(at, 0, reply));
    CHECK(reply.attempt == 1);
  }
}

}  // namespace halfopen
