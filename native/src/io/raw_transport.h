// Everything native that one scan uses: its senders, its receiver, and their threads.
//
// Threads: all calls come from the thread that opened it. `stop` ends all others and `close` joins
// them; until then the memory of the rings and the bell must live.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "io/linux/route_monitor.h"
#include "io/path_table.h"
#include "io/pcap/pcap_receiver.h"
#include "io/reply_collector.h"
#include "io/send_loop.h"
#include "io/shared_pacer.h"

namespace halfopen {

struct TransportCounts {
  SendCounts sent;
  ReceiveCounts received;
  std::uint64_t kernelDrops;
  std::uint64_t interfaceDrops;
  std::uint64_t traceLost;
};

// Where packets go.
enum class Destination : std::uint8_t {
  kNetwork,
  kNowhere,  // Built and dropped: no socket is opened, nothing captured.
  kEcho,     // The same, and each is answered by a SYN/ACK. For one sender thread.
};

class RawTransport {
 public:
  struct Config {
    ProbeEncoding encoding;
    std::vector<Ring<ProbeRecord>> probes;  // Each has a sender thread of its own.
    Ring<ReplyRecord> replies;
    std::optional<std::string> device;  // Where every probe leaves, whatever the routes say.
    Destination destination;
    std::uint32_t batch;
    int captureBufferBytes;
  };

  // `bell` outlives the transport.
  [[nodiscard]] static Result<std::unique_ptr<RawTransport>> open(const Config& config, Bell& bell);

  RawTransport(const RawTransport&) = delete;
  RawTransport& operator=(const RawTransport&) = delete;
  ~RawTransport() { close(); }

  // As those of PathTable. What comes to the source of a path is for us from then on.
  [[nodiscard]] bool setPath(std::uint32_t id, const OutgoingPath& path);
  void clearPath(std::uint32_t id) noexcept { paths_.clear(id); }

  // Captures replies on this interface too, from before it returns.
  [[nodiscard]] std::optional<SystemError> capture(const std::string& device);

  // Whether routes or interfaces changed since the last call.
  [[nodiscard]] bool takeRouteChange() noexcept { return routes_ && routes_->takeChange(); }

  // Packets per second of all senders together, or infinity.
  void setRate(double packetsPerSecond) noexcept;

  // Says that this ring, a number in the order of `Config::probes`, has probes for a sleeper.
  void wakeSender(std::size_t ring) noexcept { senders_[ring]->loop->wake(); }

  // Where traces go: of each sender, in the order of `Config::probes`, and of the receiver. Once,
  // before the first `setTracing`.
  void attachTraces(std::span<const Ring<PacketRecord>> sent, Ring<PacketRecord> received) noexcept;
  // Copies packets into the traces from now on, or no more.
  void setTracing(bool isOn) noexcept;

  [[nodiscard]] TransportCounts counts() const noexcept;
  [[nodiscard]] std::optional<SystemError> failure() const;

  // Sends and receives no more. The threads end by themselves, and close their sockets, which takes
  // the kernel a while: one that captures 30 ms. Safe to call twice.
  void stop() noexcept;

  // Stops, and returns when all threads have ended. Safe to call twice.
  void close() noexcept;

 private:
  // What one sender thread uses.
  struct SenderThread {
    std::unique_ptr<Sender> rawIp;
    std::unique_ptr<Sender> packet;
    Wakeup wakeup;
    std::unique_ptr<SendLoop> loop;
    std::thread thread;
  };

  explicit RawTransport(const Config& config) noexcept : pacer_(config.batch) {}

  [[nodiscard]] std::optional<SystemError> openReceiver(const Config& config, Bell& bell);
  [[nodiscard]] std::optional<SystemError> openSender(const Config& config,
                                                      Ring<ProbeRecord> probes, Bell& bell);
  [[nodiscard]] Result<std::unique_ptr<Sender>> openRawIp(const Config& config);
  [[nodiscard]] Result<std::unique_ptr<Sender>> openPacket(const Config& config);
  // A sender that the kernel knows nothing of.
  [[nodiscard]] std::unique_ptr<Sender> makeUnreal(Destination destination);
  [[nodiscard]] std::optional<SystemError> start();
  // That of what is received; null when nothing is.
  [[nodiscard]] PacketTracer* receivedTracer() const noexcept;

  PathTable paths_;
  OwnAddresses own_;
  std::optional<RouteMonitor> routes_;  // None without a network, or where nobody may listen.
  SharedPacer pacer_;
  // One of them, by the destination; none when there is nothing to receive.
  std::unique_ptr<PcapReceiver> receiver_;
  std::unique_ptr<ReplyCollector> echo_;
  std::vector<std::unique_ptr<SenderThread>> senders_;
  std::thread receiverThread_;
};

// Why raw packets cannot be sent or captured here, if so.
[[nodiscard]] std::optional<SystemError> rawPacketProblem();

}  // namespace halfopen
