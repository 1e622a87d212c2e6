// Checksums of received ICMP (RFC 792) and ICMPv6 (RFC 4443 §2.3) messages.
#pragma once

#include "wire/ip_packet.h"

namespace halfopen {

// Whether the checksum is right, as far as it can be told: of a packet that the capture cut, it is
// taken to be. No interface computes these for the kernel, so packets of our own have theirs too.
[[nodiscard]] bool hasRightIcmpChecksum(const IpPacket& packet) noexcept;

}  // namespace halfopen
