// A way to hand packets to the kernel.
//
// Threads: `send` is called from the sender thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "io/outgoing_path.h"
#include "wire/ip_address.h"

namespace halfopen {

struct OutgoingPacket {
  std::span<const std::uint8_t> bytes;  // From the path's link header on, without the payload.
  const OutgoingPath* path;

  // The IP and TCP headers.
  [[nodiscard]] std::span<const std::uint8_t> ip() const noexcept {
    return bytes.subspan(path->linkHeaderBytes());
  }
  [[nodiscard]] std::span<const std::uint8_t> payload() const noexcept {
    return path->syn().payload();
  }
  [[nodiscard]] IpFamily family() const noexcept { return path->syn().source().family(); }
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
