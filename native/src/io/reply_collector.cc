#include "io/reply_collector.h"

#include <algorithm>

#include "wire/arp.h"
#include "wire/byte_order.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"

namespace halfopen {

namespace {

// Bytes of the packet on the wire: by its own header, which leaves out the padding of the frame.
std::size_t wireLengthOf(const NetworkPacket& packet, std::size_t frameLength) noexcept {
  const std::uint8_t* header = packet.bytes.data();
  if (packet.family == IpFamily::kV4 && packet.bytes.size() >= kMinIpv4HeaderBytes) {
    return std::min<std::size_t>(loadBe16(header + ipv4_offset::kTotalLength), frameLength);
  }
  if (packet.family == IpFamily::kV6 && packet.bytes.size() >= kIpv6HeaderBytes) {
    return std::min<std::size_t>(kIpv6HeaderBytes + loadBe16(header + ipv6_offset::kPayloadLength),
                                 frameLength);
  }
  return frameLength;
}

// Whether a packet belongs into the trace of a scan: answers, and what tries to be one.
bool isOfInterest(std::optional<Rejection> rejection) noexcept {
  return rejection != Rejection::kUnsolicited && rejection != Rejection::kOwnProbe;
}

}  // namespace

template <typename MatchInto>
std::optional<Rejection> ReplyCollector::deliver(std::size_t length, MatchInto match) noexcept {
  ReplyRecord unwanted;
  ReplyRecord* reserved = replies_.reserve();
  const std::optional<Rejection> rejection = match(reserved ? *reserved : unwanted);
  if (rejection) {
    if (reserved) replies_.unreserve();
    return rejection;
  }
  if (!reserved) {
    lost_.add(1);
    return std::nullopt;
  }
  delivered_.add(1);
  deliveredBytes_.add(length);
  return std::nullopt;
}

void ReplyCollector::collect(const Frame& frame) noexcept {
  const auto layer = networkLayer(frame.linkType, frame.bytes);
  if (const FrameFault* fault = std::get_if<FrameFault>(&layer)) {
    count(*fault == FrameFault::kMalformed ? Rejection::kMalformed : Rejection::kUnsolicited);
    return;
  }

  if (const NetworkPacket* packet = std::get_if<NetworkPacket>(&layer)) {
    collectIp(*packet, frame);
  } else {
    collectArp(*std::get_if<ArpPayload>(&layer), frame);
  }
}

void ReplyCollector::collectIp(const NetworkPacket& packet, const Frame& frame) noexcept {
  const std::size_t linkBytes = frame.bytes.size() - packet.bytes.size();
  const std::size_t length = wireLengthOf(packet, frame.length - linkBytes);
  const std::optional<Rejection> rejection = deliver(length, [&](ReplyRecord& record) {
    return matcher_.match(packet, frame.receivedAt, record);
  });
  if (rejection) count(*rejection);
  if (isOfInterest(rejection)) {
    const std::size_t kept = std::min(length, packet.bytes.size());
    tracer_.record(frame.receivedAt, PacketLayer::kIp, packet.bytes.first(kept), length);
  }
}

void ReplyCollector::collectArp(const ArpPayload& message, const Frame& frame) noexcept {
  const std::optional<Rejection> rejection = deliver(kArpBytes, [&](ReplyRecord& record) {
    return matcher_.matchArp(message.bytes, frame.receivedAt, record);
  });
  if (rejection) count(*rejection);
  if (isOfInterest(rejection)) {
    const std::size_t kept = std::min(kArpBytes, message.bytes.size());
    tracer_.record(frame.receivedAt, PacketLayer::kArp, message.bytes.first(kept), kArpBytes);
  }
}

void ReplyCollector::publish() noexcept {
  if (replies_.publish()) bell_.ring();
}

ReceiveCounts ReplyCollector::counts() const noexcept {
  return {
      .replies = delivered_.read(),
      .bytes = deliveredBytes_.read(),
      .repliesLost = lost_.read(),
      .malformed = countOf(Rejection::kMalformed),
      .unsolicited = countOf(Rejection::kUnsolicited),
      .wrongCookie = countOf(Rejection::kWrongCookie),
      .wrongQuote = countOf(Rejection::kWrongQuote),
      .shortQuote = countOf(Rejection::kShortQuote),
  };
}

void ReplyCollector::count(Rejection rejection) noexcept {
  rejected_[static_cast<std::size_t>(rejection)].add(1);
}

std::uint64_t ReplyCollector::countOf(Rejection rejection) const noexcept {
  return rejected_[static_cast<std::size_t>(rejection)].read();
}

}  // namespace halfopen
