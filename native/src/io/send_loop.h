// Sends the probes of the probe ring: the work of the sender thread.
//
// Each record is built into a packet, sent at the pace set, stamped with the time at which it was
// handed to the kernel or the errno that the kernel refused it with, and given back. A full kernel
// queue (ENOBUFS, EAGAIN) is waited out: such a probe stays where it is and counts as unsent.
//
// Threads: `step` and `run` belong to the sender thread; `wake`, `stop`, `counts` and `tracer` may
// be called from any. Nothing here calls JavaScript: see io/bell.h.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>

#include "io/bell.h"
#include "io/linux/wakeup.h"
#include "io/monotonic_clock.h"
#include "io/packet_tracer.h"
#include "io/path_table.h"
#include "io/probe_builder.h"
#include "io/sender.h"
#include "io/shared_pacer.h"
#include "ring/probe_record.h"
#include "ring/reply_record.h"
#include "ring/ring.h"

namespace halfopen {

struct SendCounts {
  std::uint64_t packets;
  std::uint64_t bytes;  // From the IP header on.
  std::uint64_t errors;
  std::uint64_t waits;  // For room in a kernel queue.

  SendCounts& operator+=(const SendCounts& other) noexcept {
    packets += other.packets;
    bytes += other.bytes;
    errors += other.errors;
    waits += other.waits;
    return *this;
  }
};

class SendLoop {
 public:
  struct Config {
    Ring<ProbeRecord> probes;
    Ring<ReplyRecord> replies;  // Whose consumer, the engine, is to be woken.
    ProbeEncoding encoding;
    std::uint32_t batch;  // Packets handed over at once: 1 to kMaxSendBatch.
  };

  // What to do after a step.
  struct Pause {
    enum class Kind : std::uint8_t { kNone, kUntil, kUntilWoken } kind;
    Nanos until = 0;  // For kUntil.
  };

  // All references outlive the loop.
  SendLoop(const Config& config, const PathTable& paths, SharedPacer& pacer, Sender& rawIp,
           Sender& packet, Bell& bell, const Wakeup& wakeup);

  // Sends what may leave at `now`, one batch at the most.
  [[nodiscard]] Pause step(Nanos now) noexcept;

  // Steps until `stop`.
  void run() noexcept;
  void stop() noexcept;

  // Says that there are probes, when the ring's producer found this thread asleep, or that the rate
  // changed.
  void wake() const noexcept { wakeup_.signal(); }

  [[nodiscard]] SendCounts counts() const noexcept;
  [[nodiscard]] PacketTracer& tracer() noexcept { return tracer_; }

 private:
  struct BatchResult {
    std::uint32_t done;  // Records that are finished: sent or refused for good.
    std::uint32_t sent;
    bool isCongested;
  };

  [[nodiscard]] Pause sendDue(Nanos now) noexcept;
  void prepare(std::uint32_t count) noexcept;
  [[nodiscard]] BatchResult sendPrepared(std::uint32_t count, double sentAt) noexcept;
  [[nodiscard]] std::uint32_t runLength(std::uint32_t from, std::uint32_t count) const noexcept;
  [[nodiscard]] Sender& senderOf(const OutgoingPath& path) const noexcept;
  void noteSent(std::span<const OutgoingPacket> packets, std::uint32_t first,
                double sentAt) noexcept;
  void noteError(std::uint32_t index, double sentAt, int error) noexcept;
  void ringWhenWorthwhile(const Pause& pause, Nanos now) noexcept;
  void sleep(const Pause& pause) noexcept;

  RingConsumer<ProbeRecord> probes_;
  std::uint32_t capacity_;
  Ring<ReplyRecord> replies_;
  PacketTracer tracer_;
  ProbeBuilder builder_;
  std::uint32_t batch_;
  const PathTable& paths_;
  SharedPacer& pacer_;
  Sender& rawIp_;
  Sender& packet_;
  Bell& bell_;
  const Wakeup& wakeup_;

  // The batch under way: for each record a packet in its frame, or the errno that refuses it.
  std::array<OutgoingPacket, kMaxSendBatch> packets_;
  std::array<std::array<std::uint8_t, kMaxFrameBytes>, kMaxSendBatch> frames_;
  std::array<int, kMaxSendBatch> refusals_{};
  std::uint32_t finishedSinceBell_ = 0;
  bool hadWork_ = false;  // Since the ring was last empty.

  std::atomic<bool> isStopping_{false};
  Counter sentPackets_;
  Counter sentBytes_;
  Counter errors_;
  Counter waits_;
};

}  // namespace halfopen
