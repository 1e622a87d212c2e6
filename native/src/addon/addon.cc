// What JavaScript can load: the table of contents of the addon.
// packages/native/src/native.ts declares every export with its documentation.
#include <napi.h>

#include "addon/errors.h"
#include "addon/layouts.h"
#include "addon/routing.h"
#include "addon/transport_wrap.h"
#include "io/monotonic_clock.h"
#include "io/raw_transport.h"

namespace halfopen {

// The state of one JavaScript environment: a process has one for each worker that loads us.
class Addon : public Napi::Addon<Addon> {
 public:
  Addon(Napi::Env env, Napi::Object exports) {
    DefineAddon(exports, {
                             InstanceValue("layouts", describeLayouts(env)),
                             InstanceValue("NativeTransport", TransportWrap::defineClass(env)),
                             InstanceMethod("now", &Addon::now),
                             InstanceMethod("throwRawPacketProblem", &Addon::throwRawPacketProblem),
                             InstanceMethod("listInterfaces", &Addon::listInterfaces),
                             InstanceMethod("findRoute", &Addon::findRoute),
                             InstanceMethod("readRouteRanges", &Addon::readRouteRanges),
                             InstanceMethod("findNeighbour", &Addon::findNeighbour),
                             InstanceMethod("askNeighbour", &Addon::askNeighbour),
                         });
  }

 private:
  Napi::Value now(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), toMicros(monotonicNow()));
  }

  void throwRawPacketProblem(const Napi::CallbackInfo& info) {
    throwIfFailed(info.Env(), rawPacketProblem());
  }

  Napi::Value listInterfaces(const Napi::CallbackInfo& info) {
    return routing_.listInterfaces(info);
  }
  Napi::Value findRoute(const Napi::CallbackInfo& info) { return routing_.findRoute(info); }
  Napi::Value readRouteRanges(const Napi::CallbackInfo& info) {
    return routing_.readRouteRanges(info);
  }
  Napi::Value findNeighbour(const Napi::CallbackInfo& info) { return routing_.findNeighbour(info); }
  void askNeighbour(const Napi::CallbackInfo& info) { routing_.askNeighbour(info); }

  Routing routing_;
};

NODE_API_ADDON(Addon)

}  // namespace halfopen
