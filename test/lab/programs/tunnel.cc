// A cable between two namespaces whose ends have no link-layer address: two tun devices and a loop
// that carries packets from each to the other.
//
// Usage: tunnel NAMESPACE DEVICE NAMESPACE DEVICE
//   NAMESPACE is a name of `ip netns`.
// Prints "ready" when both devices exist; they go when the program does. Ends with its parent.

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

constexpr std::size_t kLongestPacket = 65'536;

[[noreturn]] void fail(const char* operation) {
  std::perror(operation);
  std::exit(1);
}

void enterNamespace(const std::string& name) {
  const int handle = open(("/run/netns/" + name).c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) fail("open namespace");
  if (setns(handle, CLONE_NEWNET) != 0) fail("setns");
  close(handle);
}

int openTunnel(const char* device) {
  const int handle = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (handle < 0) fail("open /dev/net/tun");
  ifreq request{};
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
  if (ioctl(handle, TUNSETIFF, &request) != 0) fail("TUNSETIFF");
  return handle;
}

// Packets that the other end has no room for are lost, as on any link.
void carry(int from, int to) {
  static std::array<std::uint8_t, kLongestPacket> packet;
  for (;;) {
    const ssize_t length = read(from, packet.data(), packet.size());
    if (length <= 0) return;
    if (write(to, packet.data(), static_cast<std::size_t>(length)) < 0) continue;
  }
}

}  // namespace

int main(int count, char** arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (count != 5) {
    std::fputs("usage: tunnel NAMESPACE DEVICE NAMESPACE DEVICE\n", stderr);
    return 2;
  }

  enterNamespace(arguments[1]);
  const int first = openTunnel(arguments[2]);
  enterNamespace(arguments[3]);
  const int second = openTunnel(arguments[4]);

  std::puts("ready");
  std::fflush(stdout);

  std::array<pollfd, 2> ends{{{.fd = first, .events = POLLIN, .revents = 0},
                              {.fd = second, .events = POLLIN, .revents = 0}}};
  for (;;) {
    if (poll(ends.data(), ends.size(), -1) < 0) fail("poll");
    carry(first, second);
    carry(second, first);
  }
}
