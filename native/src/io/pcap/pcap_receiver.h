// Receives replies on its own thread, from every interface that probes leave on.
//
// Threads: `run` is the receiver thread's; everything else is called from the thread that made the
// receiver. An interface is opened on that thread too and only then handed over, so when `add`
// returns no reply can be missed. Nothing here calls JavaScript: see io/bell.h.
// Loss: what the kernel dropped because we were slow is in `kernelDrops`, what it never had from an
// interface in `interfaceDrops`.
#pragma once

#include <poll.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "io/counter.h"
#include "io/linux/wakeup.h"
#include "io/monotonic_clock.h"
#include "io/pcap/capture.h"
#include "io/reply_collector.h"
#include "io/result.h"

namespace halfopen {

class PcapReceiver {
 public:
  struct Config {
    MarkConfig probes;
    const OwnAddresses* own;  // Outlives the receiver.
    Ring<ReplyRecord> replies;
    int bufferBytes;  // In the kernel, for each interface.
  };

  [[nodiscard]] static Result<std::unique_ptr<PcapReceiver>> open(const Config& config, Bell& bell);

  // Captures on this interface too. It is not captured on yet.
  [[nodiscard]] std::optional<SystemError> add(const std::string& device);

  void run() noexcept;
  void stop() noexcept;

  [[nodiscard]] ReceiveCounts counts() const noexcept { return collector_.counts(); }
  [[nodiscard]] std::uint64_t kernelDrops() const noexcept { return kernelDrops_.read(); }
  [[nodiscard]] std::uint64_t interfaceDrops() const noexcept { return interfaceDrops_.read(); }
  [[nodiscard]] PacketTracer& tracer() noexcept { return collector_.tracer(); }

  // Why capturing on an interface ended by itself, if one did: the first that did.
  [[nodiscard]] std::optional<SystemError> failure() const;

 private:
  PcapReceiver(std::shared_ptr<const PcapLibrary> library, const Config& config, Bell& bell,
               Wakeup wakeup);

  void adoptAdded();
  void awaitFrames();
  // Returns how many frames there were.
  int drainReadable();
  // Lets more frames come before the next turn when there were many; a signal ends it.
  void gatherAfter(int frames);
  [[nodiscard]] Result<int> drain(Capture& capture);
  void noteFailure(const SystemError& error);
  void readDropsWhenDue(Nanos now);

  std::shared_ptr<const PcapLibrary> library_;
  std::string filter_;
  bool hearsGroups_;
  int bufferBytes_;
  ReplyCollector collector_;
  Wakeup wakeup_;
  std::atomic<bool> isStopping_{false};
  Counter kernelDrops_;
  Counter interfaceDrops_;

  mutable std::mutex mutex_;  // Guards what both threads touch:
  std::vector<std::unique_ptr<Capture>> added_;
  std::optional<SystemError> failure_;

  // The receiver thread's own.
  std::vector<std::unique_ptr<Capture>> captures_;
  std::vector<pollfd> polled_;       // The wakeup, then each of `captures_`.
  std::optional<Nanos> dropsDueAt_;  // When to ask for drops; none while nothing comes.
};

}  // namespace halfopen
