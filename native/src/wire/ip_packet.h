// What matching needs of an IP packet, whichever the version.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/ip_address.h"
#include "wire/ip_protocol.h"
#include "wire/network_packet.h"

namespace halfopen {

struct IpPacket {
  IpAddress source;
  IpAddress destination;
  std::uint8_t hopLimit;  // TTL of IPv4.
  std::uint8_t protocol;  // Of the payload: behind the extension headers of IPv6.
  std::uint32_t label;    // Identification of IPv4, flow label of IPv6.
  bool isLaterFragment;   // The payload is a middle piece, without the header of `protocol`.
  bool isWhole;           // The packet was captured to its end; means nothing of a quote.
  std::span<const std::uint8_t> payload;

  // Headers are whole and consistent in what this returns. The payload ends where the packet says,
  // or where the capture was cut.
  [[nodiscard]] static std::optional<IpPacket> parse(const NetworkPacket& packet) noexcept;

  // The beginning of a packet that an ICMP error gives back. Its length field is not looked at: it
  // speaks of the whole packet, and some senders return it in the wrong byte order.
  [[nodiscard]] static std::optional<IpPacket> parseQuoted(const NetworkPacket& quote) noexcept;
};

}  // namespace halfopen
