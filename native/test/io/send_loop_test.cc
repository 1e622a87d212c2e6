#include "io/send_loop.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <deque>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "io/ring_memory.h"

namespace halfopen {

namespace {

using test::RingMemory;
using Pause = SendLoop::Pause;

constexpr Nanos kNow = 7 * kSecond;
constexpr std::uint32_t kRawIpPath = 0;
constexpr std::uint32_t kPacketPath = 1;
constexpr std::uint32_t kNoPath = 2;
constexpr std::uint32_t kPayloadPath = 3;
constexpr std::array<std::uint8_t, 300> kPayload{1, 2, 3};

// Takes what its script says, and everything once that has ended.
class FakeSender final : public Sender {
 public:
  SendOutcome send(std::span<const OutgoingPacket> packets) noexcept override {
    calls.push_back(packets.size());
    SendOutcome outcome{packets.size(), 0};
    if (!script.empty()) {
      outcome = script.front();
      script.pop_front();
    }
    for (const OutgoingPacket& packet : packets.first(outcome.taken)) {
      frames.emplace_back(packet.bytes.begin(), packet.bytes.end());
    }
    return outcome;
  }

  std::deque<SendOutcome> script;
  std::vector<std::size_t> calls;
  std::vector<std::vector<std::uint8_t>> frames;
};

class FakeBell final : public Bell {
 public:
  void ring() noexcept override { ++rings; }
  int rings = 0;
};

// A loop with fakes around it, and the engine's end of its rings.
class Fixture {
 public:
  explicit Fixture(std::uint32_t capacity = 64, std::uint32_t batch = 16)
      : probeMemory_(capacity),
        replyMemory_(1),
        traceMemory_(64),
        producer(probeMemory_.ring()),
        trace(traceMemory_.ring()),
        pacer(batch),
        wakeup_(std::move(*Wakeup::open())) {
    (void)paths_.set(kRawIpPath, OutgoingPath::overRawIp(IpAddress::v4(0x0a000001), 3));
    (void)paths_.set(kPayloadPath, OutgoingPath::overRawIp(IpAddress::v4(0x0a000001), 3, kPayload));
    (void)paths_.set(kPacketPath,
                     OutgoingPath::overEthernet(IpAddress::v4(0x0a000001), 3,
                                                {{2, 2, 2, 2, 2, 2}, {4, 4, 4, 4, 4, 4}}));
    const ProbeEncoding encoding{
        .marks = {.key = {}, .sourcePortBase = 40000, .tries = 3, .fixedSourcePort = {}},
        .hopLimit = 64};
    loop = std::make_unique<SendLoop>(SendLoop::Config{.probes = probeMemory_.ring(),
                                                       .replies = replyMemory_.ring(),
                                                       .encoding = encoding,
                                                       .batch = batch},
                                      paths_, pacer, rawIp, packet, bell, wakeup_);
    loop->tracer().attach(traceMemory_.ring());
    loop->tracer().enable(true);
  }

  void write(std::uint16_t port, std::uint32_t path = kRawIpPath, std::uint8_t attempt = 0) {
    ProbeRecord* record = producer.reserve();
    REQUIRE(record != nullptr);
    *record = {.sentAt = -1,
               .target = {10, 0, 0, 9},
               .tag = port,
               .path = path,
               .port = port,
               .attempt = attempt,
               .family = 4,
               .kind = probe_kind::kSyn,
               .reserved = 0,
               .error = 0};
    (void)producer.publish();
  }

  void writeMany(int count, std::uint32_t path = kRawIpPath) {
    for (int port = 1; port <= count; ++port) write(static_cast<std::uint16_t>(port), path);
  }

  [[nodiscard]] std::uint32_t finished() { return probeMemory_.ring().tail().load(); }
  [[nodiscard]] const ProbeRecord& record(std::uint32_t count) {
    return probeMemory_.ring().at(count);
  }
  void engineSleeps() { replyMemory_.ring().waiting().store(1); }

 private:
  RingMemory<ProbeRecord> probeMemory_;
  RingMemory<ReplyRecord> replyMemory_;
  RingMemory<PacketRecord> traceMemory_;

 public:
  RingProducer<ProbeRecord> producer;
  RingConsumer<PacketRecord> trace;
  SharedPacer pacer;
  FakeSender rawIp;
  FakeSender packet;
  FakeBell bell;
  std::unique_ptr<SendLoop> loop;

 private:
  PathTable paths_;
  Wakeup wakeup_;
};

}  // namespace

TEST_CASE("an empty ring lets the sender sleep") {
  Fixture fixture;
  CHECK(fixture.loop->step(kNow).kind == Pause::Kind::kUntilWoken);
}

TEST_CASE("probes are sent in one batch, stamped and given back") {
  Fixture fixture;
  fixture.writeMany(3);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.rawIp.calls == std::vector<std::size_t>{3});
  CHECK(fixture.finished() == 3);
  CHECK(fixture.record(2).sentAt == toMicros(kNow));
  CHECK(fixture.record(2).error == 0);
  CHECK(fixture.loop->counts().packets == 3);
  CHECK(fixture.loop->counts().bytes == 3 * kSynBytesV4);
}

TEST_CASE("a batch is never longer than configured") {
  Fixture fixture{64, 16};
  fixture.writeMany(40);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.finished() == 16);
}

TEST_CASE("frames begin with the link header of their path") {
  Fixture fixture;
  fixture.write(80, kPacketPath);
  (void)fixture.loop->step(kNow);
  REQUIRE(fixture.packet.frames.size() == 1);
  const std::vector<std::uint8_t>& frame = fixture.packet.frames[0];
  CHECK(frame.size() == ethernet_offset::kPayload + kSynBytesV4);
  CHECK(frame[0] == 2);
  CHECK(frame[6] == 4);
  CHECK(frame[12] == 0x08);
  CHECK(frame[14] == 0x45);
}

TEST_CASE("each path has its sender, and the order of probes is kept") {
  Fixture fixture;
  fixture.write(1, kRawIpPath);
  fixture.write(2, kPacketPath);
  fixture.write(3, kPacketPath);
  fixture.write(4, kRawIpPath);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.rawIp.calls == std::vector<std::size_t>{1, 1});
  CHECK(fixture.packet.calls == std::vector<std::size_t>{2});
  CHECK(fixture.finished() == 4);
}

TEST_CASE("a full kernel queue is waited out: the probe stays, unsent") {
  for (const int congestion : {ENOBUFS, EAGAIN}) {
    CAPTURE(congestion);
    Fixture fixture;
    fixture.writeMany(3);
    fixture.rawIp.script = {{1, 0}, {0, congestion}};
    const Pause pause = fixture.loop->step(kNow);
    CHECK(fixture.finished() == 1);
    CHECK(fixture.record(1).sentAt == -1);
    CHECK(pause.kind == Pause::Kind::kUntil);
    CHECK(pause.until > kNow);
    CHECK(fixture.loop->counts().packets == 1);
    CHECK(fixture.loop->counts().waits == 1);

    (void)fixture.loop->step(pause.until);
    CHECK(fixture.finished() == 3);
    CHECK(fixture.record(1).sentAt == toMicros(pause.until));
    CHECK(fixture.loop->counts().packets == 3);
    CHECK(fixture.loop->counts().errors == 0);
  }
}

TEST_CASE("a probe that the kernel refuses has its errno, and the rest goes on") {
  Fixture fixture;
  fixture.writeMany(4);
  fixture.rawIp.script = {{1, 0}, {0, EPERM}, {2, 0}};
  (void)fixture.loop->step(kNow);
  CHECK(fixture.finished() == 4);
  CHECK(fixture.record(0).error == 0);
  CHECK(fixture.record(1).error == EPERM);
  CHECK(fixture.record(2).error == 0);
  CHECK(fixture.loop->counts().packets == 3);
  CHECK(fixture.loop->counts().errors == 1);
}

TEST_CASE("probes of which no packet can be made are refused among those that are sent") {
  Fixture fixture;
  fixture.write(1);
  fixture.write(2, kNoPath);
  fixture.write(3, PathTable::kCapacity);
  fixture.write(4, kRawIpPath, 3);  // Tries are 0 to 2.
  fixture.write(5);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.finished() == 5);
  CHECK(fixture.record(1).error == EHOSTUNREACH);
  CHECK(fixture.record(2).error == EHOSTUNREACH);
  CHECK(fixture.record(3).error == EINVAL);
  CHECK(fixture.record(4).error == 0);
  CHECK(fixture.rawIp.calls == std::vector<std::size_t>{1, 1});
}

TEST_CASE("a rate spaces probes, and tells how long to sleep") {
  Fixture fixture;
  fixture.writeMany(3);
  fixture.pacer.setRate(10);
  const Pause pause = fixture.loop->step(kNow);
  CHECK(fixture.finished() == 1);
  CHECK(pause.kind == Pause::Kind::kUntil);
  CHECK(pause.until == kNow + 100 * kMillisecond);
  (void)fixture.loop->step(pause.until - 1);
  CHECK(fixture.finished() == 1);
  (void)fixture.loop->step(pause.until);
  CHECK(fixture.finished() == 2);
}

TEST_CASE("refused probes use up none of the rate") {
  Fixture fixture;
  fixture.write(1, kNoPath);
  fixture.write(2);
  fixture.pacer.setRate(10);
  (void)fixture.loop->step(kNow);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.finished() == 2);
  CHECK(fixture.record(1).error == 0);
}

TEST_CASE("a sleeping engine is woken when the ring ran dry, once") {
  Fixture fixture;
  fixture.engineSleeps();
  fixture.writeMany(2);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.bell.rings == 1);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.bell.rings == 1);
}

TEST_CASE("an engine that is awake is not woken") {
  Fixture fixture;
  fixture.writeMany(2);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.bell.rings == 0);
}

TEST_CASE("a sleeping engine is not woken for each batch, but when half of the ring is free") {
  Fixture fixture{64, 16};
  fixture.writeMany(64);
  fixture.engineSleeps();
  (void)fixture.loop->step(kNow);
  CHECK(fixture.bell.rings == 0);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.bell.rings == 1);
}

TEST_CASE("a sleeping engine is woken before a long pause") {
  Fixture fixture;
  fixture.writeMany(2);
  fixture.pacer.setRate(1);
  fixture.engineSleeps();
  (void)fixture.loop->step(kNow);
  CHECK(fixture.bell.rings == 1);
}

TEST_CASE("packets that were sent are traced from their IP header on, others are not") {
  Fixture fixture;
  fixture.write(1, kPacketPath);
  fixture.write(2, kNoPath);
  fixture.packet.script = {{1, 0}};
  (void)fixture.loop->step(kNow);
  REQUIRE(fixture.trace.available() == 1);
  const PacketRecord& record = fixture.trace.at(0);
  CHECK(record.at == toMicros(kNow));
  CHECK(record.length == kSynBytesV4);
  CHECK(record.captured == kSynBytesV4);
  CHECK(record.data[0] == 0x45);
}

TEST_CASE("a payload is counted, and traced as far as there is room") {
  Fixture fixture;
  fixture.write(1, kPayloadPath);
  (void)fixture.loop->step(kNow);
  CHECK(fixture.loop->counts().bytes == kSynBytesV4 + kPayload.size());
  REQUIRE(fixture.trace.available() == 1);
  const PacketRecord& record = fixture.trace.at(0);
  CHECK(record.length == kSynBytesV4 + kPayload.size());
  CHECK(record.captured == kPacketSnapBytes);
  CHECK(record.data[kSynBytesV4] == 1);
  CHECK(record.data[kSynBytesV4 + 2] == 3);
  CHECK(record.data[kPacketSnapBytes - 1] == 0);
}

TEST_CASE("a thread in the loop sends, sleeps, wakes and stops") {
  Fixture fixture;
  std::thread sender{[&] { fixture.loop->run(); }};
  fixture.writeMany(5);
  fixture.loop->wake();
  while (fixture.finished() < 5) std::this_thread::yield();
  fixture.pacer.setRate(
      0.1);  // The next but one is due in ten seconds: `stop` does not wait for it.
  fixture.write(6);
  fixture.write(7);
  fixture.loop->wake();
  while (fixture.finished() < 6) std::this_thread::yield();
  fixture.loop->stop();
  sender.join();
  CHECK(fixture.finished() == 6);
}

}  // namespace halfopen
