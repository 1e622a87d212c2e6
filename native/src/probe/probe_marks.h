// What each probe carries to be known by: in packets that answer it, and in errors that quote it.
//
// | kind                      | its ports          | proof                               |
// | ------------------------- | ------------------ | ----------------------------------- |
// | SYN                       | base + try         | sequence number (see SynTemplate)   |
// | ACK                       | base + tries + try | sequence and acknowledgement number |
// | echo, timestamp, mask     | -                  | identifier and sequence number      |
// | UDP                       | base + try         | label, in quotes only               |
// | protocol 1 and 58         | -                  | as echo                             |
// | protocol 6                | as ACK             | as ACK                              |
// | protocol 17               | base + tries + try | label, in quotes only               |
// | other protocols           | -                  | label, in quotes only               |
// | neighbour, listener query | -                  | none: answers are addressed to us   |
//
// The label is the identification of IPv4 and the flow label of IPv6.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/cookie.h"
#include "probe/mark_config.h"
#include "ring/reply_record.h"
#include "wire/ipv6.h"

namespace halfopen {

// A probe but for its try.
struct AskedProbe {
  std::uint8_t kind;
  IpAddress source;
  IpAddress target;
  std::uint16_t port;  // Or the number of a protocol; 0 for the kinds without.
};

struct ProbeMark {
  std::uint32_t cookie;
  std::uint32_t label;   // Not 0: the kernel would fill in an identification of its own.
  std::uint16_t random;  // Whatever else is random about the packet.
};

class ProbeMarks {
 public:
  explicit ProbeMarks(const MarkConfig& config) noexcept : config_(config), cookie_(config.key) {}

  [[nodiscard]] ProbeMark of(const AskedProbe& probe, std::uint8_t attempt) const noexcept {
    const std::uint64_t hash =
        cookie_.wideOf(probe.source, probe.target, probe.port, attempt, probe.kind);
    const auto high = static_cast<std::uint32_t>(hash >> 32);
    const std::uint32_t label = high & (probe.source.isV4() ? 0xffff : kFlowLabelMask);
    return {static_cast<std::uint32_t>(hash), label == 0 ? 1 : label,
            static_cast<std::uint16_t>(high >> 16)};
  }

  [[nodiscard]] std::uint16_t sourcePort(std::uint8_t kind, std::uint8_t attempt) const noexcept {
    return config_.fixedSourcePort.value_or(static_cast<std::uint16_t>(firstPort(kind) + attempt));
  }

  [[nodiscard]] bool isPortOf(std::uint8_t kind, std::uint16_t port) const noexcept {
    if (config_.fixedSourcePort) return port == *config_.fixedSourcePort;
    return static_cast<std::uint16_t>(port - firstPort(kind)) < config_.tries;
  }

  // The try that leaves from this port of the kind; kUnknownAttempt when all tries share it.
  [[nodiscard]] std::uint8_t attemptByPort(std::uint8_t kind, std::uint16_t port) const noexcept {
    if (config_.fixedSourcePort) return kUnknownAttempt;
    return static_cast<std::uint8_t>(port - firstPort(kind));
  }

  // The try with this cookie or label; nothing when it is of none.
  [[nodiscard]] std::optional<std::uint8_t> attemptWithCookie(const AskedProbe& probe,
                                                              std::uint32_t cookie) const noexcept {
    return findAttempt([&](std::uint8_t attempt) { return of(probe, attempt).cookie == cookie; });
  }
  [[nodiscard]] std::optional<std::uint8_t> attemptWithLabel(const AskedProbe& probe,
                                                             std::uint32_t label) const noexcept {
    return findAttempt([&](std::uint8_t attempt) { return of(probe, attempt).label == label; });
  }

  // The same, from a port of the kind, which tells the try unless all share it.
  [[nodiscard]] std::optional<std::uint8_t> attemptFrom(std::uint16_t port, const AskedProbe& probe,
                                                        std::uint32_t cookie) const noexcept {
    if (config_.fixedSourcePort) return attemptWithCookie(probe, cookie);
    const std::uint8_t attempt = attemptByPort(probe.kind, port);
    return of(probe, attempt).cookie == cookie ? std::optional{attempt} : std::nullopt;
  }
  [[nodiscard]] std::optional<std::uint8_t> attemptLabelled(std::uint16_t port,
                                                            const AskedProbe& probe,
                                                            std::uint32_t label) const noexcept {
    if (config_.fixedSourcePort) return attemptWithLabel(probe, label);
    const std::uint8_t attempt = attemptByPort(probe.kind, port);
    return of(probe, attempt).label == label ? std::optional{attempt} : std::nullopt;
  }

 private:
  // A bare RST proves itself only by answering an ACK, so those have ports of their own.
  [[nodiscard]] std::uint16_t firstPort(std::uint8_t kind) const noexcept {
    const bool isFurtherUp = kind == probe_kind::kAck || kind == probe_kind::kProtocol;
    return static_cast<std::uint16_t>(config_.sourcePortBase + (isFurtherUp ? config_.tries : 0));
  }

  template <typename IsRight>
  [[nodiscard]] std::optional<std::uint8_t> findAttempt(IsRight isRight) const noexcept {
    for (std::uint8_t attempt = 0; attempt < config_.tries; attempt++) {
      if (isRight(attempt)) return attempt;
    }
    return std::nullopt;
  }

  MarkConfig config_;
  Cookie cookie_;
};

}  // namespace halfopen
