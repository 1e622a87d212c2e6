// Everything native that one scan uses: its senders, its receiver, and their two threads.
//
// Threads: all calls come from the thread that opened it. `close` ends and joins both threads;
// until then the memory of the rings and the bell must live.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "io/linux/packet_sender.h"
#include "io/linux/raw_ip_sender.h"
#include "io/path_table.h"
#include "io/pcap/pcap_receiver.h"
#include "io/send_loop.h"

namespace halfopen {

struct TransportCounts {
  SendCounts sent;
  ReceiveCounts received;
  std::uint64_t kernelDrops;
  std::uint64_t traceLost;
};

class RawTransport {
 public:
  struct Config {
    ProbeEncoding encoding;
    Ring<ProbeRecord> probes;
    Ring<ReplyRecord> replies;
    std::optional<Ring<PacketRecord>> sentTrace;
    std::optional<Ring<PacketRecord>> receivedTrace;
    std::optional<std::string> device;  // Where every probe leaves, whatever the routes say.
    std::uint32_t batch;
    int captureBufferBytes;
  };

  // `bell` outlives the transport.
  [[nodiscard]] static Result<std::unique_ptr<RawTransport>> open(const Config& config, Bell& bell);

  RawTransport(const RawTransport&) = delete;
  RawTransport& operator=(const RawTransport&) = delete;
  ~RawTransport() { close(); }

  [[nodiscard]] PathTable& paths() noexcept { return paths_; }

  // Captures replies on this interface too, from before it returns.
  [[nodiscard]] std::optional<SystemError> capture(const std::string& device) {
    return receiver_->add(device);
  }

  void setRate(double packetsPerSecond) noexcept { sendLoop_->setRate(packetsPerSecond); }
  void wakeSender() noexcept { sendLoop_->wake(); }

  [[nodiscard]] TransportCounts counts() const noexcept;
  [[nodiscard]] std::optional<SystemError> failure() const { return receiver_->failure(); }

  // Returns when both threads have ended. Safe to call twice.
  void close() noexcept;

 private:
  RawTransport(std::unique_ptr<RawIpSender> rawIp, std::unique_ptr<PacketSender> packet,
               std::unique_ptr<PcapReceiver> receiver, Wakeup senderWakeup, const Config& config,
               Bell& bell);

  [[nodiscard]] std::optional<SystemError> start();

  PathTable paths_;
  std::unique_ptr<RawIpSender> rawIp_;
  std::unique_ptr<PacketSender> packet_;
  std::unique_ptr<PcapReceiver> receiver_;
  Wakeup senderWakeup_;
  std::unique_ptr<SendLoop> sendLoop_;
  std::thread senderThread_;
  std::thread receiverThread_;
};

// Why raw packets cannot be sent or captured here, if so.
[[nodiscard]] std::optional<SystemError> rawPacketProblem();

}  // namespace halfopen
