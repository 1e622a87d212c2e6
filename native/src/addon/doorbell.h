// Wakes the JavaScript thread from native threads.
//
// Threads: `ring` is called from native threads, everything else from the JavaScript thread. Every
// thread that rings has been joined before `remove` and before the environment exits.
#pragma once

#include <napi.h>

#include <atomic>

#include "io/bell.h"

namespace halfopen {

class Doorbell final : public Bell {
 public:
  // `onRing` is called without arguments. The bell does not keep the process alive.
  Doorbell(Napi::Env env, const Napi::Function& onRing);

  void ring() noexcept override;

  // Gives the function back to JavaScript. Safe to call twice.
  void remove() noexcept;

  // The environment exits and removes the function itself.
  void abandon() noexcept { function_ = nullptr; }

 private:
  napi_threadsafe_function function_ = nullptr;
  std::atomic<bool> isSilenced_{false};
};

}  // namespace halfopen
