#include "io/ping_builder.h"

#include <algorithm>

#include "probe/neighbour_packets.h"
#include "probe/ping_packets.h"
#include "wire/byte_order.h"

namespace halfopen {

namespace {

IpAddress targetOf(const ProbeRecord& probe) noexcept {
  return IpAddress::fromRecord(static_cast<IpFamily>(probe.family), probe.target);
}

bool isMulticastV6(const ProbeRecord& probe) noexcept {
  return probe.family == static_cast<std::uint8_t>(IpFamily::kV6) && probe.target[0] == 0xff;
}

MacAddress destinationOf(const ProbeRecord& probe) noexcept {
  const IpAddress target = targetOf(probe);
  if (target.isV4()) return kBroadcastMac;
  return multicastMacOf(isMulticastV6(probe) ? target : solicitedNodeGroup(target));
}

}  // namespace

bool PingBuilder::suits(const ProbeRecord& probe, const OutgoingPath& path) noexcept {
  switch (probe.kind) {
    case probe_kind::kNeighbour:
      return path.isToLink() && !isMulticastV6(probe);
    case probe_kind::kListenerQuery:
      return path.isToLink() && isMulticastV6(probe);
    case probe_kind::kEcho:
      return !path.isToLink() || isMulticastV6(probe);
    default:
      return !path.isToLink();
  }
}

std::span<const std::uint8_t> PingBuilder::build(
    const ProbeRecord& probe, const OutgoingPath& path,
    std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept {
  const std::size_t headerBytes = path.writeLinkHeader(into.data());
  std::uint8_t* message = into.data() + headerBytes;
  if (path.isToLink()) std::ranges::copy(destinationOf(probe), into.begin());
  if (probe.kind != probe_kind::kNeighbour && probe.kind != probe_kind::kListenerQuery) {
    return into.first(headerBytes + writePing(probe, path, message));
  }
  if (probe.kind == probe_kind::kNeighbour && path.source().isV4()) {
    storeBe16(into.data() + ethernet_offset::kEtherType, ether_type::kArp);
  }
  return into.first(headerBytes + writeLinkMessage(probe, path, message));
}

std::size_t PingBuilder::writePing(const ProbeRecord& probe, const OutgoingPath& path,
                                   std::uint8_t* into) const noexcept {
  const IpAddress target = targetOf(probe);
  const ProbeMark mark = marks_.of({probe.kind, path.source(), target, probe.port}, probe.attempt);
  const PingFields fields{
      .source = path.source(),
      .target = target,
      .sourcePort = marks_.sourcePort(probe.kind, probe.attempt),
      .targetPort = probe.port,
      .cookie = mark.cookie,
      .hopLimit = encoding_.hopLimitFrom(mark.random),
      .label = mark.label,
      .payload = path.syn().payload(),
  };
  switch (probe.kind) {
    case probe_kind::kAck:
      return writeAck(fields, into);
    case probe_kind::kEcho:
      return writeEcho(fields, into);
    case probe_kind::kTimestamp:
      return writeTimestamp(fields, into);
    case probe_kind::kAddressMask:
      return writeAddressMask(fields, into);
    case probe_kind::kUdp:
      return writeUdp(fields, into);
    default:
      return writeProtocol(static_cast<std::uint8_t>(probe.port), fields, into);
  }
}

std::size_t PingBuilder::writeLinkMessage(const ProbeRecord& probe, const OutgoingPath& path,
                                          std::uint8_t* into) noexcept {
  const LinkQuestion question{path.source(), path.sourceMac(), targetOf(probe)};
  if (probe.kind == probe_kind::kListenerQuery) return writeListenerQuery(question, into);
  return path.source().isV4() ? writeArpRequest(question, into)
                              : writeNeighbourSolicitation(question, into);
}

}  // namespace halfopen
