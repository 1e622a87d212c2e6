#include "addon/errors.h"

#include <uv.h>

#include <string>

namespace halfopen {

Napi::Error toJsError(Napi::Env env, const SystemError& error) {
  const std::string code = uv_err_name(-error.errnoValue);
  std::string message = code + " in " + error.operation;
  if (!error.detail.empty()) message += ": " + error.detail;
  Napi::Error exception = Napi::Error::New(env, message);
  exception.Set("operation", error.operation);
  exception.Set("errno", static_cast<double>(error.errnoValue));
  exception.Set("code", code);
  exception.Set("detail", error.detail);
  return exception;
}

void throwIfFailed(Napi::Env env, const std::optional<SystemError>& error) {
  if (error) throw toJsError(env, *error);
}

}  // namespace halfopen
