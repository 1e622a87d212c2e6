// Turns captured frames into reply records, and counts what is none.
//
// Threads: used by the receiver thread only, but for `counts` and `tracer`.
// Loss: when the reply ring is full a reply is counted as lost and forgotten; capturing never
// waits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "io/bell.h"
#include "io/counter.h"
#include "io/packet_tracer.h"
#include "probe/reply_matcher.h"
#include "ring/reply_record.h"
#include "ring/ring.h"
#include "wire/link.h"

namespace halfopen {

struct ReceiveCounts {
  std::uint64_t replies;  // Delivered.
  std::uint64_t bytes;    // Theirs, from the IP header on.
  std::uint64_t repliesLost;
  std::uint64_t malformed;
  std::uint64_t unsolicited;
  std::uint64_t wrongCookie;
  std::uint64_t wrongQuote;
  std::uint64_t shortQuote;
};

class ReplyCollector {
 public:
  // A frame as it was captured.
  struct Frame {
    LinkType linkType;
    std::span<const std::uint8_t> bytes;  // May have been cut.
    std::size_t length;                   // On the wire.
    double receivedAt;                    // µs.
  };

  // `own` may be null, see ReplyMatcher.
  ReplyCollector(const MarkConfig& probes, const OwnAddresses* own, Ring<ReplyRecord> replies,
                 Bell& bell) noexcept
      : matcher_(probes, own), replies_(replies), bell_(bell) {}

  void collect(const Frame& frame) noexcept;

  // Shows the engine what was collected, and wakes it if it sleeps.
  void publish() noexcept;

  [[nodiscard]] ReceiveCounts counts() const noexcept;
  [[nodiscard]] PacketTracer& tracer() noexcept { return tracer_; }

 private:
  static constexpr std::size_t kRejections = static_cast<std::size_t>(Rejection::kOwnProbe) + 1;

  void collectIp(const NetworkPacket& packet, const Frame& frame) noexcept;
  void collectArp(const ArpPayload& message, const Frame& frame) noexcept;
  // Puts what a packet of `length` answers into the ring, or says why it answers nothing.
  // `match(record)` is as ReplyMatcher has it.
  template <typename MatchInto>
  [[nodiscard]] std::optional<Rejection> deliver(std::size_t length, MatchInto match) noexcept;
  void count(Rejection rejection) noexcept;
  [[nodiscard]] std::uint64_t countOf(Rejection rejection) const noexcept;

  ReplyMatcher matcher_;
  RingProducer<ReplyRecord> replies_;
  PacketTracer tracer_;
  Bell& bell_;

  Counter delivered_;
  Counter deliveredBytes_;
  Counter lost_;
  std::array<Counter, kRejections> rejected_;  // By Rejection.
};

}  // namespace halfopen
