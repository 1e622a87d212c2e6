// The least that sending costs: one thread that hands frames built beforehand to sendmmsg, without
// records, pace, send times or counters. What the sender thread reaches is measured against it.
//
// Usage: halfopen_bare_send DEVICE SOURCE_MAC NEXT_HOP_MAC SOURCE TARGETS/BITS PORTS PACKETS BATCH
//                           [answers]
//
// Sends SYNs to ports 1 to PORTS of each address in turn, PACKETS in all, straight to the driver
// (PACKET_QDISC_BYPASS). With `answers` they are the SYN/ACKs with which those ports answer a scan
// from SOURCE that was opened with the source port 40000 and a key of zeros: what a receiver can
// take. Prints the rate, the CPU time of a packet and how often a queue was full.
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "io/monotonic_clock.h"
#include "io/outgoing_path.h"
#include "probe/cookie.h"

namespace halfopen {

namespace {

constexpr std::size_t kFrameBytes = ethernet_offset::kPayload + kSynBytesV4;
constexpr std::uint32_t kMostFrames = 1 << 20;  // Then the first one follows again.
constexpr std::uint16_t kSourcePort = 40000;
using Frame = std::array<std::uint8_t, kMaxFrameBytes>;

struct Work {
  OutgoingPath path;
  std::uint32_t firstTarget;
  std::uint32_t targets;
  std::uint32_t ports;
  bool isAnswering;
};

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

MacAddress parseMac(const char* text) {
  MacAddress mac{};
  if (std::sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1], &mac[2], &mac[3],
                  &mac[4], &mac[5]) != 6) {
    fail(text);
  }
  return mac;
}

std::uint32_t parseIpv4(const std::string& text) {
  in_addr address;
  if (::inet_pton(AF_INET, text.c_str(), &address) != 1) fail(text.c_str());
  return ntohl(address.s_addr);
}

void writeProbe(const Work& work, const IpAddress& target, std::uint16_t port, Frame& frame) {
  work.path.writeSyn({.target = target,
                      .sourcePort = kSourcePort,
                      .targetPort = port,
                      .sequence = SeqNumber{2654435761u * port},
                      .hopLimit = 64},
                     frame);
}

// The checksum of the SYN stays: a capture does not look at it.
void writeAnswer(const Work& work, const IpAddress& target, std::uint16_t port, Frame& frame) {
  const IpAddress& scanner = work.path.source();
  const std::size_t linkBytes = work.path.writeLinkHeader(frame.data());
  SynTemplate{target}.write({.target = scanner,
                             .sourcePort = port,
                             .targetPort = kSourcePort,
                             .sequence = SeqNumber{1},
                             .hopLimit = 64},
                            std::span{frame}.subspan(linkBytes));
  std::uint8_t* tcp = frame.data() + linkBytes + kMinIpv4HeaderBytes;
  const SeqNumber cookie = Cookie{CookieKey{}}.of(scanner, target, port, 0);
  storeBe32(tcp + tcp_offset::kAcknowledgement, cookie.next().value());
  tcp[tcp_offset::kFlags] = tcp_flag::kSyn | tcp_flag::kAck;
}

std::vector<Frame> buildFrames(const Work& work, std::uint32_t count) {
  std::vector<Frame> frames(std::min(count, kMostFrames));
  for (std::uint32_t index = 0; index < frames.size(); ++index) {
    const auto target = IpAddress::v4(work.firstTarget + index / work.ports % work.targets);
    const auto port = static_cast<std::uint16_t>(1 + index % work.ports);
    if (work.isAnswering) {
      writeAnswer(work, target, port, frames[index]);
    } else {
      writeProbe(work, target, port, frames[index]);
    }
  }
  return frames;
}

int openSocket() {
  const int socket = ::socket(AF_PACKET, SOCK_RAW, 0);
  if (socket < 0) fail("socket(AF_PACKET)");
  const int on = 1;
  const int bytes = 4 << 20;
  if (::setsockopt(socket, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on) != 0 ||
      ::setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes) != 0) {
    fail("setsockopt");
  }
  return socket;
}

// Returns how often the kernel had no room.
std::uint64_t sendAll(int socket, sockaddr_ll address, std::vector<Frame>& frames,
                      std::uint64_t count, unsigned batch) {
  std::vector<iovec> slices(batch);
  std::vector<mmsghdr> messages(batch);
  for (unsigned index = 0; index < batch; ++index) {
    slices[index].iov_len = kFrameBytes;
    msghdr& message = messages[index].msg_hdr;
    message.msg_iov = &slices[index];
    message.msg_iovlen = 1;
    message.msg_name = &address;
    message.msg_namelen = sizeof address;
  }
  std::uint64_t waits = 0;
  for (std::uint64_t sent = 0; sent < count;) {
    const auto size = static_cast<unsigned>(std::min<std::uint64_t>(batch, count - sent));
    for (unsigned index = 0; index < size; ++index) {
      slices[index].iov_base = frames[(sent + index) % frames.size()].data();
    }
    const int taken = ::sendmmsg(socket, messages.data(), size, MSG_DONTWAIT);
    if (taken > 0) {
      sent += static_cast<std::uint64_t>(taken);
    } else if (errno == ENOBUFS || errno == EAGAIN) {
      ++waits;
    } else {
      fail("sendmmsg");
    }
  }
  return waits;
}

int run(char** arguments, bool isAnswering) {
  const char* device = arguments[1];
  const int interfaceIndex = static_cast<int>(::if_nametoindex(device));
  if (interfaceIndex == 0) fail(device);
  const std::string targets = arguments[5];
  const std::size_t slash = targets.find('/');
  const LinkEnds ends{.destination = parseMac(arguments[3]), .source = parseMac(arguments[2])};
  const Work work{
      .path =
          OutgoingPath::overEthernet(IpAddress::v4(parseIpv4(arguments[4])), interfaceIndex, ends),
      .firstTarget = parseIpv4(targets.substr(0, slash)),
      .targets = 1u << (32 - std::stoi(targets.substr(slash + 1))),
      .ports = static_cast<std::uint32_t>(std::atol(arguments[6])),
      .isAnswering = isAnswering,
  };
  const auto count = static_cast<std::uint64_t>(std::atoll(arguments[7]));
  const auto batch = static_cast<unsigned>(std::atoi(arguments[8]));

  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ether_type::kIpv4);
  address.sll_ifindex = interfaceIndex;
  address.sll_halen = kMacBytes;
  std::copy(ends.destination.begin(), ends.destination.end(), address.sll_addr);

  std::vector<Frame> frames =
      buildFrames(work, static_cast<std::uint32_t>(std::min<std::uint64_t>(count, kMostFrames)));
  const int socket = openSocket();
  const Nanos cpuBegun = clockNow(CLOCK_THREAD_CPUTIME_ID);
  const auto begun = std::chrono::steady_clock::now();
  const std::uint64_t waits = sendAll(socket, address, frames, count, batch);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun;
  const Nanos cpu = clockNow(CLOCK_THREAD_CPUTIME_ID) - cpuBegun;
  std::printf("%llu packets in %.4f s: %.0f/s, %.0f ns of CPU each, %llu waits\n",
              static_cast<unsigned long long>(count), elapsed.count(),
              static_cast<double>(count) / elapsed.count(),
              static_cast<double>(cpu) / static_cast<double>(count),
              static_cast<unsigned long long>(waits));
  return 0;
}

}  // namespace

}  // namespace halfopen

int main(int count, char** arguments) {
  const bool isAnswering = count == 10 && std::string{arguments[9]} == "answers";
  if (count != 9 && !isAnswering) {
    std::fprintf(stderr,
                 "Usage: %s DEVICE SOURCE_MAC NEXT_HOP_MAC SOURCE TARGETS/BITS PORTS PACKETS "
                 "BATCH [answers]\n",
                 arguments[0]);
    return 2;
  }
  return halfopen::run(arguments, isAnswering);
}
