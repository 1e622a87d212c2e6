// Open ports: accepts and closes connections on the given TCP ports of every address, IPv4 and
// IPv6.
//
// Usage: listener PORT...
// Prints "ready" when all of them listen. Ends with its parent.

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr int kBacklog = 4096;

[[noreturn]] void fail(const char* operation) {
  std::perror(operation);
  std::exit(1);
}

int listenOn(std::uint16_t port) {
  const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) fail("socket");
  const int on = 1;
  const int off = 0;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("bind");
  if (listen(socket, kBacklog) != 0) fail("listen");
  return socket;
}

void acceptAll(int socket) {
  for (;;) {
    const int connection = accept4(socket, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    close(connection);
  }
}

}  // namespace

int main(int count, char** arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);

  std::vector<pollfd> sockets;
  for (int index = 1; index < count; ++index) {
    const auto port = static_cast<std::uint16_t>(std::strtoul(arguments[index], nullptr, 10));
    sockets.push_back({.fd = listenOn(port), .events = POLLIN, .revents = 0});
  }

  std::puts("ready");
  std::fflush(stdout);

  for (;;) {
    if (poll(sockets.data(), sockets.size(), -1) < 0) fail("poll");
    for (const pollfd& socket : sockets) {
      if (socket.revents != 0) acceptAll(socket.fd);
    }
  }
}
