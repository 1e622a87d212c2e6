// One way out of this machine, as the sender thread needs it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "probe/syn_template.h"
#include "wire/ethernet.h"

namespace halfopen {

inline constexpr std::size_t kMacBytes = 6;
using MacAddress = std::array<std::uint8_t, kMacBytes>;

enum class SenderKind : std::uint8_t {
  kRawIp,   // A raw IP socket: the kernel routes, resolves and adds the link header.
  kPacket,  // AF_PACKET: we hand over whole frames.
};

// Where frames of a packet path go to and come from.
struct LinkEnds {
  MacAddress destination;
  MacAddress source;
};

class OutgoingPath {
 public:
  [[nodiscard]] static OutgoingPath overRawIp(const IpAddress& source, int interfaceIndex) noexcept;
  [[nodiscard]] static OutgoingPath overEthernet(const IpAddress& source, int interfaceIndex,
                                                 const LinkEnds& ends) noexcept;

  [[nodiscard]] SenderKind sender() const noexcept { return sender_; }
  [[nodiscard]] int interfaceIndex() const noexcept { return interfaceIndex_; }
  [[nodiscard]] const SynTemplate& syn() const noexcept { return syn_; }

  // What comes before the IP header: an Ethernet header, or nothing.
  [[nodiscard]] std::span<const std::uint8_t> linkHeader() const noexcept {
    return std::span{linkHeader_}.first(linkHeaderBytes_);
  }

 private:
  OutgoingPath(SenderKind sender, const IpAddress& source, int interfaceIndex) noexcept
      : sender_(sender), interfaceIndex_(interfaceIndex), syn_(source) {}

  SenderKind sender_;
  std::uint8_t linkHeaderBytes_ = 0;
  int interfaceIndex_;
  std::array<std::uint8_t, ethernet_offset::kPayload> linkHeader_{};
  SynTemplate syn_;
};

}  // namespace halfopen
