// What the kernel's tables say, for JavaScript: interfaces, routes, neighbours.
#pragma once

#include <napi.h>

#include <optional>

#include "io/linux/netlink.h"

namespace halfopen {

// Threads: the JavaScript thread's.
class Routing {
 public:
  [[nodiscard]] Napi::Value listInterfaces(const Napi::CallbackInfo& info);
  [[nodiscard]] Napi::Value findRoute(const Napi::CallbackInfo& info);
  [[nodiscard]] Napi::Value readRouteRanges(const Napi::CallbackInfo& info);
  [[nodiscard]] Napi::Value findNeighbour(const Napi::CallbackInfo& info);
  void askNeighbour(const Napi::CallbackInfo& info);

 private:
  // Opened by the first question.
  [[nodiscard]] NetlinkSocket& socket(Napi::Env env);

  std::optional<NetlinkSocket> socket_;
};

}  // namespace halfopen
