// What became of a packet that a matcher was given.
#pragma once

#include <doctest/doctest.h>

#include <variant>

#include "probe/reply_matcher.h"

namespace halfopen::test {

using Outcome = std::variant<ReplyRecord, Rejection>;

inline void requireRejected(const Outcome& outcome, Rejection expected) {
  REQUIRE(std::holds_alternative<Rejection>(outcome));
  CHECK(static_cast<int>(std::get<Rejection>(outcome)) == static_cast<int>(expected));
}

inline ReplyRecord requireMatched(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<ReplyRecord>(outcome));
  return std::get<ReplyRecord>(outcome);
}

}  // namespace halfopen::test
