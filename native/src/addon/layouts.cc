#include "addon/layouts.h"

#include <cstddef>
#include <initializer_list>
#include <utility>

#include "ring/packet_record.h"
#include "ring/probe_record.h"
#include "ring/reply_record.h"
#include "ring/ring.h"

namespace halfopen {

namespace {

using Fields = std::initializer_list<std::pair<const char*, std::size_t>>;

Napi::Object describe(Napi::Env env, std::size_t bytes, Fields fields) {
  Napi::Object offsets = Napi::Object::New(env);
  for (const auto& [name, offset] : fields) offsets.Set(name, static_cast<double>(offset));
  Napi::Object layout = Napi::Object::New(env);
  layout.Set("bytes", static_cast<double>(bytes));
  layout.Set("offsets", offsets);
  return layout;
}

Napi::Object describeRing(Napi::Env env) {
  return describe(env, kRingHeaderBytes,
                  {{"head", ring_offset::kHead},
                   {"tail", ring_offset::kTail},
                   {"waiting", ring_offset::kWaiting}});
}

Napi::Object describeProbe(Napi::Env env) {
  return describe(env, sizeof(ProbeRecord),
                  {{"sentAt", offsetof(ProbeRecord, sentAt)},
                   {"target", offsetof(ProbeRecord, target)},
                   {"tag", offsetof(ProbeRecord, tag)},
                   {"path", offsetof(ProbeRecord, path)},
                   {"port", offsetof(ProbeRecord, port)},
                   {"attempt", offsetof(ProbeRecord, attempt)},
                   {"family", offsetof(ProbeRecord, family)},
                   {"kind", offsetof(ProbeRecord, kind)},
                   {"error", offsetof(ProbeRecord, error)}});
}

Napi::Object describeReply(Napi::Env env) {
  return describe(env, sizeof(ReplyRecord),
                  {{"receivedAt", offsetof(ReplyRecord, receivedAt)},
                   {"target", offsetof(ReplyRecord, target)},
                   {"sender", offsetof(ReplyRecord, sender)},
                   {"port", offsetof(ReplyRecord, port)},
                   {"attempt", offsetof(ReplyRecord, attempt)},
                   {"family", offsetof(ReplyRecord, family)},
                   {"kind", offsetof(ReplyRecord, kind)},
                   {"ttl", offsetof(ReplyRecord, ttl)},
                   {"icmpType", offsetof(ReplyRecord, icmpType)},
                   {"icmpCode", offsetof(ReplyRecord, icmpCode)},
                   {"window", offsetof(ReplyRecord, window)},
                   {"tcpFlags", offsetof(ReplyRecord, tcpFlags)},
                   {"mac", offsetof(ReplyRecord, mac)}});
}

Napi::Object describePacket(Napi::Env env) {
  return describe(env, sizeof(PacketRecord),
                  {{"at", offsetof(PacketRecord, at)},
                   {"captured", offsetof(PacketRecord, captured)},
                   {"length", offsetof(PacketRecord, length)},
                   {"layer", offsetof(PacketRecord, layer)},
                   {"data", offsetof(PacketRecord, data)}});
}

}  // namespace

Napi::Object describeLayouts(Napi::Env env) {
  Napi::Object layouts = Napi::Object::New(env);
  layouts.Set("ring", describeRing(env));
  layouts.Set("probe", describeProbe(env));
  layouts.Set("reply", describeReply(env));
  layouts.Set("packet", describePacket(env));
  return layouts;
}

}  // namespace halfopen
