// Sends numbered UDP datagrams from one namespace to another and tells which arrive, and when.
//
// Usage: datagrams NAMESPACE ADDRESS NAMESPACE COUNT INTERVAL
//   from the first NAMESPACE to ADDRESS, which is in the second; INTERVAL is in microseconds.
// Prints "SEQUENCE SENT ARRIVED" for each arrival, in the order of arrivals and in microseconds
// since the first was sent. Ends when all were sent and for half a second nothing came.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;
using Micros = std::chrono::microseconds;

constexpr std::uint16_t kPort = 40'000;
constexpr int kBuffer = 64 << 20;  // No arrival is to be lost here.
constexpr Micros kQuiet{500'000};

struct Datagram {
  std::int64_t sequence;
  std::int64_t sent;
};

[[noreturn]] void fail(const char* operation) {
  std::perror(operation);
  std::exit(1);
}

// A socket stays in the namespace in which it was made.
int openSocketIn(const std::string& name) {
  const int handle = open(("/run/netns/" + name).c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) fail("open namespace");
  if (setns(handle, CLONE_NEWNET) != 0) fail("setns");
  close(handle);
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) fail("socket");
  setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &kBuffer, sizeof kBuffer);
  return socket;
}

void listenOn(int socket) {
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_port = htons(kPort);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&any), sizeof any) != 0) fail("bind");
}

void connectTo(int socket, const char* address) {
  sockaddr_in target{};
  target.sin_family = AF_INET;
  target.sin_port = htons(kPort);
  if (inet_pton(AF_INET, address, &target.sin_addr) != 1) fail(address);
  if (connect(socket, reinterpret_cast<const sockaddr*>(&target), sizeof target) != 0) {
    fail("connect");
  }
}

Micros since(Clock::time_point start) {
  return std::chrono::duration_cast<Micros>(Clock::now() - start);
}

// Whether anything arrived.
bool printArrivals(int socket, Clock::time_point start) {
  bool any = false;
  Datagram datagram{};
  while (recv(socket, &datagram, sizeof datagram, 0) == sizeof datagram) {
    std::printf("%lld %lld %lld\n", static_cast<long long>(datagram.sequence),
                static_cast<long long>(datagram.sent),
                static_cast<long long>(since(start).count()));
    any = true;
  }
  return any;
}

}  // namespace

int main(int count, char** arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (count != 6) {
    std::fputs("usage: datagrams NAMESPACE ADDRESS NAMESPACE COUNT INTERVAL\n", stderr);
    return 2;
  }

  const int receiver = openSocketIn(arguments[3]);
  listenOn(receiver);
  const int sender = openSocketIn(arguments[1]);
  connectTo(sender, arguments[2]);
  const std::int64_t total = std::atoll(arguments[4]);
  const Micros interval{std::atoll(arguments[5])};

  const auto start = Clock::now();
  std::int64_t sent = 0;
  Micros lastNews{0};
  while (sent < total || since(start) < lastNews + kQuiet) {
    for (; sent < total && since(start) >= interval * sent; ++sent) {
      const Datagram datagram{.sequence = sent, .sent = since(start).count()};
      if (send(sender, &datagram, sizeof datagram, 0) < 0) fail("send");
      lastNews = since(start);
    }
    if (printArrivals(receiver, start)) lastNews = since(start);
    pollfd news{.fd = receiver, .events = POLLIN, .revents = 0};
    poll(&news, 1, 1);
  }
}
