// The packets that ask whether a host is up, but for SYN (probe/syn_template.h) and those of a link
// (probe/neighbour_packets.h).
//
// Each function writes IP and its message to the beginning of `into`, which has room for
// kMaxPingBytes, and returns the size. A payload is not copied: lengths and checksums count it, and
// whoever sends the packet sends it behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "wire/ip_address.h"

namespace halfopen {

// Where probes that ask for a protocol with ports go: Nmap's defaults for ACK and UDP.
inline constexpr std::uint16_t kProtocolTcpPort = 80;
inline constexpr std::uint16_t kProtocolUdpPort = 40125;

inline constexpr std::size_t kMaxPingBytes = 60;  // IPv6 40, TCP 20.

// The fields in which one differs from the next. Which kinds have which: probe/probe_marks.h.
struct PingFields {
  IpAddress source;
  IpAddress target;  // Of the same family.
  std::uint16_t sourcePort;
  std::uint16_t targetPort;
  std::uint32_t cookie;
  std::uint8_t hopLimit;
  std::uint32_t label;
  std::span<const std::uint8_t> payload;
};

std::size_t writeAck(const PingFields& fields, std::uint8_t* into) noexcept;

// ICMP or ICMPv6.
std::size_t writeEcho(const PingFields& fields, std::uint8_t* into) noexcept;

// IPv4 only. The payload is left out.
std::size_t writeTimestamp(const PingFields& fields, std::uint8_t* into) noexcept;
std::size_t writeAddressMask(const PingFields& fields, std::uint8_t* into) noexcept;

std::size_t writeUdp(const PingFields& fields, std::uint8_t* into) noexcept;

// A packet of this protocol, as complete as hosts need it to look at it: an echo request, a query
// of IGMP, a TCP ACK, a UDP header; of others the IP header alone. Port and payload are left out.
std::size_t writeProtocol(std::uint8_t protocol, const PingFields& fields,
                          std::uint8_t* into) noexcept;

}  // namespace halfopen
