#include "wire/icmp_checksum.h"

#include "wire/checksum.h"
#include "wire/ip_protocol.h"
#include "wire/pseudo_header.h"

namespace halfopen {

bool hasRightIcmpChecksum(const IpPacket& packet) noexcept {
  if (!packet.isWhole) return true;
  if (packet.source.isV4()) return checksumOf(packet.payload) == 0;
  return pseudoHeaderSum(packet.source, packet.destination, ip_protocol::kIcmpV6,
                         packet.payload.size())
             .addBytes(packet.payload)
             .checksum() == 0;
}

}  // namespace halfopen
