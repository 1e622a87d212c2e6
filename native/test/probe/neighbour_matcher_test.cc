#include "probe/neighbour_matcher.h"

#include <doctest/doctest.h>

#include <functional>

#include "addresses.h"
#include "packets.h"
#include "probe/reply_matcher.h"

namespace halfopen {

using namespace test;

namespace {

const Bytes kUs = hex("c6336407");
const Bytes kThem = hex("c0000201");
const Bytes kUs6 = hex("fe800000 00000000 00000000 00000001");
const Bytes kThem6 = hex("20010db8 00000000 00000000 00000007");
const Bytes kTheirLink = hex("fe800000 00000000 00000000 00000007");
const Bytes kAllRouters = hex("ff020000 00000000 00000000 00000016");
constexpr MacAddress kOurMac{2, 0, 0, 0, 0, 1};
constexpr MacAddress kTheirMac{2, 0, 0, 0, 0, 9};

constexpr MarkConfig kConfig{
    {},           40000, 4,
    std::nullopt, 0,     {probe_kind::kSyn, probe_kind::kNeighbour, probe_kind::kListenerQuery}};

struct Outcome {
  std::optional<Rejection> rejection;
  ReplyRecord reply;
};

Outcome match(const std::function<std::optional<Rejection>(const ReplyMatcher&, ReplyRecord&)>& by,
              const MarkConfig& config) {
  OwnAddresses own;
  own.add(toAddress(kUs));
  own.add(toAddress(kUs6));
  own.add(kOurMac);
  Outcome outcome{};
  outcome.rejection = by(ReplyMatcher{config, &own}, outcome.reply);
  return outcome;
}

Outcome matchArp(const Bytes& message, const MarkConfig& config = kConfig) {
  return match(
      [&](const auto& matcher, auto& reply) { return matcher.matchArp(message, 1, reply); },
      config);
}

Outcome matchIp(const Bytes& packet, const MarkConfig& config = kConfig) {
  return match([&](const auto& matcher,
                   auto& reply) { return matcher.match({IpFamily::kV6, packet}, 1, reply); },
               config);
}

struct ArpFields {
  unsigned operation = 2;
  Bytes senderMac = hex("020000000009");
  Bytes targetMac = hex("020000000001");
  Bytes target = kUs;
};
Bytes arp(const ArpFields& fields) {
  return concat({hex("0001 0800 06 04"), be16(fields.operation), fields.senderMac, kThem,
                 fields.targetMac, fields.target});
}

struct AdvertisementFields {
  Bytes destination = kUs6;
  unsigned hopLimit = 255;
  unsigned code = 0;
  unsigned flags = 0x60;
  Bytes options = hex("0201 020000000009");
  unsigned checksumError = 0;
};

Bytes icmp6(const Bytes& source, const Bytes& destination, unsigned hopLimit, Bytes message,
            unsigned checksumError = 0, const Bytes& extension = {}) {
  const Bytes covered = concat(
      {source, destination, be32(static_cast<std::uint32_t>(message.size())), be32(58), message});
  const unsigned checksum = referenceChecksum(covered) ^ checksumError;
  message[2] = static_cast<std::uint8_t>(checksum >> 8);
  message[3] = static_cast<std::uint8_t>(checksum);
  return ipv6({.source = source,
               .destination = destination,
               .nextHeader = extension.empty() ? 58u : 0u,
               .hopLimit = hopLimit},
              concat({extension, message}));
}

Bytes advertisement(const AdvertisementFields& fields) {
  return icmp6(kThem6, fields.destination, fields.hopLimit,
               concat({Bytes{136, static_cast<std::uint8_t>(fields.code), 0, 0},
                       be32(fields.flags << 24), kThem6, fields.options}),
               fields.checksumError);
}

Bytes report(unsigned type, const Bytes& source = kTheirLink, unsigned hopLimit = 1) {
  return icmp6(source, kAllRouters, hopLimit,
               concat({Bytes{static_cast<std::uint8_t>(type), 0, 0, 0}, Bytes(20, 0)}), 0,
               hex("3a00 0502 0000 0100"));
}

}  // namespace

TEST_CASE("an ARP reply to us tells who is there") {
  const Outcome outcome = matchArp(arp({}));
  REQUIRE_FALSE(outcome.rejection);
  const ReplyRecord& reply = outcome.reply;
  CHECK(reply.kind == reply_kind::kNeighbour);
  CHECK(isAddress(reply.target, kThem));
  CHECK(isAddress(reply.sender, kThem));
  CHECK(reply.family == 4);
  CHECK(reply.port == 0);
  CHECK(reply.attempt == kUnknownAttempt);
  CHECK(reply.ttl == 0);
  CHECK(reply.mac == kTheirMac);
}

TEST_CASE("ARP that is no reply, or not to us, is unsolicited") {
  for (const ArpFields& fields : {
           ArpFields{.operation = 1},
           ArpFields{.operation = 3},
           ArpFields{.targetMac = hex("020000000002")},
           ArpFields{.targetMac = hex("ffffffffffff")},
           ArpFields{.target = hex("c6336408")},
       }) {
    CHECK(matchArp(arp(fields)).rejection == Rejection::kUnsolicited);
  }
  MarkConfig others = kConfig;
  others.kinds = {probe_kind::kSyn, probe_kind::kEcho};
  CHECK(matchArp(arp({}), others).rejection == Rejection::kUnsolicited);
}

TEST_CASE("ARP from no address, from a group or cut short is malformed") {
  CHECK(matchArp(arp({.senderMac = Bytes(6, 0)})).rejection == Rejection::kMalformed);
  CHECK(matchArp(arp({.senderMac = hex("ffffffffffff")})).rejection == Rejection::kMalformed);
  CHECK(matchArp(prefix(arp({}), 27)).rejection == Rejection::kMalformed);
}

TEST_CASE("a solicited neighbour advertisement to us tells who is there") {
  const Outcome outcome = matchIp(advertisement({}));
  REQUIRE_FALSE(outcome.rejection);
  const ReplyRecord& reply = outcome.reply;
  CHECK(reply.kind == reply_kind::kNeighbour);
  CHECK(isAddress(reply.target, kThem6));
  CHECK(reply.family == 6);
  CHECK(reply.attempt == kUnknownAttempt);
  CHECK(reply.ttl == 255);
  CHECK(reply.mac == kTheirMac);
  CHECK(matchIp(advertisement({.options = {}})).reply.mac == MacAddress{});
}

TEST_CASE("a neighbour advertisement that RFC 4861 has us drop is malformed") {
  for (const AdvertisementFields& fields : {
           AdvertisementFields{.hopLimit = 254},
           AdvertisementFields{.code = 1},
           AdvertisementFields{.options = hex("0200 020000000009")},
           AdvertisementFields{.checksumError = 1},
       }) {
    CHECK(matchIp(advertisement(fields)).rejection == Rejection::kMalformed);
  }
}

TEST_CASE("a neighbour advertisement that nobody asked for is unsolicited") {
  CHECK(matchIp(advertisement({.flags = 0xa0})).rejection == Rejection::kUnsolicited);
  CHECK(matchIp(advertisement({.destination = kThem6})).rejection == Rejection::kUnsolicited);
  MarkConfig others = kConfig;
  others.kinds = {probe_kind::kSyn, probe_kind::kListenerQuery};
  CHECK(matchIp(advertisement({}), others).rejection == Rejection::kUnsolicited);
}

TEST_CASE("a report of a multicast listener tells who sent it") {
  for (const unsigned type : {131u, 132u, 143u}) {
    const Outcome outcome = matchIp(report(type));
    REQUIRE_FALSE(outcome.rejection);
    CHECK(outcome.reply.kind == reply_kind::kListenerReport);
    CHECK(isAddress(outcome.reply.target, kTheirLink));
    CHECK(outcome.reply.attempt == kUnknownAttempt);
  }
  CHECK(matchIp(report(130)).rejection == Rejection::kUnsolicited);  // A query.
  MarkConfig others = kConfig;
  others.kinds = {probe_kind::kSyn, probe_kind::kNeighbour};
  CHECK(matchIp(report(131), others).rejection == Rejection::kUnsolicited);
}

TEST_CASE("reports of our own, or from beyond the link, are no answers") {
  CHECK(matchIp(report(143, kUs6)).rejection == Rejection::kOwnProbe);
  CHECK(matchIp(report(143, kThem6)).rejection == Rejection::kMalformed);
  CHECK(matchIp(report(143, kTheirLink, 2)).rejection == Rejection::kMalformed);
}

TEST_CASE("without addresses of our own nothing is for us") {
  ReplyRecord reply;
  const ReplyMatcher matcher{kConfig};
  CHECK(matcher.matchArp(arp({}), 1, reply) == Rejection::kUnsolicited);
  CHECK(matcher.match({IpFamily::kV6, advertisement({})}, 1, reply) == Rejection::kUnsolicited);
}

}  // namespace halfopen
