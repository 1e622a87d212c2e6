// One way out of this machine, as the sender thread needs it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "probe/neighbour_packets.h"
#include "probe/ping_packets.h"
#include "probe/syn_template.h"
#include "wire/ethernet.h"
#include "wire/mac_address.h"

namespace halfopen {

enum class SenderKind : std::uint8_t {
  kRawIp,   // A raw IP socket: the kernel routes, resolves and adds the link header.
  kPacket,  // AF_PACKET: we hand over whole frames.
};

// Where frames of a packet path go to and come from.
struct LinkEnds {
  MacAddress destination;
  MacAddress source;
};

// Without payload.
inline constexpr std::size_t kMaxFrameBytes =
    ethernet_offset::kPayload + std::max({kSynBytesV6, kMaxPingBytes, kMaxLinkMessageBytes});

class OutgoingPath {
 public:
  // `payload` follows every probe, and outlives the path.
  [[nodiscard]] static OutgoingPath overRawIp(const IpAddress& source, int interfaceIndex,
                                              std::span<const std::uint8_t> payload = {}) noexcept;
  [[nodiscard]] static OutgoingPath overEthernet(
      const IpAddress& source, int interfaceIndex, const LinkEnds& ends,
      std::span<const std::uint8_t> payload = {}) noexcept;
  // To all who are on a link: each frame has a destination of its own.
  [[nodiscard]] static OutgoingPath overLink(const IpAddress& source, int interfaceIndex,
                                             const MacAddress& sourceMac) noexcept;

  [[nodiscard]] SenderKind sender() const noexcept { return sender_; }
  [[nodiscard]] int interfaceIndex() const noexcept { return interfaceIndex_; }
  [[nodiscard]] const SynTemplate& syn() const noexcept { return syn_; }
  [[nodiscard]] const IpAddress& source() const noexcept { return syn_.source(); }
  [[nodiscard]] bool isToLink() const noexcept { return isToLink_; }
  // All 0 over raw IP.
  [[nodiscard]] MacAddress sourceMac() const noexcept;

  // Of what comes before the IP header: an Ethernet header, or nothing.
  [[nodiscard]] std::size_t linkHeaderBytes() const noexcept {
    return sender_ == SenderKind::kPacket ? ethernet_offset::kPayload : 0;
  }

  // Writes the frame of a SYN probe, all but its payload, to the beginning of `into`, which has
  // room for kMaxFrameBytes. Returns what was written.
  std::span<const std::uint8_t> writeSyn(
      const SynFields& fields, std::span<std::uint8_t, kMaxFrameBytes> into) const noexcept {
    if (sender_ == SenderKind::kRawIp) {
      syn_.write(fields, into);
      return into.first(syn_.size());
    }
    std::memcpy(into.data(), linkHeader_.data(), ethernet_offset::kPayload);
    syn_.write(fields, into.subspan<ethernet_offset::kPayload>());
    return into.first(ethernet_offset::kPayload + syn_.size());
  }

  // Writes the link header alone; returns its size.
  std::size_t writeLinkHeader(std::uint8_t* into) const noexcept {
    std::memcpy(into, linkHeader_.data(), linkHeaderBytes());
    return linkHeaderBytes();
  }

 private:
  OutgoingPath(SenderKind sender, const IpAddress& source, int interfaceIndex,
               std::span<const std::uint8_t> payload) noexcept
      : sender_(sender), interfaceIndex_(interfaceIndex), syn_(source, payload) {}

  SenderKind sender_;
  bool isToLink_ = false;
  int interfaceIndex_;
  std::array<std::uint8_t, ethernet_offset::kPayload> linkHeader_{};
  SynTemplate syn_;
};

}  // namespace halfopen
