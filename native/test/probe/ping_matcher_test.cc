#include "probe/ping_matcher.h"

#include <doctest/doctest.h>

#include <optional>
#include <variant>

#include "addresses.h"
#include "outcome.h"
#include "packets.h"
#include "probe/ping_packets.h"
#include "probe/reply_matcher.h"

namespace halfopen {

using namespace test;

namespace {

constexpr CookieKey kKey{9, 8, 7, 6, 5, 4, 3, 2, 1};
constexpr std::uint16_t kPortBase = 40000;
constexpr std::uint8_t kTries = 4;
constexpr std::uint16_t kAskedPort = 443;
constexpr ProbeKindSet kAllKinds{
    probe_kind::kSyn,         probe_kind::kAck, probe_kind::kEcho,    probe_kind::kTimestamp,
    probe_kind::kAddressMask, probe_kind::kUdp, probe_kind::kProtocol};
constexpr MarkConfig kConfig{kKey, kPortBase, kTries, std::nullopt, 0, kAllKinds};
constexpr MarkConfig kFixedPort{kKey, kPortBase, kTries, 53, 0, kAllKinds};

struct Ends {
  Bytes us;
  Bytes them;
  Bytes router;
  [[nodiscard]] bool isV4() const { return us.size() == 4; }
};
const Ends kV4{hex("c0000201"), hex("c6336407"), hex("cb0071fe")};
const Ends kV6{hex("20010db8 00000000 00000000 00000001"),
               hex("20010db8 00000000 00000000 00000007"),
               hex("20010db8 0000ffff 00000000 000000fe")};
const Bytes kAllNodes = hex("ff020000 00000000 00000000 00000001");

MarkConfig with(ProbeKindSet kinds, MarkConfig config = kConfig) {
  config.kinds = kinds;
  return config;
}

ProbeMark markOf(std::uint8_t kind, const Ends& ends, std::uint16_t port, std::uint8_t attempt) {
  return ProbeMarks{kConfig}.of({kind, toAddress(ends.us), toAddress(ends.them), port}, attempt);
}

Outcome match(const Bytes& packet, const MarkConfig& config = kConfig) {
  OwnAddresses own;
  own.add(toAddress(kV4.us));
  own.add(toAddress(kV6.us));
  ReplyRecord reply;
  const IpFamily family = packet.at(0) >> 4 == 4 ? IpFamily::kV4 : IpFamily::kV6;
  const auto rejection = ReplyMatcher{config, &own}.match({family, packet}, 1, reply);
  if (rejection) return *rejection;
  return reply;
}

void checkRejected(const Bytes& packet, Rejection expected, const MarkConfig& config = kConfig) {
  requireRejected(match(packet, config), expected);
}

ReplyRecord checkMatched(const Bytes& packet, const MarkConfig& config = kConfig) {
  return requireMatched(match(packet, config));
}

Bytes packet(const Bytes& from, const Bytes& to, unsigned protocol, const Bytes& message) {
  return from.size() == 4
             ? ipv4({.source = from, .destination = to, .protocol = protocol}, message)
             : ipv6({.source = from, .destination = to, .nextHeader = protocol}, message);
}

// From the target to us.
Bytes answer(const Ends& ends, unsigned protocol, const Bytes& message) {
  return packet(ends.them, ends.us, protocol, message);
}

unsigned icmpOf(const Bytes& address) { return address.size() == 4 ? 1 : 58; }

// An ICMP message with its checksum.
Bytes summed(const Bytes& from, const Bytes& to, Bytes message) {
  Bytes covered = message;
  if (from.size() == 16) {
    covered =
        concat({from, to, be32(static_cast<std::uint32_t>(message.size())), be32(58), message});
  }
  const std::uint16_t checksum = referenceChecksum(covered);
  message[2] = static_cast<std::uint8_t>(checksum >> 8);
  message[3] = static_cast<std::uint8_t>(checksum);
  return message;
}

Bytes query(unsigned type, std::uint32_t number, std::size_t bytes = 8) {
  Bytes message = concat({Bytes{static_cast<std::uint8_t>(type), 0, 0, 0}, be32(number)});
  message.resize(bytes);
  return message;
}

Bytes echoReply(const Ends& ends, std::uint32_t number) {
  return answer(ends, icmpOf(ends.us),
                summed(ends.them, ends.us, query(ends.isV4() ? 0 : 129, number)));
}

Bytes reset(const Ends& ends, unsigned port, std::uint32_t sequence, unsigned asked = kAskedPort) {
  return answer(ends, 6,
                tcp({.sourcePort = asked,
                     .destinationPort = port,
                     .sequence = sequence,
                     .flags = 0x04,
                     .window = 0}));
}

Bytes udpFrom(unsigned from, unsigned to, std::size_t data = 3) {
  return concat(
      {be16(from), be16(to), be16(static_cast<unsigned>(8 + data)), be16(0), Bytes(data, 7)});
}

// A probe as it leaves.
Bytes probe(const Ends& ends, std::uint8_t kind, std::uint16_t port, std::uint8_t attempt,
            const MarkConfig& config = kConfig) {
  const ProbeMarks marks{config};
  const ProbeMark mark = markOf(kind, ends, port, attempt);
  const PingFields fields{.source = toAddress(ends.us),
                          .target = toAddress(ends.them),
                          .sourcePort = marks.sourcePort(kind, attempt),
                          .targetPort = port,
                          .cookie = mark.cookie,
                          .hopLimit = 1,
                          .label = mark.label,
                          .payload = {}};
  Bytes into(kMaxPingBytes);
  const auto write = [&] {
    switch (kind) {
      case probe_kind::kAck:
        return writeAck(fields, into.data());
      case probe_kind::kEcho:
        return writeEcho(fields, into.data());
      case probe_kind::kTimestamp:
        return writeTimestamp(fields, into.data());
      case probe_kind::kAddressMask:
        return writeAddressMask(fields, into.data());
      case probe_kind::kUdp:
        return writeUdp(fields, into.data());
      default:
        return writeProtocol(static_cast<std::uint8_t>(port), fields, into.data());
    }
  };
  into.resize(write());
  return into;
}

Bytes quoting(const Ends& ends, const Bytes& quote) {
  return packet(ends.router, ends.us, icmpOf(ends.us), icmp(ends.isV4() ? 3 : 1, 1, quote));
}

// Each kind that carries a number, with a port where it has one.
struct Kind {
  std::uint8_t kind;
  std::uint16_t port;
  bool isOfV6;
};
const Kind kKinds[] = {
    {probe_kind::kAck, kAskedPort, true}, {probe_kind::kEcho, 0, true},
    {probe_kind::kTimestamp, 0, false},   {probe_kind::kAddressMask, 0, false},
    {probe_kind::kUdp, kAskedPort, true}, {probe_kind::kProtocol, 1, true},
    {probe_kind::kProtocol, 58, true},    {probe_kind::kProtocol, 2, true},
    {probe_kind::kProtocol, 6, true},     {probe_kind::kProtocol, 17, true},
    {probe_kind::kProtocol, 253, true},
};

}  // namespace

TEST_CASE("an echo reply that gives our number back becomes a record with all its fields") {
  for (const Ends* ends : {&kV4, &kV6}) {
    const ReplyRecord reply =
        checkMatched(echoReply(*ends, markOf(probe_kind::kEcho, *ends, 0, 2).cookie));
    CHECK(reply.receivedAt == 1);
    CHECK(isAddress(reply.target, ends->them));
    CHECK(isAddress(reply.sender, ends->them));
    CHECK(reply.port == 0);
    CHECK(reply.attempt == 2);
    CHECK(reply.family == (ends->isV4() ? 4 : 6));
    CHECK(reply.kind == reply_kind::kEchoReply);
    CHECK(reply.ttl == (ends->isV4() ? 61 : 59));
    CHECK(reply.mac == decltype(reply.mac){});
    CHECK(reply.reserved == decltype(reply.reserved){});
  }
}

TEST_CASE("an echo reply with another number, or from another address, is a wrong cookie") {
  for (const Ends& ends : {kV4, kV6}) {
    const std::uint32_t right = markOf(probe_kind::kEcho, ends, 0, 0).cookie;
    checkRejected(echoReply(ends, right + 1), Rejection::kWrongCookie);
    checkRejected(echoReply(ends, right ^ 0x1'0000), Rejection::kWrongCookie);
    checkRejected(echoReply(ends, markOf(probe_kind::kTimestamp, ends, 0, 0).cookie),
                  Rejection::kWrongCookie);
    checkRejected(echoReply(ends, markOf(probe_kind::kEcho, ends, 0, kTries).cookie),
                  Rejection::kWrongCookie);
    checkRejected(echoReply({ends.us, ends.router, ends.router}, right), Rejection::kWrongCookie);
    checkRejected(echoReply({ends.router, ends.them, ends.router}, right), Rejection::kWrongCookie);
  }
}

TEST_CASE("an echo reply with a wrong checksum is malformed, unless the capture cut it") {
  for (const Ends& ends : {kV4, kV6}) {
    const std::uint32_t number = markOf(probe_kind::kEcho, ends, 0, 0).cookie;
    Bytes message = summed(ends.them, ends.us, query(ends.isV4() ? 0 : 129, number, 300));
    Bytes whole = answer(ends, icmpOf(ends.us), message);
    CHECK(checkMatched(whole).attempt == 0);
    whole.back() ^= 1;
    checkRejected(whole, Rejection::kMalformed);
    CHECK(checkMatched(prefix(whole, 242)).attempt == 0);
  }
}

TEST_CASE("whoever answers an echo request to all nodes is the target of the record") {
  const Ends asked{kV6.us, kAllNodes, {}};
  const std::uint32_t number = markOf(probe_kind::kEcho, asked, 0, 1).cookie;
  const ReplyRecord reply = checkMatched(echoReply(kV6, number));
  CHECK(isAddress(reply.target, kV6.them));
  CHECK(reply.attempt == 1);
}

TEST_CASE("timestamp and address mask replies are told by their number, and need their length") {
  struct Row {
    std::uint8_t kind;
    unsigned type;
    std::size_t bytes;
    std::uint8_t replyKind;
  };
  for (const Row& row : {Row{probe_kind::kTimestamp, 14, 20, reply_kind::kTimestampReply},
                         Row{probe_kind::kAddressMask, 18, 12, reply_kind::kAddressMaskReply}}) {
    const std::uint32_t number = markOf(row.kind, kV4, 0, 3).cookie;
    const auto reply = [&](std::uint32_t with, std::size_t bytes) {
      return answer(kV4, 1, summed(kV4.them, kV4.us, query(row.type, with, bytes)));
    };
    const ReplyRecord record = checkMatched(reply(number, row.bytes));
    CHECK(record.kind == row.replyKind);
    CHECK(record.attempt == 3);
    checkRejected(reply(number + 1, row.bytes), Rejection::kWrongCookie);
    checkRejected(reply(number, row.bytes - 4), Rejection::kMalformed);
    const ProbeKindSet others{probe_kind::kSyn, probe_kind::kEcho};
    checkRejected(reply(number, row.bytes), Rejection::kUnsolicited, with(others));
    // The type means nothing in ICMPv6.
    checkRejected(answer(kV6, 58, summed(kV6.them, kV6.us, query(row.type, number, row.bytes))),
                  Rejection::kUnsolicited);
  }
}

TEST_CASE("a RST answers an ACK by its sequence number alone") {
  for (const Ends& ends : {kV4, kV6}) {
    const unsigned port = kPortBase + kTries + 2;
    const std::uint32_t number = markOf(probe_kind::kAck, ends, kAskedPort, 2).cookie;
    const ReplyRecord reply = checkMatched(reset(ends, port, number));
    CHECK(reply.kind == reply_kind::kReset);
    CHECK(reply.port == kAskedPort);
    CHECK(reply.attempt == 2);
    CHECK(reply.tcpFlags == 0x04);
    for (const std::uint32_t wrong : {number + 1, number - 1, 0u}) {
      checkRejected(reset(ends, port, wrong), Rejection::kWrongCookie);
    }
    checkRejected(reset(ends, port - 1, number), Rejection::kWrongCookie);
    checkRejected(reset(ends, port, number, kAskedPort + 1), Rejection::kWrongCookie);
    checkRejected(reset(ends, kPortBase + 2 * kTries, number), Rejection::kUnsolicited);
    checkRejected(reset(ends, port, number), Rejection::kUnsolicited,
                  with({probe_kind::kSyn, probe_kind::kEcho}));
  }
}

TEST_CASE("a RST that acknowledges an ACK answers it too, anything else does not") {
  const unsigned port = kPortBase + kTries;
  const std::uint32_t number = markOf(probe_kind::kAck, kV4, kAskedPort, 0).cookie;
  const auto segment = [&](unsigned flags, std::uint32_t acknowledged) {
    return answer(kV4, 6,
                  tcp({.sourcePort = kAskedPort,
                       .destinationPort = port,
                       .sequence = 0,
                       .acknowledgement = acknowledged,
                       .flags = flags}));
  };
  CHECK(checkMatched(segment(0x14, number)).kind == reply_kind::kReset);
  CHECK(checkMatched(segment(0x14, number + 1)).kind == reply_kind::kReset);
  checkRejected(segment(0x14, number + 2), Rejection::kWrongCookie);
  checkRejected(segment(0x04, number), Rejection::kWrongCookie);
  checkRejected(segment(0x12, number + 1), Rejection::kUnsolicited);
}

TEST_CASE("with one source port a RST answers an ACK if it can, and a SYN if not") {
  const std::uint32_t number = markOf(probe_kind::kAck, kV4, kAskedPort, 3).cookie;
  CHECK(checkMatched(reset(kV4, 53, number), kFixedPort).attempt == 3);
  CHECK(checkMatched(reset(kV4, 53, number + 1), kFixedPort).attempt == kUnknownAttempt);
}

TEST_CASE("UDP from the port asked to a port of the try is an answer, if it comes to us") {
  for (const Ends& ends : {kV4, kV6}) {
    const ReplyRecord reply = checkMatched(answer(ends, 17, udpFrom(kAskedPort, kPortBase + 1)));
    CHECK(reply.kind == reply_kind::kUdp);
    CHECK(reply.port == kAskedPort);
    CHECK(reply.attempt == 1);
    CHECK(isAddress(reply.target, ends.them));
    checkRejected(answer(ends, 17, udpFrom(kAskedPort, kPortBase - 1)), Rejection::kUnsolicited);
    checkRejected(answer(ends, 17, udpFrom(kAskedPort, kPortBase + kTries)),
                  Rejection::kUnsolicited);
    checkRejected(packet(ends.them, ends.router, 17, udpFrom(kAskedPort, kPortBase)),
                  Rejection::kUnsolicited);
    checkRejected(answer(ends, 17, prefix(udpFrom(kAskedPort, kPortBase), 7)),
                  Rejection::kMalformed);
    checkRejected(answer(ends, 17, prefix(udpFrom(kAskedPort, kPortBase), 10)),
                  Rejection::kMalformed);
  }
  CHECK(checkMatched(answer(kV4, 17, udpFrom(kAskedPort, 53)), kFixedPort).attempt ==
        kUnknownAttempt);
}

TEST_CASE("any packet of a protocol that is asked for is an answer, if it comes to us") {
  for (const Ends& ends : {kV4, kV6}) {
    for (const unsigned protocol : {2u, 4u, 47u, 132u, 253u}) {
      CAPTURE(protocol);
      const ReplyRecord reply = checkMatched(answer(ends, protocol, {}));
      CHECK(reply.kind == reply_kind::kProtocol);
      CHECK(reply.port == protocol);
      CHECK(reply.attempt == kUnknownAttempt);
      checkRejected(packet(ends.them, ends.router, protocol, {}), Rejection::kUnsolicited);
      checkRejected(answer(ends, protocol, {}), Rejection::kUnsolicited,
                    with({probe_kind::kSyn, probe_kind::kUdp}));
    }
  }
}

TEST_CASE("the protocols of ICMP, TCP and UDP are answered as their probes are") {
  for (const Ends& ends : {kV4, kV6}) {
    const unsigned number = icmpOf(ends.us);
    const auto port = static_cast<std::uint16_t>(number);
    const ReplyRecord echo =
        checkMatched(echoReply(ends, markOf(probe_kind::kProtocol, ends, port, 1).cookie));
    CHECK(echo.kind == reply_kind::kProtocol);
    CHECK(echo.port == number);
    CHECK(echo.attempt == 1);

    const std::uint32_t cookie = markOf(probe_kind::kProtocol, ends, 6, 1).cookie;
    const ReplyRecord rst = checkMatched(reset(ends, kPortBase + kTries + 1, cookie, 80));
    CHECK(rst.kind == reply_kind::kProtocol);
    CHECK(rst.port == 6);
    CHECK(rst.attempt == 1);
    checkRejected(reset(ends, kPortBase + kTries + 1, cookie + 1, 80), Rejection::kWrongCookie);

    const ReplyRecord udp = checkMatched(answer(ends, 17, udpFrom(40125, kPortBase + kTries + 3)));
    CHECK(udp.kind == reply_kind::kProtocol);
    CHECK(udp.port == 17);
    CHECK(udp.attempt == 3);
  }
}

TEST_CASE("an error that quotes a probe of any kind tells which, and by whom") {
  for (const Ends& ends : {kV4, kV6}) {
    for (const Kind& kind : kKinds) {
      if (!ends.isV4() && !kind.isOfV6) continue;
      CAPTURE(kind.kind);
      CAPTURE(kind.port);
      for (const MarkConfig& config : {kConfig, kFixedPort}) {
        const Bytes quote = probe(ends, kind.kind, kind.port, 2, config);
        const ReplyRecord reply = checkMatched(quoting(ends, quote), config);
        CHECK(reply.kind == (ends.isV4() ? reply_kind::kIcmpError : reply_kind::kIcmpV6Error));
        CHECK(reply.port == kind.port);
        CHECK(reply.attempt == 2);
        CHECK(isAddress(reply.target, ends.them));
        CHECK(isAddress(reply.sender, ends.router));
        CHECK(reply.icmpCode == 1);
      }
    }
  }
}

TEST_CASE("a quote of a probe that was not sent is wrong, whatever differs") {
  for (const Ends& ends : {kV4, kV6}) {
    for (const Kind& kind : kKinds) {
      if (!ends.isV4() && !kind.isOfV6) continue;
      CAPTURE(kind.kind);
      CAPTURE(kind.port);
      // To another target, from another address, of another key.
      const Bytes other = probe({ends.us, ends.router, {}}, kind.kind, kind.port, 0);
      Bytes spoilt = probe(ends, kind.kind, kind.port, 0);
      const std::size_t destination = ends.isV4() ? 16 : 24;
      std::copy_n(other.begin() + static_cast<std::ptrdiff_t>(destination), ends.us.size(),
                  spoilt.begin() + static_cast<std::ptrdiff_t>(destination));
      checkRejected(quoting(ends, spoilt), Rejection::kWrongQuote);
      const Bytes foreign = probe({ends.router, ends.them, {}}, kind.kind, kind.port, 0);
      checkRejected(quoting(ends, foreign), Rejection::kWrongQuote);
      MarkConfig config = kConfig;
      config.key = {};
      checkRejected(quoting(ends, probe(ends, kind.kind, kind.port, 0)), Rejection::kWrongQuote,
                    config);
      checkRejected(quoting(ends, probe(ends, kind.kind, kind.port, 0)), Rejection::kWrongQuote,
                    with({probe_kind::kSyn}));
    }
  }
}

TEST_CASE("a quote without the numbers of its probe is short") {
  for (const Ends& ends : {kV4, kV6}) {
    const std::size_t header = ends.isV4() ? 20 : 40;
    for (const std::uint8_t kind : {probe_kind::kAck, probe_kind::kEcho, probe_kind::kUdp}) {
      const Bytes quote = probe(ends, kind, 0, 0);
      checkRejected(quoting(ends, prefix(quote, header + 7)), Rejection::kShortQuote);
      CHECK(checkMatched(quoting(ends, prefix(quote, header + 8))).attempt == 0);
    }
  }
}

TEST_CASE("time exceeded of ICMPv6 tells of hosts, and not of ports") {
  const Bytes quote = probe(kV6, probe_kind::kEcho, 0, 0);
  const Bytes error = packet(kV6.router, kV6.us, 58, icmp(3, 0, quote));
  CHECK(checkMatched(error).icmpType == 3);
  checkRejected(error, Rejection::kUnsolicited, with({probe_kind::kSyn}));
}

TEST_CASE("our own probes to ourselves are no answers") {
  for (const Ends& ends : {Ends{kV4.us, kV4.us, {}}, Ends{kV6.us, kV6.us, {}}}) {
    for (const Kind& kind : kKinds) {
      if (!ends.isV4() && !kind.isOfV6) continue;
      CAPTURE(kind.kind);
      CAPTURE(kind.port);
      const Outcome outcome = match(probe(ends, kind.kind, kind.port, 1));
      CHECK(std::holds_alternative<Rejection>(outcome));
    }
    // To a port that we ask from.
    checkRejected(probe(ends, probe_kind::kUdp, kPortBase + 1, 0), Rejection::kOwnProbe);
    checkRejected(probe(ends, probe_kind::kProtocol, 253, 0), Rejection::kOwnProbe);
  }
}

TEST_CASE("no label is 0, for which the kernel would fill in one") {
  for (std::uint32_t port = 0; port < 65536; port++) {
    const auto asked = static_cast<std::uint16_t>(port);
    for (std::uint8_t attempt = 0; attempt < kTries; attempt++) {
      const ProbeMark mark = markOf(probe_kind::kUdp, kV4, asked, attempt);
      if (mark.label == 0 || mark.label > 0xffff) FAIL("a label out of range");
    }
    const std::uint32_t label = markOf(probe_kind::kUdp, kV6, asked, 0).label;
    if (label == 0 || label > 0xf'ffff) FAIL("a flow label out of range");
  }
}

}  // namespace halfopen
