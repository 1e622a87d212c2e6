#include "addon/routing.h"

#include <algorithm>

#include "addon/errors.h"
#include "addon/values.h"
#include "io/linux/interfaces.h"
#include "io/linux/neighbours.h"
#include "io/linux/route_ranges.h"
#include "io/linux/routes.h"

namespace halfopen {

namespace {

Napi::Object objectOf(Napi::Env env, const InterfaceAddress& address) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("address", toJs(env, address.address));
  object.Set("prefixLength", Napi::Number::New(env, address.prefixLength));
  return object;
}

Napi::Object objectOf(Napi::Env env, const NetworkInterface& interface) {
  Napi::Array addresses = Napi::Array::New(env);
  for (const InterfaceAddress& address : interface.addresses) {
    addresses.Set(addresses.Length(), objectOf(env, address));
  }
  Napi::Object object = Napi::Object::New(env);
  object.Set("index", Napi::Number::New(env, interface.index));
  object.Set("name", Napi::String::New(env, interface.name));
  object.Set("hardwareType", Napi::Number::New(env, interface.hardwareType));
  object.Set("flags", Napi::Number::New(env, interface.flags));
  object.Set("mtu", Napi::Number::New(env, interface.mtu));
  object.Set("mac", interface.mac ? toJs(env, *interface.mac) : env.Undefined());
  object.Set("addresses", addresses);
  return object;
}

Napi::Object objectOf(Napi::Env env, const Route& route) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("type", Napi::Number::New(env, route.type));
  object.Set("interfaceIndex", Napi::Number::New(env, route.interfaceIndex));
  object.Set("source", toJs(env, route.source));
  object.Set("gateway", route.gateway ? toJs(env, *route.gateway) : env.Undefined());
  return object;
}

}  // namespace

Napi::Value Routing::listInterfaces(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Napi::Array list = Napi::Array::New(env);
  for (const NetworkInterface& interface :
       valueOrThrow(env, halfopen::listInterfaces(socket(env)))) {
    list.Set(list.Length(), objectOf(env, interface));
  }
  return list;
}

Napi::Value Routing::findRoute(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const IpAddress target = toAddress(info[0]);
  const int interfaceIndex = info[1].As<Napi::Number>().Int32Value();
  return objectOf(env, valueOrThrow(env, halfopen::findRoute(socket(env), target, interfaceIndex)));
}

Napi::Value Routing::readRouteRanges(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::optional<RouteRanges> ranges =
      valueOrThrow(env, halfopen::readRouteRanges(socket(env)));
  if (!ranges) return env.Undefined();

  const std::size_t count = ranges->starts.size();
  Napi::Uint32Array starts = Napi::Uint32Array::New(env, count);
  std::copy(ranges->starts.begin(), ranges->starts.end(), starts.Data());
  Napi::Uint8Array isUneven = Napi::Uint8Array::New(env, count);
  std::copy(ranges->isUneven.begin(), ranges->isUneven.end(), isUneven.Data());
  Napi::Object object = Napi::Object::New(env);
  object.Set("starts", starts);
  object.Set("isUneven", isUneven);
  return object;
}

Napi::Value Routing::findNeighbour(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const int interfaceIndex = info[0].As<Napi::Number>().Int32Value();
  const std::optional<Neighbour> neighbour =
      valueOrThrow(env, halfopen::findNeighbour(socket(env), interfaceIndex, toAddress(info[1])));
  if (!neighbour) return env.Undefined();

  Napi::Object object = Napi::Object::New(env);
  object.Set("state", Napi::Number::New(env, neighbour->state));
  object.Set("mac", neighbour->mac ? toJs(env, *neighbour->mac) : env.Undefined());
  return object;
}

void Routing::askNeighbour(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const int interfaceIndex = info[0].As<Napi::Number>().Int32Value();
  throwIfFailed(env, halfopen::askNeighbour(socket(env), interfaceIndex, toAddress(info[1])));
}

NetlinkSocket& Routing::socket(Napi::Env env) {
  if (!socket_) socket_.emplace(valueOrThrow(env, NetlinkSocket::open()));
  return *socket_;
}

}  // namespace halfopen
