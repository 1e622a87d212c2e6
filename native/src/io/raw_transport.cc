#include "io/raw_transport.h"

#include <pthread.h>
#include <sys/prctl.h>

#include <csignal>
#include <system_error>
#include <utility>

#include "io/echo_sender.h"
#include "io/linux/packet_sender.h"
#include "io/linux/raw_ip_sender.h"
#include "io/null_sender.h"

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
  std::unique_ptr<RawTransport> transport{new RawTransport{config}};
  if (const auto error = transport->openReceiver(config, bell)) return *error;
  for (const Ring<ProbeRecord>& probes : config.probes) {
    if (const auto error = transport->openSender(config, probes, bell)) return *error;
  }
  if (const auto error = transport->start()) return *error;
  return transport;
}

std::optional<SystemError> RawTransport::openReceiver(const Config& config, Bell& bell) {
  if (config.destination == Destination::kEcho) {
    echo_ = std::make_unique<ReplyCollector>(config.encoding.marks, nullptr, config.replies, bell);
  }
  if (config.destination != Destination::kNetwork) return std::nullopt;
  Result<std::unique_ptr<PcapReceiver>> receiver =
      PcapReceiver::open({.probes = config.encoding.marks,
                          .own = &own_,
                          .replies = config.replies,
                          .bufferBytes = config.captureBufferBytes},
                         bell);
  if (!receiver) return receiver.error();
  receiver_ = std::move(*receiver);
  if (Result<RouteMonitor> routes = RouteMonitor::open()) routes_.emplace(std::move(*routes));
  return std::nullopt;
}

std::optional<SystemError> RawTransport::openSender(const Config& config, Ring<ProbeRecord> probes,
                                                    Bell& bell) {
  Result<std::unique_ptr<Sender>> rawIp = openRawIp(config);
  if (!rawIp) return rawIp.error();
  Result<std::unique_ptr<Sender>> packet = openPacket(config);
  if (!packet) return packet.error();
  Result<Wakeup> wakeup = Wakeup::open();
  if (!wakeup) return wakeup.error();
  std::unique_ptr<SenderThread> sender{new SenderThread{
      std::move(*rawIp), std::move(*packet), std::move(*wakeup), nullptr, std::thread{}}};
  sender->loop = std::make_unique<SendLoop>(SendLoop::Config{.probes = probes,
                                                             .replies = config.replies,
                                                             .encoding = config.encoding,
                                                             .batch = config.batch},
                                            paths_, pacer_, *sender->rawIp, *sender->packet, bell,
                                            sender->wakeup);
  senders_.push_back(std::move(sender));
  return std::nullopt;
}

Result<std::unique_ptr<Sender>> RawTransport::openRawIp(const Config& config) {
  if (config.destination != Destination::kNetwork) return makeUnreal(config.destination);
  Result<std::unique_ptr<RawIpSender>> opened = RawIpSender::open(config.device);
  if (!opened) return opened.error();
  return std::unique_ptr<Sender>{std::move(*opened)};
}

Result<std::unique_ptr<Sender>> RawTransport::openPacket(const Config& config) {
  if (config.destination != Destination::kNetwork) return makeUnreal(config.destination);
  Result<std::unique_ptr<PacketSender>> opened = PacketSender::open();
  if (!opened) return opened.error();
  return std::unique_ptr<Sender>{std::move(*opened)};
}

std::unique_ptr<Sender> RawTransport::makeUnreal(Destination destination) {
  if (destination == Destination::kEcho) return std::make_unique<EchoSender>(*echo_);
  return std::make_unique<NullSender>();
}

std::optional<SystemError> RawTransport::start() {
  for (const std::unique_ptr<SenderThread>& sender : senders_) {
    // Each thread closes its packet socket itself, all at the same time: the kernel takes 10 to
    // 20 ms for one.
    Result<std::thread> thread = startThread("halfopen-send", [own = sender.get()] {
      own->loop->run();
      own->packet.reset();
    });
    if (!thread) return thread.error();
    sender->thread = std::move(*thread);
  }
  if (!receiver_) return std::nullopt;
  Result<std::thread> receiver = startThread("halfopen-recv", [this] { receiver_->run(); });
  if (!receiver) return receiver.error();
  receiverThread_ = std::move(*receiver);
  return std::nullopt;
}

bool RawTransport::setPath(std::uint32_t id, const OutgoingPath& path) {
  own_.add(path.source());
  if (path.sender() == SenderKind::kPacket) own_.add(path.sourceMac());
  return paths_.set(id, path);
}

std::optional<SystemError> RawTransport::capture(const std::string& device) {
  return receiver_ ? receiver_->add(device) : std::nullopt;
}

void RawTransport::setRate(double packetsPerSecond) noexcept {
  pacer_.setRate(packetsPerSecond);
  for (const auto& sender : senders_) sender->loop->wake();  // From a sleep that the old rate set.
}

void RawTransport::attachTraces(std::span<const Ring<PacketRecord>> sent,
                                Ring<PacketRecord> received) noexcept {
  for (std::size_t index = 0; index < senders_.size(); ++index) {
    senders_[index]->loop->tracer().attach(sent[index]);
  }
  if (PacketTracer* tracer = receivedTracer()) tracer->attach(received);
}

void RawTransport::setTracing(bool isOn) noexcept {
  for (const auto& sender : senders_) sender->loop->tracer().enable(isOn);
  if (PacketTracer* tracer = receivedTracer()) tracer->enable(isOn);
}

PacketTracer* RawTransport::receivedTracer() const noexcept {
  if (receiver_) return &receiver_->tracer();
  return echo_ ? &echo_->tracer() : nullptr;
}

TransportCounts RawTransport::counts() const noexcept {
  TransportCounts counts{};
  for (const auto& sender : senders_) {
    counts.sent += sender->loop->counts();
    counts.traceLost += sender->loop->tracer().lost();
  }
  if (echo_) counts.received = echo_->counts();
  if (receiver_) {
    counts.received = receiver_->counts();
    counts.kernelDrops = receiver_->kernelDrops();
    counts.interfaceDrops = receiver_->interfaceDrops();
  }
  if (const PacketTracer* tracer = receivedTracer()) counts.traceLost += tracer->lost();
  return counts;
}

std::optional<SystemError> RawTransport::failure() const {
  return receiver_ ? receiver_->failure() : std::nullopt;
}

void RawTransport::stop() noexcept {
  for (const auto& sender : senders_) sender->loop->stop();
  if (receiver_) receiver_->stop();
}

void RawTransport::close() noexcept {
  stop();
  for (const auto& sender : senders_) {
    if (sender->thread.joinable()) sender->thread.join();
  }
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
