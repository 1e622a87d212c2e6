// Tells when routes, interfaces or their addresses change (rtnetlink(7)).
//
// Threads: JavaScript's.
#pragma once

#include "io/linux/file_descriptor.h"
#include "io/result.h"

namespace halfopen {

class RouteMonitor {
 public:
  [[nodiscard]] static Result<RouteMonitor> open();

  // Whether anything changed since the last call. Never blocks.
  [[nodiscard]] bool takeChange() noexcept;

 private:
  explicit RouteMonitor(FileDescriptor socket) noexcept : socket_(std::move(socket)) {}

  FileDescriptor socket_;
};

}  // namespace halfopen
