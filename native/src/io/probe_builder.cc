#include "io/probe_builder.h"

#include <algorithm>
#include <cerrno>

namespace halfopen {

namespace {

// 37 to 59: the range of Nmap's probes.
constexpr std::uint32_t kLowestHopLimit = 37;
constexpr std::uint32_t kHopLimits = 23;

std::uint8_t hopLimitFrom(std::uint32_t random) noexcept {
  return static_cast<std::uint8_t>(kLowestHopLimit + random % kHopLimits);
}

}  // namespace

int ProbeBuilder::refusal(const ProbeRecord& probe, const OutgoingPath* path) const noexcept {
  if (path == nullptr) return EHOSTUNREACH;
  if (probe.kind != probe_kind::kSyn || probe.attempt >= encoding_.marks.tries) return EINVAL;
  const IpFamily family = path->syn().source().family();
  return probe.family == static_cast<std::uint8_t>(family) ? 0 : EAFNOSUPPORT;
}

std::span<const std::uint8_t> ProbeBuilder::build(const ProbeRecord& probe,
                                                  const OutgoingPath& path,
                                                  std::span<std::uint8_t> into) noexcept {
  const IpAddress target = targetOf(probe);
  const std::uint32_t random = static_cast<std::uint32_t>(random_());
  const SynFields fields{
      .target = target,
      .sourcePort = encoding_.sourcePort(probe.attempt),
      .targetPort = probe.port,
      .sequence = cookie_.of(path.syn().source(), target, probe.port, probe.attempt),
      .hopLimit = encoding_.hopLimit.value_or(hopLimitFrom(random)),
      .identification = static_cast<std::uint16_t>(random >> 8),
  };
  const std::span<const std::uint8_t> header = path.linkHeader();
  std::copy(header.begin(), header.end(), into.begin());
  path.syn().write(fields, into.subspan(header.size()));
  return into.first(header.size() + path.syn().size());
}

IpAddress targetOf(const ProbeRecord& probe) noexcept {
  return IpAddress::fromRecord(static_cast<IpFamily>(probe.family), probe.target);
}

}  // namespace halfopen
