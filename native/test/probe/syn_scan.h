// A SYN scan as tests of its matcher know it: what it asks, what comes back, and what becomes of
// that.
#pragma once

#include <doctest/doctest.h>

#include <cstring>
#include <optional>

#include "addresses.h"
#include "outcome.h"
#include "packets.h"
#include "probe/reply_matcher.h"
#include "probe/syn_template.h"

namespace halfopen::test {

inline constexpr CookieKey kKey{9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6};
inline constexpr std::uint16_t kPortBase = 40000;
inline constexpr std::uint8_t kTries = 4;
inline constexpr std::uint16_t kAskedPort = 443;
inline constexpr double kReceivedAt = 1234.5;

inline constexpr unsigned kSynAck = 0x12;
inline constexpr unsigned kRst = 0x04;
inline constexpr unsigned kRstAck = 0x14;
inline constexpr unsigned kSyn = 0x02;

inline const Bytes kUs = hex("c0 00 02 01");
inline const Bytes kThem = hex("c6 33 64 07");
inline const Bytes kRouter = hex("cb 00 71 fe");
inline const Bytes kUs6 = hex("20010db8 00000000 00000000 00000001");
inline const Bytes kThem6 = hex("20010db8 00000000 00000000 00000007");
inline const Bytes kRouter6 = hex("20010db8 0000ffff 00000000 000000fe");

inline constexpr MarkConfig kConfig{kKey, kPortBase, kTries, std::nullopt};
inline constexpr MarkConfig kFixedPort{kKey, kPortBase, kTries, 53};

inline std::uint32_t cookie(unsigned attempt, const Bytes& source = kUs,
                            const Bytes& target = kThem, std::uint16_t port = kAskedPort) {
  return Cookie{kKey}
      .of(toAddress(source), toAddress(target), port, static_cast<std::uint8_t>(attempt))
      .value();
}

inline Outcome match(const Bytes& packet, const MarkConfig& config = kConfig) {
  ReplyRecord reply;
  std::memset(&reply, 0xee, sizeof(reply));
  const ReplyRecord untouched = reply;
  const IpFamily family = packet.at(0) >> 4 == 4 ? IpFamily::kV4 : IpFamily::kV6;
  const auto rejection = ReplyMatcher{config}.match({family, packet}, kReceivedAt, reply);
  if (!rejection) return reply;
  CHECK(std::memcmp(&reply, &untouched, sizeof(reply)) == 0);
  return *rejection;
}

inline void checkRejected(const Bytes& packet, Rejection expected,
                          const MarkConfig& config = kConfig) {
  requireRejected(match(packet, config), expected);
}

inline ReplyRecord checkMatched(const Bytes& packet, const MarkConfig& config = kConfig) {
  return requireMatched(match(packet, config));
}

// A segment from the port asked; `acknowledgement` defaults to what answers the try.
inline Bytes answer(unsigned flags, unsigned attempt) {
  return tcp({.sourcePort = kAskedPort,
              .destinationPort = kPortBase + attempt,
              .acknowledgement = cookie(attempt) + 1,
              .flags = flags});
}

inline Bytes fromThem(const Bytes& segment) {
  return ipv4({.source = kThem, .destination = kUs}, segment);
}

// Our probe, as a router has it in hand.
inline Bytes probe(unsigned attempt, const Bytes& source = kUs, const Bytes& target = kThem) {
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

inline Bytes icmpError(const Bytes& quote, unsigned type = 3, unsigned code = 13) {
  return ipv4({.source = kRouter, .destination = kUs, .protocol = 1, .ttl = 250},
              icmp(type, code, quote));
}

inline Bytes icmp6Error(const Bytes& quote, unsigned type = 1, unsigned code = 4) {
  return ipv6({.source = kRouter6, .destination = kUs6, .nextHeader = 58, .hopLimit = 250},
              icmp(type, code, quote));
}

// A probe like ours but for the header it lies in.
inline Bytes quotedSegment(unsigned attempt, const Bytes& source = kUs,
                           const Bytes& target = kThem) {
  return tcp({.sourcePort = kPortBase + attempt,
              .destinationPort = kAskedPort,
              .sequence = cookie(attempt, source, target),
              .flags = kSyn});
}

}  // namespace halfopen::test
