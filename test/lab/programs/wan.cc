// A long, bad cable: carries frames between two devices, late, and not all of them.
//
// Usage: wan DEVICE DEVICE [KEY=VALUE...]
//
//   seed=N            of all chances, default 1: the n-th packet of a direction meets the same fate
//                     in every run
//
// The rest is said for each direction: `there.` is from the first device to the second, `back.` the
// other way. Shares are in millionths, times in microseconds.
//
//   delay=T           on the way
//   jitter=T          the delay wanders by up to so much either way, slower than packets would
//                     overtake each other
//   reorder=1         each packet has its own delay within the jitter, and may overtake
//   loss=SHARE        of packets, each by its own chance
//   burst-begin=SHARE the chance that a packet begins a burst of loss (Gilbert's model)
//   burst-end=SHARE   the chance that a packet within the burst ends it
//   duplicate=SHARE   of packets come twice
//   rate=N            packets a second through a bottleneck, which comes after the loss
//   queue=N           packets that may wait before it, default 1000; further ones are dropped
//
// What the link itself needs (ARP, neighbor discovery) is delayed and meets none of the rest.
// Frames keep what the kernel knows of them beside their bytes, such as a checksum yet to be filled
// in (PACKET_VNET_HDR).
//
// Time: a frame's delay begins when the kernel saw it. The loop runs at most once a tick, so frames
// leave up to a tick late, and sleeps in between, so that it costs the scanner little.
//
// Prints "ready" when it carries. At SIGTERM prints its counts as one line of JSON and ends; ends
// with its parent too.

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace {

using Nanos = std::int64_t;

constexpr Nanos kSecond = 1'000'000'000;
constexpr Nanos kMicro = 1'000;
constexpr Nanos kTick = 100 * kMicro;
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::size_t kBatch = 64;

constexpr std::size_t kMetadata = 10;  // A virtio_net_hdr; its header file is C, and no C++.
constexpr std::size_t kSlot =
    2048;  // Holds a frame of the usual 1514 bytes and the kernel's notes.
constexpr std::size_t kSlots = 16'384;
constexpr std::size_t kBlock = 1U << 20;

[[noreturn]] void fail(const std::string& problem) {
  std::fprintf(stderr, "wan: %s\n", problem.c_str());
  std::exit(1);
}

[[noreturn]] void failIn(const std::string& operation) {
  fail(operation + ": " + std::strerror(errno));
}

Nanos toNanos(const timespec& time) { return time.tv_sec * kSecond + time.tv_nsec; }

timespec toTimespec(Nanos time) {
  return {.tv_sec = static_cast<time_t>(time / kSecond),
          .tv_nsec = static_cast<long>(time % kSecond)};
}

Nanos readClock(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return toNanos(time);
}

// What to add to a time of the wall clock, in which the kernel stamps frames.
Nanos readWallClockOffset() {
  for (;;) {
    const Nanos before = readClock(CLOCK_MONOTONIC);
    const Nanos wall = readClock(CLOCK_REALTIME);
    const Nanos after = readClock(CLOCK_MONOTONIC);
    if (after - before < 5 * kMicro) return before + (after - before) / 2 - wall;
  }
}

// What befalls the packets of one direction.
struct Path {
  Nanos delay = 0;
  Nanos jitter = 0;
  bool reorders = false;
  std::int64_t loss = 0;
  std::int64_t burstBegin = 0;
  std::int64_t burstEnd = kMillion;
  std::int64_t duplicate = 0;
  std::int64_t rate = 0;
  std::int64_t queue = 1000;
};

// One kind of chance, with random numbers of its own: what is asked of one does not shift another.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  bool strikes(std::int64_t millionths) { return numberBelow(kMillion) < millionths; }

  // Evenly from `-limit` to `limit`.
  Nanos within(Nanos limit) { return numberBelow(2 * limit + 1) - limit; }

 private:
  std::int64_t numberBelow(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }

  std::mt19937_64 random_;
};

// Loss by each packet's own chance, and in bursts.
class Loss {
 public:
  Loss(const Path& path, std::uint64_t seed) : path_(path), single_(seed), burst_(seed + 1) {}

  bool takesNext() {
    const bool turns = burst_.strikes(inBurst_ ? path_.burstEnd : path_.burstBegin);
    if (turns) inBurst_ = !inBurst_;
    return single_.strikes(path_.loss) || inBurst_;
  }

 private:
  const Path& path_;
  Chance single_;
  Chance burst_;
  bool inBurst_ = false;
};

// Where packets queue for a slow link, first come, first served.
class Bottleneck {
 public:
  explicit Bottleneck(const Path& path)
      : interval_(path.rate == 0 ? 0 : kSecond / path.rate), queue_(path.queue) {}

  // When a packet that arrives now is through; nothing when there is no room for it.
  std::optional<Nanos> pass(Nanos now) {
    if (freeAt_ > now + interval_ * queue_) return std::nullopt;
    freeAt_ = std::max(now, freeAt_) + interval_;
    return freeAt_;
  }

 private:
  Nanos interval_;
  Nanos queue_;
  Nanos freeAt_ = 0;
};

// A delay that wanders: straight lines between random points, flat enough (a slope of at most one
// half) that of two packets the first stays the first.
class Wander {
 public:
  Wander(Nanos limit, std::uint64_t seed)
      : limit_(limit), interval_(std::max<Nanos>(4 * limit, 1)), chance_(seed) {}

  Nanos at(Nanos now) {
    if (limit_ == 0) return 0;
    if (now >= end_ + interval_) end_ = now - interval_;  // After a pause, or at the start.
    while (now >= end_) {
      end_ += interval_;
      from_ = std::exchange(to_, chance_.within(limit_));
    }
    return to_ + (from_ - to_) * (end_ - now) / interval_;
  }

 private:
  Nanos limit_;
  Nanos interval_;
  Chance chance_;
  Nanos end_ = 0;
  Nanos from_ = 0;
  Nanos to_ = 0;
};

// A frame as the kernel gave it: a virtio_net_hdr, then the bytes on the wire.
struct Frame {
  std::unique_ptr<std::uint8_t[]> bytes;
  std::size_t length;

  explicit Frame(std::span<const std::uint8_t> source)
      : bytes(std::make_unique_for_overwrite<std::uint8_t[]>(source.size())),
        length(source.size()) {
    std::copy(source.begin(), source.end(), bytes.get());
  }
};

// What a link needs to work at all: anything but IP, such as ARP, and the neighbor discovery and
// group reports of IPv6.
bool isLinkTraffic(std::span<const std::uint8_t> frame) {
  constexpr std::size_t kTypeAt = 2 * ETH_ALEN;
  constexpr std::size_t kNextHeaderAt = 6;
  constexpr std::size_t kIcmpAt = 40;
  constexpr std::uint8_t kRouterSolicitation = 133;
  constexpr std::uint8_t kRedirect = 137;
  const int type = frame[kTypeAt] << 8 | frame[kTypeAt + 1];
  if (type != ETH_P_IPV6) return type != ETH_P_IP;
  const auto packet = frame.subspan(ETH_HLEN);
  if (packet.size() <= kIcmpAt) return false;
  if (packet[kNextHeaderAt] == IPPROTO_HOPOPTS) return true;
  return packet[kNextHeaderAt] == IPPROTO_ICMPV6 && packet[kIcmpAt] >= kRouterSolicitation &&
         packet[kIcmpAt] <= kRedirect;
}

struct Counts {
  std::uint64_t received = 0;
  std::uint64_t forwarded = 0;
  std::uint64_t lost = 0;
  std::uint64_t dropped = 0;
  std::uint64_t duplicated = 0;
  std::uint64_t oversized = 0;
  std::uint64_t unsent = 0;
  Nanos latenessTotal = 0;
  Nanos latest = 0;
};

// An end of the cable: a device whose frames come through memory shared with the kernel.
class Port {
 public:
  explicit Port(const char* device)
      : socket_(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    if (socket_ < 0) failIn("socket");
    set(PACKET_VERSION, static_cast<int>(TPACKET_V2));
    set(PACKET_VNET_HDR, 1);
    set(PACKET_IGNORE_OUTGOING, 1);
    set(PACKET_QDISC_BYPASS, 1);
    const tpacket_req ring{.tp_block_size = kBlock,
                           .tp_block_nr = kSlot * kSlots / kBlock,
                           .tp_frame_size = kSlot,
                           .tp_frame_nr = kSlots};
    set(PACKET_RX_RING, ring);
    void* const memory =
        mmap(nullptr, kSlot * kSlots, PROT_READ | PROT_WRITE, MAP_SHARED, socket_, 0);
    if (memory == MAP_FAILED) failIn("mmap");
    slots_ = static_cast<std::uint8_t*>(memory);

    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_ALL);
    address.sll_ifindex = static_cast<int>(if_nametoindex(device));
    if (address.sll_ifindex == 0) fail(std::string("no such device: ") + device);
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      failIn("bind");
    }
  }

  [[nodiscard]] int socket() const { return socket_; }

  // Calls `take(bytes, time, isWhole)` for each frame that came; `time` is of the wall clock.
  template <typename Take>
  void receive(Take take) {
    for (;;) {
      std::uint8_t* const slot = slots_ + next_ * kSlot;
      auto& header = *reinterpret_cast<tpacket2_hdr*>(slot);
      const std::atomic_ref status(header.tp_status);
      if ((status.load(std::memory_order_acquire) & TP_STATUS_USER) == 0) return;
      take(std::span<const std::uint8_t>(slot + header.tp_mac - kMetadata,
                                         header.tp_snaplen + kMetadata),
           header.tp_sec * kSecond + header.tp_nsec, header.tp_snaplen == header.tp_len);
      status.store(TP_STATUS_KERNEL, std::memory_order_release);
      next_ = (next_ + 1) % kSlots;
    }
  }

  // Frames that found the shared memory full.
  [[nodiscard]] std::uint64_t readMissed() const {
    tpacket_stats stats{};
    socklen_t length = sizeof stats;
    if (getsockopt(socket_, SOL_PACKET, PACKET_STATISTICS, &stats, &length) != 0) {
      failIn("PACKET_STATISTICS");
    }
    return stats.tp_drops;
  }

 private:
  template <typename Value>
  void set(int option, const Value& value) {
    if (setsockopt(socket_, SOL_PACKET, option, &value, sizeof value) != 0) {
      failIn("setsockopt " + std::to_string(option));
    }
  }

  int socket_;
  std::uint8_t* slots_ = nullptr;
  std::size_t next_ = 0;
};

// All that is under way from one port to the other.
class Direction {
 public:
  Direction(const Path& path, std::uint64_t seed, Port& from, Port& to)
      : path_(path),
        from_(from),
        to_(to),
        loss_(path_, seed),
        bottleneck_(path_),
        wander_(path_.jitter, seed + 2),
        jitter_(seed + 2),
        duplication_(seed + 3) {}

  Direction(const Direction&) = delete;
  Direction& operator=(const Direction&) = delete;

  void receive() {
    const Nanos offset = readWallClockOffset();
    from_.receive([&](std::span<const std::uint8_t> bytes, Nanos time, bool isWhole) {
      lastArrival_ = std::max(lastArrival_, time + offset);
      if (isWhole) {
        admit(bytes, lastArrival_);
      } else {
        ++counts_.oversized;
      }
    });
  }

  void sendDue() {
    std::array<mmsghdr, kBatch> messages{};
    std::array<iovec, kBatch> pieces{};
    const Nanos now = readClock(CLOCK_MONOTONIC);
    while (!underWay_.empty() && underWay_.begin()->first <= now) {
      std::size_t count = 0;
      auto end = underWay_.begin();
      for (; count < kBatch && end != underWay_.end() && end->first <= now; ++end, ++count) {
        pieces[count] = {.iov_base = end->second.bytes.get(), .iov_len = end->second.length};
        messages[count].msg_hdr.msg_iov = &pieces[count];
        messages[count].msg_hdr.msg_iovlen = 1;
        counts_.latenessTotal += now - end->first;
        counts_.latest = std::max(counts_.latest, now - end->first);
      }
      send({messages.data(), count});
      underWay_.erase(underWay_.begin(), end);
    }
  }

  // When the next frame is to leave.
  [[nodiscard]] std::optional<Nanos> nextDue() const {
    if (underWay_.empty()) return std::nullopt;
    return underWay_.begin()->first;
  }

  void print(const char* name) const {
    const auto count = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    const std::uint64_t left = counts_.forwarded + counts_.unsent;
    std::printf(
        "\"%s\":{\"received\":%llu,\"forwarded\":%llu,\"lost\":%llu,\"dropped\":%llu,"
        "\"duplicated\":%llu,\"oversized\":%llu,\"missed\":%llu,\"unsent\":%llu,"
        "\"meanLateness\":%.3f,\"latest\":%.3f}",
        name, count(counts_.received), count(counts_.forwarded), count(counts_.lost),
        count(counts_.dropped), count(counts_.duplicated), count(counts_.oversized),
        count(from_.readMissed()), count(counts_.unsent),
        static_cast<double>(counts_.latenessTotal) /
            static_cast<double>(std::max<std::uint64_t>(left, 1)) / 1e6,
        static_cast<double>(counts_.latest) / 1e6);
  }

 private:
  void admit(std::span<const std::uint8_t> bytes, Nanos arrival) {
    if (isLinkTraffic(bytes.subspan(kMetadata))) {
      underWay_.emplace(arrival + path_.delay, bytes);
      return;
    }

    ++counts_.received;
    if (loss_.takesNext()) {
      ++counts_.lost;
      return;
    }

    const int copies = duplication_.strikes(path_.duplicate) ? 2 : 1;
    counts_.duplicated += copies - 1;
    for (int copy = 0; copy < copies; ++copy) {
      const std::optional<Nanos> passed = bottleneck_.pass(arrival);
      if (passed) {
        underWay_.emplace_hint(underWay_.end(), *passed + delayOf(*passed), bytes);
      } else {
        ++counts_.dropped;
      }
    }
  }

  Nanos delayOf(Nanos departure) {
    return path_.delay + (path_.reorders ? jitter_.within(path_.jitter) : wander_.at(departure));
  }

  void send(std::span<mmsghdr> messages) {
    while (!messages.empty()) {
      const int sent = sendmmsg(to_.socket(), messages.data(), messages.size(), 0);
      if (sent <= 0) {
        if (errno == EINTR) continue;
        ++counts_.unsent;
        messages = messages.subspan(1);
        continue;
      }
      counts_.forwarded += sent;
      messages = messages.subspan(sent);
    }
  }

  Path path_;
  Port& from_;
  Port& to_;
  Loss loss_;
  Bottleneck bottleneck_;
  Wander wander_;
  Chance jitter_;
  Chance duplication_;
  Nanos lastArrival_ = 0;
  std::multimap<Nanos, Frame> underWay_;
  Counts counts_;
};

volatile sig_atomic_t isStopped = 0;

// A cable does not wait for a turn on the processor; where that is not granted it does what it can.
void hurry() {
  const sched_param first{.sched_priority = 1};
  sched_setscheduler(0, SCHED_FIFO, &first);
  prctl(PR_SET_TIMERSLACK, 1);
}

// Carries until SIGTERM, which comes through only while waiting.
void carry(Direction& there, Direction& back, std::array<pollfd, 2> ends, const sigset_t& signals) {
  Nanos turn = readClock(CLOCK_MONOTONIC);
  while (isStopped == 0) {
    there.receive();
    back.receive();
    there.sendDue();
    back.sendDue();

    constexpr Nanos kNever = 3600 * kSecond;
    const Nanos due =
        std::min(there.nextDue().value_or(turn + kNever), back.nextDue().value_or(turn + kNever));
    const timespec wait = toTimespec(std::max<Nanos>(due - readClock(CLOCK_MONOTONIC), 0));
    ppoll(ends.data(), ends.size(), &wait, &signals);
    const timespec nextTurn = toTimespec(turn + kTick);
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &nextTurn, nullptr);
    turn = readClock(CLOCK_MONOTONIC);
  }
}

std::int64_t parseNumber(std::string_view option, std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) {
    fail("expected a number after " + std::string(option) + "=, got " + std::string(text));
  }
  return value;
}

struct Options {
  std::uint64_t seed = 1;
  Path there;
  Path back;
};

void setPath(Path& path, std::string_view key, std::int64_t value) {
  if (key == "delay")
    path.delay = value * kMicro;
  else if (key == "jitter")
    path.jitter = value * kMicro;
  else if (key == "reorder")
    path.reorders = value != 0;
  else if (key == "loss")
    path.loss = value;
  else if (key == "burst-begin")
    path.burstBegin = value;
  else if (key == "burst-end")
    path.burstEnd = value;
  else if (key == "duplicate")
    path.duplicate = value;
  else if (key == "rate")
    path.rate = value;
  else if (key == "queue")
    path.queue = value;
  else
    fail("no such option: " + std::string(key));
}

Options parseOptions(std::span<char*> arguments) {
  Options options;
  for (const std::string_view argument : arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string_view::npos) fail("expected KEY=VALUE, got " + std::string(argument));
    const std::string_view key = argument.substr(0, equals);
    const std::int64_t value = parseNumber(key, argument.substr(equals + 1));
    if (key == "seed")
      options.seed = static_cast<std::uint64_t>(value);
    else if (key.starts_with("there."))
      setPath(options.there, key.substr(6), value);
    else if (key.starts_with("back."))
      setPath(options.back, key.substr(5), value);
    else
      fail("no such option: " + std::string(key));
  }
  for (const Path& path : {options.there, options.back}) {
    if (path.jitter > path.delay) fail("expected no more jitter than delay");
  }
  return options;
}

sigset_t holdBackSigterm() {
  struct sigaction action{};
  action.sa_handler = [](int) { isStopped = 1; };
  sigaction(SIGTERM, &action, nullptr);
  sigset_t sigterm;
  sigset_t before;
  sigemptyset(&sigterm);
  sigaddset(&sigterm, SIGTERM);
  sigprocmask(SIG_BLOCK, &sigterm, &before);
  return before;
}

}  // namespace

int main(int count, char** arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (count < 3) {
    std::fputs("usage: wan DEVICE DEVICE [KEY=VALUE...]\n", stderr);
    return 2;
  }

  const Options options =
      parseOptions(std::span(arguments, static_cast<std::size_t>(count)).subspan(3));
  const sigset_t signals = holdBackSigterm();
  Port first(arguments[1]);
  Port second(arguments[2]);
  Direction there(options.there, options.seed * 8, first, second);
  Direction back(options.back, options.seed * 8 + 4, second, first);
  hurry();

  std::puts("ready");
  std::fflush(stdout);
  carry(there, back,
        {{{.fd = first.socket(), .events = POLLIN, .revents = 0},
          {.fd = second.socket(), .events = POLLIN, .revents = 0}}},
        signals);

  std::printf("{");
  there.print("there");
  std::printf(",");
  back.print("back");
  std::printf("}\n");
}
