#include "io/raw_transport.h"

#include <pthread.h>
#include <sys/prctl.h>

#include <csignal>
#include <system_error>
#include <utility>

namespace halfopen {

namespace {

// Lets the sender's short sleeps end on time; the kernel's default adds 50 µs.
constexpr unsigned long kTimerSlackNanos = 1'000;

// Starts a thread that takes no signals: those are for the threads of the host program.
template <typename Work>
Result<std::thread> startThread(const char* name, Work work) {
  sigset_t all;
  sigset_t previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  std::optional<std::thread> thread;
  std::error_code refused;
  try {
    thread.emplace([name, work] {
      pthread_setname_np(pthread_self(), name);
      ::prctl(PR_SET_TIMERSLACK, kTimerSlackNanos);
      work();
    });
  } catch (const std::system_error& error) {
    refused = error.code();
  }
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  if (!thread) return SystemError{"pthread_create", refused.value()};
  return std::move(*thread);
}

}  // namespace

Result<std::unique_ptr<RawTransport>> RawTransport::open(const Config& config, Bell& bell) {
  Result<std::unique_ptr<RawIpSender>> rawIp = RawIpSender::open(config.device);
  if (!rawIp) return rawIp.error();
  Result<std::unique_ptr<PacketSender>> packet = PacketSender::open();
  if (!packet) return packet.error();
  Result<std::unique_ptr<PcapReceiver>> receiver =
      PcapReceiver::open({.probes = config.encoding.marks,
                          .replies = config.replies,
                          .trace = config.receivedTrace,
                          .bufferBytes = config.captureBufferBytes},
                         bell);
  if (!receiver) return receiver.error();
  Result<Wakeup> wakeup = Wakeup::open();
  if (!wakeup) return wakeup.error();

  std::unique_ptr<RawTransport> transport{new RawTransport{std::move(*rawIp), std::move(*packet),
                                                           std::move(*receiver), std::move(*wakeup),
                                                           config, bell}};
  if (const std::optional<SystemError> error = transport->start()) return *error;
  return transport;
}

RawTransport::RawTransport(std::unique_ptr<RawIpSender> rawIp, std::unique_ptr<PacketSender> packet,
                           std::unique_ptr<PcapReceiver> receiver, Wakeup senderWakeup,
                           const Config& config, Bell& bell)
    : rawIp_(std::move(rawIp)),
      packet_(std::move(packet)),
      receiver_(std::move(receiver)),
      senderWakeup_(std::move(senderWakeup)),
      sendLoop_(std::make_unique<SendLoop>(SendLoop::Config{.probes = config.probes,
                                                            .replies = config.replies,
                                                            .trace = config.sentTrace,
                                                            .encoding = config.encoding,
                                                            .batch = config.batch},
                                           paths_, *rawIp_, *packet_, bell, senderWakeup_)) {}

std::optional<SystemError> RawTransport::start() {
  // Each closes its packet sockets itself, at the same time: the kernel takes 10 to 20 ms for one.
  Result<std::thread> sender = startThread("halfopen-send", [this] {
    sendLoop_->run();
    packet_.reset();
  });
  if (!sender) return sender.error();
  senderThread_ = std::move(*sender);
  Result<std::thread> receiver = startThread("halfopen-recv", [this] { receiver_->run(); });
  if (!receiver) return receiver.error();
  receiverThread_ = std::move(*receiver);
  return std::nullopt;
}

TransportCounts RawTransport::counts() const noexcept {
  return {
      .sent = sendLoop_->counts(),
      .received = receiver_->counts(),
      .kernelDrops = receiver_->kernelDrops(),
      .traceLost = sendLoop_->traceLost() + receiver_->traceLost(),
  };
}

void RawTransport::close() noexcept {
  sendLoop_->stop();
  receiver_->stop();
  if (senderThread_.joinable()) senderThread_.join();
  if (receiverThread_.joinable()) receiverThread_.join();
}

// AF_PACKET needs the same capability, and closing such a socket takes the kernel 10 ms.
std::optional<SystemError> rawPacketProblem() {
  if (Result<std::unique_ptr<RawIpSender>> sender = RawIpSender::open(std::nullopt); !sender) {
    return sender.error();
  }
  if (Result<std::shared_ptr<const PcapLibrary>> library = PcapLibrary::load(); !library) {
    return library.error();
  }
  return std::nullopt;
}

}  // namespace halfopen
