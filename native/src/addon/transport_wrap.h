// The native half of a transport, as a JavaScript object.
//
// Threads: the JavaScript thread's. Whoever gets rid of this object, be it `close`, the garbage
// collector or the end of the environment, joins the native threads first.
#pragma once

#include <napi.h>

#include <memory>
#include <vector>

#include "addon/doorbell.h"
#include "io/raw_transport.h"

namespace halfopen {

class TransportWrap : public Napi::ObjectWrap<TransportWrap> {
 public:
  [[nodiscard]] static Napi::Function defineClass(Napi::Env env);

  // Arguments: options, and the function that the bell calls. See packages/native/src/native.ts.
  explicit TransportWrap(const Napi::CallbackInfo& info);
  ~TransportWrap() override { shutDown(); }

 private:
  void setPath(const Napi::CallbackInfo& info);
  void clearPath(const Napi::CallbackInfo& info);
  void capture(const Napi::CallbackInfo& info);
  void setRate(const Napi::CallbackInfo& info);
  void wakeSender(const Napi::CallbackInfo& info);
  void attachTraces(const Napi::CallbackInfo& info);
  void setTracing(const Napi::CallbackInfo& info);
  [[nodiscard]] Napi::Value counters(const Napi::CallbackInfo& info);
  Napi::Value takeRouteChange(const Napi::CallbackInfo& info);
  void throwFailure(const Napi::CallbackInfo& info);
  void stop(const Napi::CallbackInfo& info);
  void close(const Napi::CallbackInfo& info);

  [[nodiscard]] RawTransport& transport(Napi::Env env) const;
  void keepMemory(const Napi::Value& memory);
  void keepMemories(const Napi::Array& memories);
  void shutDown() noexcept;
  static void onEnvironmentExit(void* self) noexcept;

  napi_env env_;
  // The rings. JavaScript may forget them before the threads do.
  std::vector<Napi::ObjectReference> memory_;
  std::vector<std::uint8_t> payload_;  // Behind every probe.
  std::unique_ptr<Doorbell> bell_;
  std::unique_ptr<RawTransport> transport_;  // Null once shut down.
};

}  // namespace halfopen
