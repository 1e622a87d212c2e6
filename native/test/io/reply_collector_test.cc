#include "io/reply_collector.h"

#include <doctest/doctest.h>

#include "io/ring_memory.h"
#include "packets.h"

namespace halfopen {

namespace {

using namespace test;

constexpr std::uint16_t kSourcePort = 40000;
constexpr double kReceivedAt = 1234.5;
const IpAddress kOurs = IpAddress::v4(0xc6336407);  // 198.51.100.7, as packets.h sends to.
constexpr MacAddress kOurMac{2, 0, 0, 0, 0, 1};
const IpAddress kTarget = IpAddress::v4(0xc0000201);  // 192.0.2.1, as packets.h sends from.

class FakeBell final : public Bell {
 public:
  void ring() noexcept override { ++rings; }
  int rings = 0;
};

class Fixture {
 public:
  explicit Fixture(std::uint32_t capacity = 4)
      : replyMemory_(capacity),
        traceMemory_(4),
        replies(replyMemory_.ring()),
        trace(traceMemory_.ring()),
        collector({.key = {},
                   .sourcePortBase = kSourcePort,
                   .tries = 1,
                   .fixedSourcePort = {},
                   .kinds = {probe_kind::kSyn, probe_kind::kNeighbour}},
                  &own_, replyMemory_.ring(), bell) {
    own_.add(kOurs);
    own_.add(kOurMac);
    collector.tracer().attach(traceMemory_.ring());
    collector.tracer().enable(true);
  }

  void collect(const Bytes& frame) {
    collector.collect({.linkType = LinkType::kEthernet,
                       .bytes = frame,
                       .length = frame.size(),
                       .receivedAt = kReceivedAt});
    collector.publish();
  }

 private:
  RingMemory<ReplyRecord> replyMemory_;
  RingMemory<PacketRecord> traceMemory_;
  OwnAddresses own_;

 public:
  RingConsumer<ReplyRecord> replies;
  RingConsumer<PacketRecord> trace;
  FakeBell bell;
  ReplyCollector collector;
};

// A SYN/ACK of port 80, padded as short Ethernet frames are.
Bytes answer(std::uint32_t acknowledgementError = 0) {
  const SeqNumber cookie = Cookie{{}}.of(kOurs, kTarget, 80, 0);
  const TcpFields fields{.sourcePort = 80,
                         .destinationPort = kSourcePort,
                         .acknowledgement = cookie.value() + 1 + acknowledgementError};
  return concat({ethernet(0x0800, ipv4({}, tcp(fields))), Bytes(6, 0)});
}

// ARP of 192.0.2.1 to us, padded.
Bytes arp(unsigned operation) {
  return concat({hex("0001 0800 06 04"), be16(operation), hex("020000000009 c0000201"),
                 hex("020000000001 c6336407"), Bytes(18, 0)});
}

}  // namespace

TEST_CASE("an answer becomes a record, counted without the padding of its frame") {
  Fixture fixture;
  fixture.collect(answer());
  REQUIRE(fixture.replies.available() == 1);
  CHECK(fixture.replies.at(0).port == 80);
  CHECK(fixture.replies.at(0).receivedAt == kReceivedAt);
  CHECK(fixture.collector.counts().replies == 1);
  CHECK(fixture.collector.counts().bytes == 40);
}

TEST_CASE("an engine that sleeps is woken by an answer, one that is awake is not") {
  Fixture fixture;
  fixture.collect(answer());
  CHECK(fixture.bell.rings == 0);
  fixture.replies.release(1);
  REQUIRE(fixture.replies.sleepAllowed());
  fixture.collect(answer());
  CHECK(fixture.bell.rings == 1);
}

TEST_CASE("what answers nothing is counted by the reason and leaves no record") {
  Fixture fixture;
  fixture.collect(answer(1));
  fixture.collect(ethernet(0x88cc, Bytes(28, 0)));
  fixture.collect(prefix(answer(), 10));
  CHECK(fixture.replies.available() == 0);
  CHECK(fixture.collector.counts().wrongCookie == 1);
  CHECK(fixture.collector.counts().unsolicited == 1);
  CHECK(fixture.collector.counts().malformed == 1);
}

TEST_CASE("answers that find the ring full are counted as lost; those in it stay") {
  Fixture fixture{2};
  for (int count = 0; count < 5; ++count) fixture.collect(answer());
  CHECK(fixture.replies.available() == 2);
  CHECK(fixture.collector.counts().replies == 2);
  CHECK(fixture.collector.counts().repliesLost == 3);
  fixture.collect(answer(1));
  CHECK(fixture.collector.counts().wrongCookie == 1);
}

TEST_CASE("the trace has answers and forgeries from their IP header on, nothing unrelated") {
  Fixture fixture;
  fixture.collect(answer());
  fixture.collect(answer(1));
  fixture.collect(ethernet(0x88cc, Bytes(28, 0)));
  fixture.collect(ethernet(0x0806, arp(1)));
  REQUIRE(fixture.trace.available() == 2);
  CHECK(fixture.trace.at(0).captured == 40);
  CHECK(fixture.trace.at(0).length == 40);
  CHECK(fixture.trace.at(0).data[0] == 0x45);
}

TEST_CASE("an ARP reply becomes a record, and is traced without a header or padding") {
  Fixture fixture;
  fixture.collect(ethernet(0x0806, arp(2)));
  REQUIRE(fixture.replies.available() == 1);
  CHECK(fixture.replies.at(0).kind == reply_kind::kNeighbour);
  CHECK(fixture.replies.at(0).mac == MacAddress{2, 0, 0, 0, 0, 9});
  CHECK(fixture.collector.counts().bytes == 28);
  REQUIRE(fixture.trace.available() == 1);
  CHECK(fixture.trace.at(0).layer == PacketLayer::kArp);
  CHECK(fixture.trace.at(0).captured == 28);
  CHECK(fixture.trace.at(0).length == 28);
  CHECK(fixture.trace.at(0).data[0] == 0);
}

TEST_CASE("tracing is switched on and off at any time") {
  Fixture fixture;
  fixture.collector.tracer().enable(false);
  fixture.collect(answer());
  CHECK(fixture.trace.available() == 0);
  fixture.collector.tracer().enable(true);
  fixture.collect(answer());
  CHECK(fixture.trace.available() == 1);
}

TEST_CASE("packets that find the trace full are counted") {
  Fixture fixture{16};
  for (int count = 0; count < 6; ++count) fixture.collect(answer());
  CHECK(fixture.collector.tracer().lost() == 2);
}

}  // namespace halfopen
