#include "io/linux/route_monitor.h"

#include <doctest/doctest.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstring>
#include <thread>

namespace halfopen {

namespace {

// Brings the loopback interface of a network namespace up.
bool bringUp() {
  const FileDescriptor socket{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP;
  return ::ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0;
}

}  // namespace

TEST_CASE("an interface that comes up is a change, once, and nothing else is one") {
  // A thread may have a network of its own. Where that is forbidden there is nothing to test.
  std::thread{[] {
    if (::unshare(CLONE_NEWNET) != 0) return;
    Result<RouteMonitor> monitor = RouteMonitor::open();
    CHECK(monitor);
    if (!monitor) return;
    CHECK_FALSE(monitor->takeChange());
    CHECK(bringUp());
    CHECK(monitor->takeChange());
    CHECK_FALSE(monitor->takeChange());
  }}.join();
}

}  // namespace halfopen
