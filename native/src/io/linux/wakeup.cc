#include "io/linux/wakeup.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <cerrno>

namespace halfopen {

Result<Wakeup> Wakeup::open() {
  const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0) return SystemError{"eventfd", errno};
  return Wakeup{FileDescriptor{descriptor}};
}

// Cannot fail: a counter that is full is as good as one more.
void Wakeup::signal() const noexcept { eventfd_write(descriptor_.get(), 1); }

void Wakeup::clear() const noexcept {
  eventfd_t ignored;
  eventfd_read(descriptor_.get(), &ignored);
}

void Wakeup::await(std::optional<Nanos> timeout) const noexcept {
  pollfd polled{descriptor_.get(), POLLIN, 0};
  const timespec limit = toTimespec(timeout.value_or(0));
  ::ppoll(&polled, 1, timeout ? &limit : nullptr, nullptr);
  if (polled.revents != 0) clear();
}

}  // namespace halfopen
