// Native failures as JavaScript exceptions: the only place where one becomes the other.
#pragma once

#include <napi.h>

#include <optional>
#include <utility>

#include "io/result.h"

namespace halfopen {

// An Error with `operation`, `errno`, `code` (as in `EPERM`) and `detail`.
[[nodiscard]] Napi::Error toJsError(Napi::Env env, const SystemError& error);

// The value of a result; throws its error.
template <typename T>
T valueOrThrow(Napi::Env env, Result<T> result) {
  if (!result) throw toJsError(env, result.error());
  return std::move(*result);
}

void throwIfFailed(Napi::Env env, const std::optional<SystemError>& error);

}  // namespace halfopen
