#include "io/probe_builder.h"

#include <cerrno>

namespace halfopen {

namespace {

// 37 to 59: the range of Nmap's probes.
constexpr std::uint32_t kLowestHopLimit = 37;
constexpr std::uint32_t kHopLimits = 23;

std::uint8_t hopLimitFrom(std::uint16_t random) noexcept {
  return static_cast<std::uint8_t>(kLowestHopLimit + (random * kHopLimits >> 16));
}

}  // namespace

int ProbeBuilder::refusal(const ProbeRecord& probe, const OutgoingPath* path) const noexcept {
  if (path == nullptr) return EHOSTUNREACH;
  if (probe.kind != probe_kind::kSyn || probe.attempt >= encoding_.marks.tries) return EINVAL;
  const IpFamily family = path->syn().source().family();
  return probe.family == static_cast<std::uint8_t>(family) ? 0 : EAFNOSUPPORT;
}

std::span<const std::uint8_t> ProbeBuilder::build(
    const ProbeRecord& probe, const OutgoingPath& path,
    std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept {
  const IpAddress target = IpAddress::fromRecord(static_cast<IpFamily>(probe.family), probe.target);
  const std::uint64_t hash = cookie_.wideOf(path.syn().source(), target, probe.port, probe.attempt);
  const auto random = static_cast<std::uint32_t>(hash >> 32);
  return path.write(
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

}  // namespace halfopen
