// The layout of what JavaScript and C++ share, for the test that compares the two declarations.
#pragma once

#include <napi.h>

namespace halfopen {

// For each structure its bytes and the offset of each field, by the names of packages/model.
[[nodiscard]] Napi::Object describeLayouts(Napi::Env env);

}  // namespace halfopen
