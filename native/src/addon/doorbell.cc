#include "addon/doorbell.h"

#include <utility>

namespace halfopen {

Doorbell::Doorbell(Napi::Env env, const Napi::Function& onRing) {
  const Napi::String name = Napi::String::New(env, "halfopen.doorbell");
  const napi_status status = napi_create_threadsafe_function(
      env, onRing, nullptr, name, 1, 1, nullptr, nullptr, nullptr, nullptr, &function_);
  if (status != napi_ok) throw Napi::Error::New(env);
  napi_unref_threadsafe_function(env, function_);
}

// Rings coalesce: a full queue means that one is already on its way.
void Doorbell::ring() noexcept {
  if (isSilenced_.load(std::memory_order_relaxed)) return;
  switch (napi_call_threadsafe_function(function_, nullptr, napi_tsfn_nonblocking)) {
    case napi_ok:
    case napi_queue_full:
      return;
    default:  // napi_closing: the environment is going away, and `function_` with it.
      isSilenced_.store(true, std::memory_order_relaxed);
  }
}

void Doorbell::remove() noexcept {
  if (function_ == nullptr) return;
  napi_release_threadsafe_function(std::exchange(function_, nullptr), napi_tsfn_abort);
}

}  // namespace halfopen
