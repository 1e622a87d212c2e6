#include "io/pcap/pcap_receiver.h"

#include <poll.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "io/pcap/capture_filter.h"

namespace halfopen {

namespace {

// Frames taken from one interface before the next has its turn and the engine is told.
constexpr int kDispatchLimit = 1024;

// Where frames come in numbers they are left to gather, so that each turn of the loop, and each
// ring of the bell, is for many. After the first one for a moment: the next would interrupt a
// sender whose batch is being answered. Kernel time stamps are not touched by it.
struct Gathering {
  int frames;  // In one turn.
  Nanos time;  // Before the next.
};
constexpr Gathering kGatherings[] = {
    {kDispatchLimit, 0},  // More wait already.
    {24, kMillisecond},
    {8, 200 * kMicrosecond},
    {1, 100 * kMicrosecond},
};

// Drops are read this long after the first frame that they may belong to.
constexpr Nanos kDropsInterval = 20 * kMillisecond;

// What a frame needs from the round it came in.
struct Round {
  ReplyCollector& collector;
  LinkType linkType;
  Nanos realtimeOffset;  // From CLOCK_REALTIME, which stamps frames, to CLOCK_MONOTONIC.
};

void onFrame(u_char* user, const pcap_pkthdr* header, const u_char* bytes) noexcept {
  const Round& round = *reinterpret_cast<const Round*>(user);
  const Nanos stamped = header->ts.tv_sec * kSecond + header->ts.tv_usec;
  round.collector.collect({
      .linkType = round.linkType,
      .bytes = {bytes, header->caplen},
      .length = header->len,
      .receivedAt = toMicros(stamped + round.realtimeOffset),
  });
}

}  // namespace

Result<std::unique_ptr<PcapReceiver>> PcapReceiver::open(const Config& config, Bell& bell) {
  Result<std::shared_ptr<const PcapLibrary>> library = PcapLibrary::load();
  if (!library) return library.error();
  Result<Wakeup> wakeup = Wakeup::open();
  if (!wakeup) return wakeup.error();
  return std::unique_ptr<PcapReceiver>{
      new PcapReceiver{std::move(*library), config, bell, std::move(*wakeup)}};
}

PcapReceiver::PcapReceiver(std::shared_ptr<const PcapLibrary> library, const Config& config,
                           Bell& bell, Wakeup wakeup)
    : library_(std::move(library)),
      filter_(captureFilterFor(config.probes)),
      hearsGroups_(config.probes.kinds.has(probe_kind::kListenerQuery)),
      bufferBytes_(config.bufferBytes),
      collector_(config.probes, config.own, config.replies, bell),
      wakeup_(std::move(wakeup)) {}

std::optional<SystemError> PcapReceiver::add(const std::string& device) {
  Result<std::unique_ptr<Capture>> capture = Capture::open(library_, {.device = device,
                                                                      .filter = filter_,
                                                                      .bufferBytes = bufferBytes_,
                                                                      .hearsGroups = hearsGroups_});
  if (!capture) return capture.error();
  {
    const std::lock_guard lock{mutex_};
    added_.push_back(std::move(*capture));
  }
  wakeup_.signal();
  return std::nullopt;
}

void PcapReceiver::run() noexcept {
  while (!isStopping_.load(std::memory_order_acquire)) {
    adoptAdded();
    awaitFrames();
    gatherAfter(drainReadable());
    readDropsWhenDue(monotonicNow());
  }
  captures_.clear();
}

void PcapReceiver::stop() noexcept {
  isStopping_.store(true, std::memory_order_release);
  wakeup_.signal();
}

std::optional<SystemError> PcapReceiver::failure() const {
  const std::lock_guard lock{mutex_};
  return failure_;
}

void PcapReceiver::adoptAdded() {
  const std::lock_guard lock{mutex_};
  std::move(added_.begin(), added_.end(), std::back_inserter(captures_));
  added_.clear();
}

void PcapReceiver::awaitFrames() {
  polled_.assign(1, {wakeup_.descriptor(), POLLIN, 0});
  for (const auto& capture : captures_) polled_.push_back({capture->descriptor(), POLLIN, 0});
  const timespec left =
      toTimespec(dropsDueAt_ ? std::max<Nanos>(*dropsDueAt_ - monotonicNow(), 0) : 0);
  ::ppoll(polled_.data(), polled_.size(), dropsDueAt_ ? &left : nullptr, nullptr);
  if (polled_.front().revents != 0) wakeup_.clear();
}

int PcapReceiver::drainReadable() {
  int frames = 0;
  // From the last to the first, so that a capture that ended can be removed on the way.
  for (std::size_t index = captures_.size(); index-- > 0;) {
    if (polled_[index + 1].revents == 0) continue;
    const Result<int> count = drain(*captures_[index]);
    if (count) {
      frames += *count;
    } else {
      captures_.erase(captures_.begin() + static_cast<std::ptrdiff_t>(index));
      noteFailure(count.error());
    }
  }
  return frames;
}

void PcapReceiver::gatherAfter(int frames) {
  const auto gathering = std::find_if(std::begin(kGatherings), std::end(kGatherings),
                                      [frames](const auto& one) { return frames >= one.frames; });
  if (gathering == std::end(kGatherings) || gathering->time == 0) return;
  pollfd wakeup{wakeup_.descriptor(), POLLIN, 0};
  const timespec span = toTimespec(gathering->time);
  ::ppoll(&wakeup, 1, &span, nullptr);
}

Result<int> PcapReceiver::drain(Capture& capture) {
  const Nanos now = monotonicNow();
  Round round{collector_, capture.linkType(), now - clockNow(CLOCK_REALTIME)};
  const Result<int> count = capture.dispatch(kDispatchLimit, onFrame, &round);
  collector_.publish();
  if (count && !dropsDueAt_) dropsDueAt_ = now + kDropsInterval;
  return count;
}

void PcapReceiver::noteFailure(const SystemError& error) {
  {
    const std::lock_guard lock{mutex_};
    if (!failure_) failure_ = error;
  }
  collector_.publish();  // Wakes the engine, so that it learns of it.
}

void PcapReceiver::readDropsWhenDue(Nanos now) {
  if (!dropsDueAt_ || now < *dropsDueAt_) return;
  dropsDueAt_.reset();
  for (const auto& capture : captures_) {
    const Capture::Drops drops = capture->takeDrops();
    kernelDrops_.add(drops.kernel);
    interfaceDrops_.add(drops.interface);
  }
}

}  // namespace halfopen
