// A way to hand packets to the kernel.
//
// Threads: `send` is called from the sender thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "io/outgoing_path.h"
#include "probe/probe_kind_set.h"
#include "wire/ip_address.h"

namespace halfopen {

// The kinds of probes behind which the payload goes.
inline constexpr ProbeKindSet kKindsWithPayload{probe_kind::kSyn, probe_kind::kAck,
                                                probe_kind::kEcho, probe_kind::kUdp};

struct OutgoingPacket {
  std::span<const std::uint8_t> bytes;  // From the path's link header on, without the payload.
  const OutgoingPath* path;
  std::uint8_t kind;  // See probe_kind.

  // What lies behind the link header: IP and its message, or ARP.
  [[nodiscard]] std::span<const std::uint8_t> network() const noexcept {
    return bytes.subspan(path->linkHeaderBytes());
  }
  [[nodiscard]] bool isArp() const noexcept {
    return kind == probe_kind::kNeighbour && family() == IpFamily::kV4;
  }
  [[nodiscard]] std::span<const std::uint8_t> payload() const noexcept {
    const bool hasPayload = kind == probe_kind::kSyn || kKindsWithPayload.has(kind);
    return hasPayload ? path->syn().payload() : std::span<const std::uint8_t>{};
  }
  [[nodiscard]] IpFamily family() const noexcept { return path->source().family(); }
};

struct SendOutcome {
  std::size_t taken;  // The kernel has these, from the first on.
  // Why it did not take the next one. 0 when it took all, or did not say; then asking again tells.
  int errnoValue;
};

class Sender {
 public:
  virtual ~Sender() = default;

  // Never blocks: a full queue is EAGAIN or ENOBUFS. At most `kMaxSendBatch` packets.
  [[nodiscard]] virtual SendOutcome send(std::span<const OutgoingPacket> packets) noexcept = 0;
};

// Packets that a sender takes in one call.
inline constexpr std::size_t kMaxSendBatch = 256;

}  // namespace halfopen
