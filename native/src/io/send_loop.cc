#include "io/send_loop.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace halfopen {

namespace {

// How long a full kernel queue is left alone.
constexpr Nanos kCongestionPause = 200 * kMicrosecond;

// Pauses of this length wake the engine first: it has the time to learn what was sent.
constexpr Nanos kLongPause = kMillisecond;

// Waiting less than this by the kernel's timers takes longer than it should.
constexpr Nanos kShortestSleep = 5 * kMicrosecond;

bool isCongestion(int error) noexcept {
  return error == ENOBUFS || error == EAGAIN || error == EWOULDBLOCK;
}

}  // namespace

SendLoop::SendLoop(const Config& config, const PathTable& paths, SharedPacer& pacer, Sender& rawIp,
                   Sender& packet, Bell& bell, const Wakeup& wakeup)
    : probes_(config.probes),
      capacity_(config.probes.capacity()),
      replies_(config.replies),
      builder_(config.encoding),
      batch_(config.batch),
      paths_(paths),
      pacer_(pacer),
      rawIp_(rawIp),
      packet_(packet),
      bell_(bell),
      wakeup_(wakeup) {}

SendLoop::Pause SendLoop::step(Nanos now) noexcept {
  const Pause pause = sendDue(now);
  ringWhenWorthwhile(pause, now);
  return pause;
}

void SendLoop::run() noexcept {
  while (!isStopping_.load(std::memory_order_acquire)) {
    sleep(step(monotonicNow()));
  }
}

void SendLoop::stop() noexcept {
  isStopping_.store(true, std::memory_order_release);
  wakeup_.signal();
}

SendCounts SendLoop::counts() const noexcept {
  return {sentPackets_.read(), sentBytes_.read(), errors_.read(), waits_.read()};
}

SendLoop::Pause SendLoop::sendDue(Nanos now) noexcept {
  const std::uint32_t waiting = probes_.available();
  const bool hadWork = std::exchange(hadWork_, waiting > 0);
  if (waiting == 0) return {Pause::Kind::kUntilWoken};
  const std::uint32_t allowed = pacer_.take(std::min(waiting, batch_), now, hadWork);
  if (allowed > 0) {
    prepare(allowed);
    const BatchResult result = sendPrepared(allowed, toMicros(now));
    probes_.release(result.done);
    finishedSinceBell_ += result.done;
    if (result.sent < allowed) pacer_.giveBack(allowed - result.sent);
    if (result.isCongested) return {Pause::Kind::kUntil, now + kCongestionPause};
  }
  if (waiting == allowed) return {Pause::Kind::kNone};  // Look again before going to sleep.
  return {Pause::Kind::kUntil, pacer_.dueAt(waiting - allowed)};
}

void SendLoop::prepare(std::uint32_t count) noexcept {
  for (std::uint32_t index = 0; index < count; ++index) {
    const ProbeRecord& probe = probes_.at(index);
    const OutgoingPath* path = paths_.find(probe.path);
    refusals_[index] = builder_.refusal(probe, path);
    if (refusals_[index] != 0) continue;
    packets_[index] = {builder_.build(probe, *path, frames_[index]), path, probe.kind};
  }
}

SendLoop::BatchResult SendLoop::sendPrepared(std::uint32_t count, double sentAt) noexcept {
  BatchResult result{};
  while (result.done < count) {
    if (refusals_[result.done] != 0) {
      noteError(result.done, sentAt, refusals_[result.done]);
      ++result.done;
      continue;
    }

    const std::uint32_t run = runLength(result.done, count);
    const std::span packets = std::span{packets_}.subspan(result.done, run);
    const SendOutcome outcome = senderOf(*packets.front().path).send(packets);
    noteSent(packets.first(outcome.taken), result.done, sentAt);
    result.done += static_cast<std::uint32_t>(outcome.taken);
    result.sent += static_cast<std::uint32_t>(outcome.taken);
    if (isCongestion(outcome.errnoValue)) {
      waits_.add(1);
      result.isCongested = true;
      return result;
    }
    if (outcome.errnoValue != 0) noteError(result.done++, sentAt, outcome.errnoValue);
  }
  return result;
}

// Packets from `from` on that one sender can take together.
std::uint32_t SendLoop::runLength(std::uint32_t from, std::uint32_t count) const noexcept {
  const SenderKind kind = packets_[from].path->sender();
  std::uint32_t end = from + 1;
  while (end < count && refusals_[end] == 0 && packets_[end].path->sender() == kind) ++end;
  return end - from;
}

Sender& SendLoop::senderOf(const OutgoingPath& path) const noexcept {
  return path.sender() == SenderKind::kRawIp ? rawIp_ : packet_;
}

// Records from `first` on left, as these packets.
void SendLoop::noteSent(std::span<const OutgoingPacket> packets, std::uint32_t first,
                        double sentAt) noexcept {
  std::uint64_t bytes = 0;
  for (const OutgoingPacket& packet : packets) {
    ProbeRecord& probe = probes_.at(first++);
    probe.sentAt = sentAt;
    probe.error = 0;
    const std::span<const std::uint8_t> network = packet.network();
    bytes += network.size() + packet.payload().size();
    tracer_.record(sentAt, packet.isArp() ? PacketLayer::kArp : PacketLayer::kIp, network,
                   packet.payload());
  }
  sentPackets_.add(packets.size());
  sentBytes_.add(bytes);
}

void SendLoop::noteError(std::uint32_t index, double sentAt, int error) noexcept {
  ProbeRecord& probe = probes_.at(index);
  probe.sentAt = sentAt;
  probe.error = static_cast<std::uint16_t>(error);
  errors_.add(1);
}

// Wakes an engine that sleeps when there is nothing left to send, when half of the ring can be
// written again, and before a long pause; not for each batch.
void SendLoop::ringWhenWorthwhile(const Pause& pause, Nanos now) noexcept {
  if (finishedSinceBell_ == 0) return;
  const bool isLong = pause.kind == Pause::Kind::kUntil && pause.until - now >= kLongPause;
  if (!isLong && finishedSinceBell_ < capacity_ / 2 && probes_.available() > 0) return;
  finishedSinceBell_ = 0;
  if (replies_.waiting().exchange(0, std::memory_order_seq_cst) == 1) bell_.ring();
}

void SendLoop::sleep(const Pause& pause) noexcept {
  switch (pause.kind) {
    case Pause::Kind::kNone:
      return;
    case Pause::Kind::kUntil: {
      const Nanos left = pause.until - monotonicNow();
      if (left >= kShortestSleep) wakeup_.await(left);
      return;
    }
    case Pause::Kind::kUntilWoken:
      if (!probes_.sleepAllowed()) return;
      wakeup_.await(std::nullopt);
      probes_.endSleep();
      return;
  }
}

}  // namespace halfopen
