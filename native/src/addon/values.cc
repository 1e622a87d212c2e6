#include "addon/values.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "wire/byte_order.h"

namespace halfopen {

Napi::Value toJs(Napi::Env env, const IpAddress& address) {
  const std::uint8_t* bytes = address.bytes().data();
  if (address.isV4()) return Napi::Number::New(env, loadBe32(bytes));
  const std::array<std::uint64_t, 2> words{loadBe64(bytes + 8), loadBe64(bytes)};
  return Napi::BigInt::New(env, 0, words.size(), words.data());
}

IpAddress toAddress(const Napi::Value& value) {
  if (value.IsNumber()) return IpAddress::v4(value.As<Napi::Number>().Uint32Value());
  if (!value.IsBigInt()) throw Napi::TypeError::New(value.Env(), "Expected an address");
  int sign = 0;
  std::array<std::uint64_t, 2> words{};
  std::size_t count = words.size();
  value.As<Napi::BigInt>().ToWords(&sign, &count, words.data());
  std::array<std::uint8_t, kIpv6AddressBytes> bytes;
  storeBe64(bytes.data(), words[1]);
  storeBe64(bytes.data() + 8, words[0]);
  return IpAddress::v6(bytes);
}

Napi::Value toJs(Napi::Env env, const MacAddress& mac) {
  Napi::Uint8Array array = Napi::Uint8Array::New(env, mac.size());
  std::copy(mac.begin(), mac.end(), array.Data());
  return array;
}

MacAddress toMac(const Napi::Value& value) {
  const std::span<std::byte> bytes = bytesOf(value);
  MacAddress mac;
  if (bytes.size() != mac.size()) throw Napi::TypeError::New(value.Env(), "Expected six bytes");
  std::memcpy(mac.data(), bytes.data(), mac.size());
  return mac;
}

std::optional<std::string> toOptionalString(const Napi::Value& value) {
  if (value.IsUndefined()) return std::nullopt;
  return value.As<Napi::String>().Utf8Value();
}

std::optional<std::uint32_t> toOptionalUint32(const Napi::Value& value) {
  if (value.IsUndefined()) return std::nullopt;
  return value.As<Napi::Number>().Uint32Value();
}

std::span<std::byte> bytesOf(const Napi::Value& value) {
  if (!value.IsTypedArray()) throw Napi::TypeError::New(value.Env(), "Expected a Uint8Array");
  Napi::Uint8Array array = value.As<Napi::Uint8Array>();
  return {reinterpret_cast<std::byte*>(array.Data()), array.ByteLength()};
}

}  // namespace halfopen
