// What a probe and its answer cost: cookie, packet, matching.
#include <benchmark/benchmark.h>

#include "probe/cookie.h"
#include "probe/reply_matcher.h"
#include "probe/syn_template.h"
#include "wire/ipv4.h"
#include "wire/link.h"

namespace halfopen {

namespace {

constexpr CookieKey kKey{1, 2, 3};
constexpr std::uint16_t kSourcePort = 40000;
constexpr IpAddress kSourceV4 = IpAddress::v4(0x0a00'0001);
constexpr std::array<std::uint8_t, 16> kSourceV6Bytes{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1};
constexpr IpAddress kSourceV6 = IpAddress::v6(kSourceV6Bytes);

IpAddress targetOf(IpFamily family, std::uint32_t index) {
  if (family == IpFamily::kV4) return IpAddress::v4(index);
  std::array<std::uint8_t, 16> bytes = kSourceV6Bytes;
  storeBe32(bytes.data() + 12, index);
  return IpAddress::v6(bytes);
}

void buildProbes(benchmark::State& state, const IpAddress& source) {
  const Cookie cookie{kKey};
  const SynTemplate syn{source};
  std::array<std::uint8_t, kSynBytesV6> packet;
  std::uint32_t index = 0;
  for (auto _ : state) {
    const IpAddress target = targetOf(source.family(), index++);
    syn.write({.target = target,
               .sourcePort = kSourcePort,
               .targetPort = 443,
               .sequence = cookie.of(source, target, 443, 0),
               .hopLimit = 50,
               .identification = static_cast<std::uint16_t>(index)},
              packet);
    benchmark::DoNotOptimize(packet);
  }
  state.SetItemsProcessed(state.iterations());
}

void buildProbesV4(benchmark::State& state) { buildProbes(state, kSourceV4); }
void buildProbesV6(benchmark::State& state) { buildProbes(state, kSourceV6); }
BENCHMARK(buildProbesV4);
BENCHMARK(buildProbesV6);

void hashCookies(benchmark::State& state) {
  const Cookie cookie{kKey};
  std::uint32_t index = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(cookie.of(kSourceV4, IpAddress::v4(index++), 443, 0));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hashCookies);

// A SYN/ACK over Ethernet, from the frame to the record.
void matchSynAcks(benchmark::State& state) {
  const IpAddress target = IpAddress::v4(0x0a00'0002);
  std::array<std::uint8_t, 14 + kSynBytesV6> frame{};
  storeBe16(frame.data() + 12, 0x0800);
  SynTemplate{target}.write({.target = kSourceV4,
                             .sourcePort = 443,
                             .targetPort = kSourcePort,
                             .sequence = SeqNumber{1},
                             .hopLimit = 64},
                            std::span{frame}.subspan(14));
  std::uint8_t* tcp = frame.data() + 14 + kMinIpv4HeaderBytes;
  const SeqNumber cookie = Cookie{kKey}.of(kSourceV4, target, 443, 0);
  storeBe32(tcp + tcp_offset::kAcknowledgement, cookie.next().value());
  tcp[tcp_offset::kFlags] = tcp_flag::kSyn | tcp_flag::kAck;

  const ReplyMatcher matcher{{kKey, kSourcePort, 4, std::nullopt}};
  for (auto _ : state) {
    ReplyRecord reply;
    const auto layer = networkLayer(LinkType::kEthernet, frame);
    const auto rejection = matcher.match(*std::get_if<NetworkPacket>(&layer), 0, reply);
    if (rejection) state.SkipWithError("the answer was rejected");
    benchmark::DoNotOptimize(reply);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(matchSynAcks);

}  // namespace

}  // namespace halfopen
