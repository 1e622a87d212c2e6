#include "probe/ip_header.h"

#include <cstring>
#include <span>

#include "wire/byte_order.h"
#include "wire/checksum.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"

namespace halfopen {

namespace {

void writeV4(const IpFields& fields, std::size_t payloadBytes, std::uint8_t* header) {
  std::memset(header, 0, kMinIpv4HeaderBytes);
  header[ipv4_offset::kVersionAndHeaderLength] = 4 << 4 | kMinIpv4HeaderBytes / 4;
  storeBe16(header + ipv4_offset::kTotalLength,
            static_cast<std::uint16_t>(kMinIpv4HeaderBytes + payloadBytes));
  storeBe16(header + ipv4_offset::kIdentification, static_cast<std::uint16_t>(fields.label));
  header[ipv4_offset::kTtl] = fields.hopLimit;
  header[ipv4_offset::kProtocol] = fields.protocol;
  std::memcpy(header + ipv4_offset::kSource, fields.source.bytes().data(), kIpv4AddressBytes);
  std::memcpy(header + ipv4_offset::kDestination, fields.target.bytes().data(), kIpv4AddressBytes);
  storeBe16(header + ipv4_offset::kChecksum, checksumOf({header, kMinIpv4HeaderBytes}));
}

void writeV6(const IpFields& fields, std::size_t payloadBytes, std::uint8_t* header) {
  storeBe32(header + ipv6_offset::kVersion, 6u << 28 | (fields.label & kFlowLabelMask));
  storeBe16(header + ipv6_offset::kPayloadLength, static_cast<std::uint16_t>(payloadBytes));
  header[ipv6_offset::kNextHeader] = fields.protocol;
  header[ipv6_offset::kHopLimit] = fields.hopLimit;
  std::memcpy(header + ipv6_offset::kSource, fields.source.bytes().data(), kIpv6AddressBytes);
  std::memcpy(header + ipv6_offset::kDestination, fields.target.bytes().data(), kIpv6AddressBytes);
}

}  // namespace

std::size_t writeIpHeader(const IpFields& fields, std::size_t payloadBytes,
                          std::uint8_t* into) noexcept {
  if (fields.source.isV4()) {
    writeV4(fields, payloadBytes, into);
  } else {
    writeV6(fields, payloadBytes, into);
  }
  return ipHeaderBytes(fields.source.family());
}

std::size_t ipHeaderBytes(IpFamily family) noexcept {
  return family == IpFamily::kV4 ? kMinIpv4HeaderBytes : kIpv6HeaderBytes;
}

}  // namespace halfopen
