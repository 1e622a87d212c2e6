// JavaScript values <-> native ones. What JavaScript passes was validated there; here a mistake is
// a bug, and ends in a TypeError.
#pragma once

#include <napi.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "io/outgoing_path.h"
#include "ring/ring.h"
#include "wire/ip_address.h"

namespace halfopen {

// A number for IPv4, a bigint for IPv6: `AddressKey` of packages/model.
[[nodiscard]] Napi::Value toJs(Napi::Env env, const IpAddress& address);
[[nodiscard]] IpAddress toAddress(const Napi::Value& value);

[[nodiscard]] Napi::Value toJs(Napi::Env env, const MacAddress& mac);
[[nodiscard]] MacAddress toMac(const Napi::Value& value);

// Undefined stands for nothing.
[[nodiscard]] std::optional<std::string> toOptionalString(const Napi::Value& value);
[[nodiscard]] std::optional<std::uint32_t> toOptionalUint32(const Napi::Value& value);

// The bytes of a Uint8Array, which may be over shared memory. Valid while the array is.
[[nodiscard]] std::span<std::byte> bytesOf(const Napi::Value& value);

template <typename Record>
[[nodiscard]] Ring<Record> toRing(const Napi::Value& value) {
  const std::optional<Ring<Record>> ring = Ring<Record>::attach(bytesOf(value));
  if (!ring) throw Napi::TypeError::New(value.Env(), "Expected the memory of a ring");
  return *ring;
}

}  // namespace halfopen
