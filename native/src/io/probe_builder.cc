#include "io/probe_builder.h"

#include <cerrno>

namespace halfopen {

namespace {

bool isOfIpv4Only(std::uint8_t kind) noexcept {
  return kind == probe_kind::kTimestamp || kind == probe_kind::kAddressMask;
}

}  // namespace

int ProbeBuilder::refusalOfOther(const ProbeRecord& probe,
                                 const OutgoingPath* path) const noexcept {
  if (path == nullptr) return EHOSTUNREACH;
  if (!encoding_.marks.kinds.has(probe.kind) || probe.attempt >= encoding_.marks.tries) {
    return EINVAL;
  }
  if (probe.family != static_cast<std::uint8_t>(path->source().family())) return EAFNOSUPPORT;
  if (isOfIpv4Only(probe.kind) && !path->source().isV4()) return EAFNOSUPPORT;
  return PingBuilder::suits(probe, *path) ? 0 : EINVAL;
}

std::span<const std::uint8_t> ProbeBuilder::buildSyn(
    const ProbeRecord& probe, const OutgoingPath& path,
    std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept {
  const IpAddress target = IpAddress::fromRecord(static_cast<IpFamily>(probe.family), probe.target);
  const std::uint64_t hash = cookie_.wideOf(path.source(), target, probe.port, probe.attempt);
  const auto random = static_cast<std::uint32_t>(hash >> 32);
  return path.writeSyn(
      {
          .target = target,
          .sourcePort = encoding_.sourcePort(probe.attempt),
          .targetPort = probe.port,
          .sequence = SeqNumber{static_cast<std::uint32_t>(hash)},
          .hopLimit = encoding_.hopLimitFrom(static_cast<std::uint16_t>(random >> 16)),
          .identification = static_cast<std::uint16_t>(random),
      },
      into);
}

}  // namespace halfopen
