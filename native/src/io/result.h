// What a call into the system came to: a value, or what failed.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace halfopen {

// What failed, in which call: enough to print without a debugger.
struct SystemError {
  std::string operation;
  int errnoValue;
  std::string detail = {};  // What errno cannot say; may be empty.
};

// Holds either a T or a SystemError. Test it before use.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(SystemError error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] explicit operator bool() const noexcept { return state_.index() == 0; }

  [[nodiscard]] T& operator*() noexcept { return *std::get_if<0>(&state_); }
  [[nodiscard]] const T& operator*() const noexcept { return *std::get_if<0>(&state_); }
  [[nodiscard]] T* operator->() noexcept { return std::get_if<0>(&state_); }
  [[nodiscard]] const T* operator->() const noexcept { return std::get_if<0>(&state_); }
  [[nodiscard]] const SystemError& error() const noexcept { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, SystemError> state_;
};

}  // namespace halfopen
