#include "addon/transport_wrap.h"

#include <algorithm>
#include <cstring>

#include "addon/errors.h"
#include "addon/values.h"

namespace halfopen {

namespace {

std::uint32_t toUint32(const Napi::Object& options, const char* name) {
  return options.Get(name).As<Napi::Number>().Uint32Value();
}

CookieKey toCookieKey(const Napi::Value& value) {
  const std::span<std::byte> bytes = bytesOf(value);
  CookieKey key;
  if (bytes.size() != key.size()) throw Napi::TypeError::New(value.Env(), "Expected 16 bytes");
  std::memcpy(key.data(), bytes.data(), key.size());
  return key;
}

// What is given as memory; nothing when it is not given.
std::vector<std::uint8_t> toPayload(const Napi::Value& value) {
  if (value.IsUndefined()) return {};
  const std::span<std::byte> bytes = bytesOf(value);
  const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return {first, first + bytes.size()};
}

ProbeEncoding toEncoding(const Napi::Object& options, std::size_t payloadBytes) {
  return {
      .marks = {.key = toCookieKey(options.Get("key")),
                .sourcePortBase = static_cast<std::uint16_t>(toUint32(options, "sourcePortBase")),
                .tries = static_cast<std::uint8_t>(toUint32(options, "tries")),
                .fixedSourcePort = toOptionalUint32(options.Get("fixedSourcePort")),
                .payloadBytes = static_cast<std::uint16_t>(payloadBytes),
                .kinds = ProbeKindSet::fromBits(toUint32(options, "kinds"))},
      .hopLimit = toOptionalUint32(options.Get("hopLimit")),
  };
}

template <typename Record>
std::vector<Ring<Record>> toRings(const Napi::Array& memories) {
  std::vector<Ring<Record>> rings;
  for (std::uint32_t index = 0; index < memories.Length(); ++index) {
    rings.push_back(toRing<Record>(memories.Get(index)));
  }
  return rings;
}

Destination toDestination(const Napi::Value& value) {
  const std::string name = value.As<Napi::String>().Utf8Value();
  if (name == "nowhere") return Destination::kNowhere;
  return name == "echo" ? Destination::kEcho : Destination::kNetwork;
}

RawTransport::Config toConfig(const Napi::Object& options, std::size_t payloadBytes) {
  return {
      .encoding = toEncoding(options, payloadBytes),
      .probes = toRings<ProbeRecord>(options.Get("probes").As<Napi::Array>()),
      .replies = toRing<ReplyRecord>(options.Get("replies")),
      .device = toOptionalString(options.Get("device")),
      .destination = toDestination(options.Get("destination")),
      .batch = std::clamp<std::uint32_t>(toUint32(options, "batch"), 1, kMaxSendBatch),
      .captureBufferBytes = static_cast<int>(toUint32(options, "captureBufferBytes")),
  };
}

OutgoingPath toPath(const Napi::Object& path, std::span<const std::uint8_t> payload) {
  const IpAddress source = toAddress(path.Get("source"));
  const int interfaceIndex = path.Get("interfaceIndex").As<Napi::Number>().Int32Value();
  if (path.Get("sourceMac").IsUndefined()) {
    return OutgoingPath::overRawIp(source, interfaceIndex, payload);
  }
  const MacAddress sourceMac = toMac(path.Get("sourceMac"));
  if (path.Get("destinationMac").IsUndefined()) {
    return OutgoingPath::overLink(source, interfaceIndex, sourceMac);
  }
  return OutgoingPath::overEthernet(
      source, interfaceIndex,
      {.destination = toMac(path.Get("destinationMac")), .source = sourceMac}, payload);
}

Napi::Value countersToJs(Napi::Env env, const TransportCounts& counts) {
  Napi::Object object = Napi::Object::New(env);
  const auto set = [&](const char* name, std::uint64_t count) {
    object.Set(name, static_cast<double>(count));
  };
  set("sent", counts.sent.packets);
  set("sentBytes", counts.sent.bytes);
  set("sendErrors", counts.sent.errors);
  set("sendWaits", counts.sent.waits);
  set("received", counts.received.replies);
  set("receivedBytes", counts.received.bytes);
  set("malformed", counts.received.malformed);
  set("unsolicited", counts.received.unsolicited);
  set("wrongCookie", counts.received.wrongCookie);
  set("wrongQuote", counts.received.wrongQuote);
  set("shortQuote", counts.received.shortQuote);
  set("repliesLost", counts.received.repliesLost);
  set("kernelDrops", counts.kernelDrops);
  set("interfaceDrops", counts.interfaceDrops);
  set("traceLost", counts.traceLost);
  return object;
}

}  // namespace

Napi::Function TransportWrap::defineClass(Napi::Env env) {
  return DefineClass(env, "NativeTransport",
                     {
                         InstanceMethod<&TransportWrap::setPath>("setPath"),
                         InstanceMethod<&TransportWrap::clearPath>("clearPath"),
                         InstanceMethod<&TransportWrap::capture>("capture"),
                         InstanceMethod<&TransportWrap::setRate>("setRate"),
                         InstanceMethod<&TransportWrap::wakeSender>("wakeSender"),
                         InstanceMethod<&TransportWrap::attachTraces>("attachTraces"),
                         InstanceMethod<&TransportWrap::setTracing>("setTracing"),
                         InstanceMethod<&TransportWrap::counters>("counters"),
                         InstanceMethod<&TransportWrap::takeRouteChange>("takeRouteChange"),
                         InstanceMethod<&TransportWrap::throwFailure>("throwFailure"),
                         InstanceMethod<&TransportWrap::stop>("stop"),
                         InstanceMethod<&TransportWrap::close>("close"),
                     });
}

TransportWrap::TransportWrap(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<TransportWrap>(info), env_(info.Env()) {
  const Napi::Object options = info[0].As<Napi::Object>();
  payload_ = toPayload(options.Get("payload"));
  const RawTransport::Config config = toConfig(options, payload_.size());
  keepMemory(options.Get("replies"));
  keepMemories(options.Get("probes").As<Napi::Array>());
  bell_ = std::make_unique<Doorbell>(info.Env(), info[1].As<Napi::Function>());
  Result<std::unique_ptr<RawTransport>> opened = RawTransport::open(config, *bell_);
  if (!opened) {
    bell_->remove();
    throw toJsError(info.Env(), opened.error());
  }
  transport_ = std::move(*opened);
  // After the bell: hooks run last-in first-out, so threads are joined before their bell goes.
  napi_add_env_cleanup_hook(env_, &TransportWrap::onEnvironmentExit, this);
}

void TransportWrap::setPath(const Napi::CallbackInfo& info) {
  const std::uint32_t id = info[0].As<Napi::Number>().Uint32Value();
  if (!transport(info.Env()).setPath(id, toPath(info[1].As<Napi::Object>(), payload_))) {
    throw Napi::RangeError::New(info.Env(), "Expected the number of a path");
  }
}

void TransportWrap::clearPath(const Napi::CallbackInfo& info) {
  transport(info.Env()).clearPath(info[0].As<Napi::Number>().Uint32Value());
}

void TransportWrap::capture(const Napi::CallbackInfo& info) {
  throwIfFailed(info.Env(), transport(info.Env()).capture(info[0].As<Napi::String>().Utf8Value()));
}

void TransportWrap::setRate(const Napi::CallbackInfo& info) {
  transport(info.Env()).setRate(info[0].As<Napi::Number>().DoubleValue());
}

void TransportWrap::wakeSender(const Napi::CallbackInfo& info) {
  transport(info.Env()).wakeSender(info[0].As<Napi::Number>().Uint32Value());
}

void TransportWrap::attachTraces(const Napi::CallbackInfo& info) {
  const Napi::Array sent = info[0].As<Napi::Array>();
  transport(info.Env()).attachTraces(toRings<PacketRecord>(sent), toRing<PacketRecord>(info[1]));
  keepMemories(sent);
  keepMemory(info[1]);
}

void TransportWrap::setTracing(const Napi::CallbackInfo& info) {
  transport(info.Env()).setTracing(info[0].As<Napi::Boolean>());
}

Napi::Value TransportWrap::counters(const Napi::CallbackInfo& info) {
  return countersToJs(info.Env(), transport(info.Env()).counts());
}

Napi::Value TransportWrap::takeRouteChange(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), transport(info.Env()).takeRouteChange());
}

void TransportWrap::throwFailure(const Napi::CallbackInfo& info) {
  throwIfFailed(info.Env(), transport(info.Env()).failure());
}

void TransportWrap::stop(const Napi::CallbackInfo& info) { transport(info.Env()).stop(); }

void TransportWrap::close(const Napi::CallbackInfo&) { shutDown(); }

RawTransport& TransportWrap::transport(Napi::Env env) const {
  if (!transport_) throw Napi::Error::New(env, "The transport is closed");
  return *transport_;
}

void TransportWrap::keepMemory(const Napi::Value& memory) {
  memory_.push_back(Napi::Persistent(memory.As<Napi::Object>()));
}

void TransportWrap::keepMemories(const Napi::Array& memories) {
  for (std::uint32_t index = 0; index < memories.Length(); ++index) {
    keepMemory(memories.Get(index));
  }
}

void TransportWrap::shutDown() noexcept {
  if (!transport_) return;
  napi_remove_env_cleanup_hook(env_, &TransportWrap::onEnvironmentExit, this);
  transport_.reset();
  bell_->remove();
  memory_.clear();
}

void TransportWrap::onEnvironmentExit(void* self) noexcept {
  TransportWrap* wrap = static_cast<TransportWrap*>(self);
  wrap->transport_.reset();
  wrap->bell_->abandon();
}

}  // namespace halfopen
