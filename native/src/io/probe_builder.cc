#include "io/probe_builder.h"

#include <cerrno>

#include "probe/neighbour_packets.h"
#include "probe/ping_packets.h"
#include "wire/byte_order.h"

namespace halfopen {

namespace {

// 37 to 59: the range of Nmap's probes.
constexpr std::uint32_t kLowestHopLimit = 37;
constexpr std::uint32_t kHopLimits = 23;

std::uint8_t hopLimitFrom(std::uint16_t random) noexcept {
  return static_cast<std::uint8_t>(kLowestHopLimit + (random * kHopLimits >> 16));
}

IpAddress targetOf(const ProbeRecord& probe) noexcept {
  return IpAddress::fromRecord(static_cast<IpFamily>(probe.family), probe.target);
}

bool isMulticastV6(const ProbeRecord& probe) noexcept {
  return probe.family == static_cast<std::uint8_t>(IpFamily::kV6) && probe.target[0] == 0xff;
}

// Whether a kind is sent on such a path: questions to all on a link have one of their own.
bool suits(const ProbeRecord& probe, const OutgoingPath& path) noexcept {
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

bool isOfIpv4Only(std::uint8_t kind) noexcept {
  return kind == probe_kind::kTimestamp || kind == probe_kind::kAddressMask;
}

MacAddress destinationOf(const ProbeRecord& probe) noexcept {
  const IpAddress target = targetOf(probe);
  if (target.isV4()) return kBroadcastMac;
  return multicastMacOf(isMulticastV6(probe) ? target : solicitedNodeGroup(target));
}

}  // namespace

int ProbeBuilder::refusal(const ProbeRecord& probe, const OutgoingPath* path) const noexcept {
  if (path == nullptr) return EHOSTUNREACH;
  if (!encoding_.marks.kinds.has(probe.kind) || probe.attempt >= encoding_.marks.tries) {
    return EINVAL;
  }
  if (probe.family != static_cast<std::uint8_t>(path->source().family())) return EAFNOSUPPORT;
  if (isOfIpv4Only(probe.kind) && !path->source().isV4()) return EAFNOSUPPORT;
  return suits(probe, *path) ? 0 : EINVAL;
}

std::span<const std::uint8_t> ProbeBuilder::buildSyn(
    const ProbeRecord& probe, const OutgoingPath& path,
    std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept {
  const IpAddress target = targetOf(probe);
  const std::uint64_t hash = cookie_.wideOf(path.source(), target, probe.port, probe.attempt);
  const auto random = static_cast<std::uint32_t>(hash >> 32);
  return path.writeSyn(
      {
          .target = target,
          .sourcePort = encoding_.sourcePort(probe.attempt),
          .targetPort = probe.port,
          .sequence = SeqNumber{static_cast<std::uint32_t>(hash)},
          .hopLimit =
              encoding_.hopLimit.value_or(hopLimitFrom(static_cast<std::uint16_t>(random >> 16))),
          .identification = static_cast<std::uint16_t>(random),
      },
      into);
}

std::span<const std::uint8_t> ProbeBuilder::buildOther(
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

std::size_t ProbeBuilder::writePing(const ProbeRecord& probe, const OutgoingPath& path,
                                    std::uint8_t* into) const noexcept {
  const IpAddress target = targetOf(probe);
  const ProbeMark mark = marks_.of({probe.kind, path.source(), target, probe.port}, probe.attempt);
  const PingFields fields{
      .source = path.source(),
      .target = target,
      .sourcePort = marks_.sourcePort(probe.kind, probe.attempt),
      .targetPort = probe.port,
      .cookie = mark.cookie,
      .hopLimit = encoding_.hopLimit.value_or(hopLimitFrom(mark.random)),
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

std::size_t ProbeBuilder::writeLinkMessage(const ProbeRecord& probe, const OutgoingPath& path,
                                           std::uint8_t* into) noexcept {
  const LinkQuestion question{path.source(), path.sourceMac(), targetOf(probe)};
  if (probe.kind == probe_kind::kListenerQuery) return writeListenerQuery(question, into);
  return path.source().isV4() ? writeArpRequest(question, into)
                              : writeNeighbourSolicitation(question, into);
}

}  // namespace halfopen
