// Ends a native thread's sleep: an eventfd to poll together with whatever else it waits for.
//
// Threads: `signal` from any; the rest from the one that sleeps.
#pragma once

#include <optional>

#include "io/linux/file_descriptor.h"
#include "io/monotonic_clock.h"
#include "io/result.h"

namespace halfopen {

class Wakeup {
 public:
  [[nodiscard]] static Result<Wakeup> open();

  void signal() const noexcept;

  // Forgets the signals so far. Call it before looking at what they were about.
  void clear() const noexcept;

  // Sleeps until a signal, or for `timeout` at the most; forgets the signals so far.
  void await(std::optional<Nanos> timeout) const noexcept;

  [[nodiscard]] int descriptor() const noexcept { return descriptor_.get(); }

 private:
  explicit Wakeup(FileDescriptor descriptor) noexcept : descriptor_(std::move(descriptor)) {}

  FileDescriptor descriptor_;
};

}  // namespace halfopen
