#include "io/echo_sender.h"

#include <array>
#include <cstring>

#include "io/monotonic_clock.h"
#include "probe/syn_template.h"
#include "wire/byte_order.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"
#include "wire/tcp.h"

namespace halfopen {

namespace {

using Packet = std::array<std::uint8_t, kSynBytesV6>;

// The SYN with its ends exchanged, acknowledged. Checksums are left as they are: nobody looks.
std::span<const std::uint8_t> answerTo(std::span<const std::uint8_t> syn, IpFamily family,
                                       Packet& into) noexcept {
  const bool isV4 = family == IpFamily::kV4;
  const std::size_t addressBytes = isV4 ? kIpv4AddressBytes : kIpv6AddressBytes;
  const std::size_t source = isV4 ? ipv4_offset::kSource : ipv6_offset::kSource;
  const std::size_t destination = isV4 ? ipv4_offset::kDestination : ipv6_offset::kDestination;
  std::memcpy(into.data(), syn.data(), syn.size());
  std::memcpy(into.data() + source, syn.data() + destination, addressBytes);
  std::memcpy(into.data() + destination, syn.data() + source, addressBytes);

  const std::size_t tcp = isV4 ? kMinIpv4HeaderBytes : kIpv6HeaderBytes;
  const std::uint8_t* probe = syn.data() + tcp;
  std::uint8_t* answer = into.data() + tcp;
  std::memcpy(answer + tcp_offset::kSourcePort, probe + tcp_offset::kDestinationPort, 2);
  std::memcpy(answer + tcp_offset::kDestinationPort, probe + tcp_offset::kSourcePort, 2);
  storeBe32(answer + tcp_offset::kAcknowledgement, loadBe32(probe + tcp_offset::kSequence) + 1);
  answer[tcp_offset::kFlags] = tcp_flag::kSyn | tcp_flag::kAck;
  return std::span{into}.first(syn.size());
}

}  // namespace

SendOutcome EchoSender::send(std::span<const OutgoingPacket> packets) noexcept {
  const double now = toMicros(monotonicNow());
  for (const OutgoingPacket& packet : packets) {
    if (packet.kind != probe_kind::kSyn) continue;
    Packet bytes;
    const std::span<const std::uint8_t> answer = answerTo(packet.network(), packet.family(), bytes);
    replies_.collect({.linkType = LinkType::kRawIp,
                      .bytes = answer,
                      .length = answer.size(),
                      .receivedAt = now});
  }
  replies_.publish();
  return {packets.size(), 0};
}

}  // namespace halfopen
