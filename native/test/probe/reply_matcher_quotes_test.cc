// ICMP errors: what a matcher reads in the packet that they quote.
#include <doctest/doctest.h>

#include "syn_scan.h"

namespace halfopen {

using namespace test;

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
    const Bytes packet = icmpError(prefix(quote, size));
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
  checkRejected(icmp6Error(prefix(quote, 39)), Rejection::kMalformed);
  checkRejected(icmp6Error(prefix(quote, 47)), Rejection::kShortQuote);
  CHECK(checkMatched(icmp6Error(prefix(quote, 48))).attempt == 2);
}

TEST_CASE("a quote that differs from every probe is wrong") {
  const auto quoting = [](const Ipv4Fields& ip, const TcpFields& fields) {
    return icmpError(ipv4(ip, tcp(fields)));
  };
  const Ipv4Fields ip{.source = kUs, .destination = kThem};
  const TcpFields right{
      .sourcePort = kPortBase, .destinationPort = kAskedPort, .sequence = cookie(0)};
  CHECK(checkMatched(quoting(ip, right)).attempt == 0);

  TcpFields wrong = right;
  wrong.sequence++;
  checkRejected(quoting(ip, wrong), Rejection::kWrongQuote);
  wrong = right;
  wrong.sourcePort++;
  checkRejected(quoting(ip, wrong), Rejection::kWrongQuote);
  wrong = right;
  wrong.sourcePort = kPortBase - 1;
  checkRejected(quoting(ip, wrong), Rejection::kWrongQuote);
  wrong = right;
  wrong.destinationPort++;
  checkRejected(quoting(ip, wrong), Rejection::kWrongQuote);

  checkRejected(quoting({.source = kUs, .destination = kRouter}, right), Rejection::kWrongQuote);
  checkRejected(quoting({.source = kUs, .destination = kThem, .protocol = 17}, right),
                Rejection::kWrongQuote);
  checkRejected(quoting({.source = kUs, .destination = kThem, .fragment = 2}, right),
                Rejection::kWrongQuote);
}

TEST_CASE("a right cookie in a quote from a port that is not ours is wrong") {
  const auto quoting = [](unsigned port) {
    return icmpError(
        ipv4({.source = kUs, .destination = kThem},
             tcp({.sourcePort = port, .destinationPort = kAskedPort, .sequence = cookie(0)})));
  };
  checkRejected(quoting(kPortBase + 256), Rejection::kWrongQuote);  // The try would be 0 in a byte.
  checkRejected(quoting(kPortBase), Rejection::kWrongQuote, kFixedPort);
}

TEST_CASE("an error about a probe from another address than it came to is wrong") {
  // A right cookie for that source, so only the addresses can give it away.
  const Bytes quote =
      ipv4({.source = kRouter, .destination = kThem}, quotedSegment(0, kRouter, kThem));
  checkRejected(icmpError(quote), Rejection::kWrongQuote);
}

TEST_CASE("a quote with IP options is read behind them") {
  const Bytes quote =
      ipv4({.source = kUs, .destination = kThem, .options = hex("94040000")}, quotedSegment(3));
  CHECK(checkMatched(icmpError(quote)).attempt == 3);
  checkRejected(icmpError(prefix(quote, 31)), Rejection::kShortQuote);
  CHECK(checkMatched(icmpError(prefix(quote, 32))).attempt == 3);
}

TEST_CASE("a quote whose total length was spoilt on the way is read") {
  for (const int error : {-40, -20, 500}) {
    const Bytes quote =
        ipv4({.source = kUs, .destination = kThem, .totalLengthError = error}, quotedSegment(1));
    CHECK(checkMatched(icmpError(quote)).attempt == 1);
  }
}

TEST_CASE("a quote with padding and extensions behind it is read (RFC 4884)") {
  Bytes quote = probe(1);
  quote.resize(128);
  CHECK(checkMatched(icmpError(concat({quote, hex("2000 0000 0008 0101 00000000")}))).attempt == 1);
}

TEST_CASE("an IPv6 quote with extension headers is read behind them") {
  const Bytes segment = quotedSegment(2, kUs6, kThem6);
  const Bytes quote = ipv6({.source = kUs6, .destination = kThem6, .nextHeader = 60},
                           concat({hex("0600 0000 0000 0000"), segment}));
  CHECK(checkMatched(icmp6Error(quote)).attempt == 2);
}

}  // namespace halfopen
