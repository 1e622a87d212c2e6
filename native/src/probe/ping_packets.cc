#include "probe/ping_packets.h"

#include <cstring>

#include "probe/ip_header.h"
#include "wire/byte_order.h"
#include "wire/checksum.h"
#include "wire/icmp.h"
#include "wire/ip_protocol.h"
#include "wire/pseudo_header.h"
#include "wire/tcp.h"
#include "wire/udp.h"

namespace halfopen {

namespace {

constexpr std::uint16_t kWindow = 1024;  // That of our SYN probes.

// RFC 9776 §4.1. A query of version 3 leaves hosts in version 3.
constexpr std::size_t kIgmpQueryBytes = 12;
constexpr std::uint8_t kIgmpQuery = 0x11;
constexpr std::size_t kIgmpChecksum = 2;

// The IP header before a message of `bytes`, which it clears. Returns where the message begins.
std::uint8_t* beginMessage(const PingFields& fields, std::uint8_t protocol, std::size_t bytes,
                           std::uint8_t* into) {
  const std::size_t headerBytes =
      writeIpHeader({fields.source, fields.target, protocol, fields.hopLimit, fields.label},
                    bytes + fields.payload.size(), into);
  std::memset(into + headerBytes, 0, bytes);
  return into + headerBytes;
}

// The checksum over pseudo-header, message and payload.
std::uint16_t checksumWithPseudoHeader(const PingFields& fields, std::uint8_t protocol,
                                       std::span<const std::uint8_t> message) {
  return pseudoHeaderSum(fields.source, fields.target, protocol,
                         message.size() + fields.payload.size())
      .addBytes(message)
      .addBytes(fields.payload)
      .checksum();
}

PingFields withoutPayload(PingFields fields) {
  fields.payload = {};
  return fields;
}

PingFields to(std::uint16_t port, PingFields fields) {
  fields.targetPort = port;
  return fields;
}

std::size_t sizeOf(const PingFields& fields, std::size_t messageBytes) {
  return ipHeaderBytes(fields.source.family()) + messageBytes;
}

std::size_t writeQueryV4(std::uint8_t type, std::size_t bytes, const PingFields& fields,
                         std::uint8_t* into) {
  std::uint8_t* message = beginMessage(fields, ip_protocol::kIcmpV4, bytes, into);
  message[icmp_offset::kType] = type;
  storeBe32(message + icmp_offset::kQuery, fields.cookie);
  const ChecksumSum sum = ChecksumSum{}.addBytes({message, bytes}).addBytes(fields.payload);
  storeBe16(message + icmp_offset::kChecksum, sum.checksum());
  return sizeOf(fields, bytes);
}

std::size_t writeEchoV6(const PingFields& fields, std::uint8_t* into) {
  std::uint8_t* message = beginMessage(fields, ip_protocol::kIcmpV6, kIcmpHeaderBytes, into);
  message[icmp_offset::kType] = icmp_v6_type::kEcho;
  storeBe32(message + icmp_offset::kQuery, fields.cookie);
  storeBe16(message + icmp_offset::kChecksum,
            checksumWithPseudoHeader(fields, ip_protocol::kIcmpV6, {message, kIcmpHeaderBytes}));
  return sizeOf(fields, kIcmpHeaderBytes);
}

std::size_t writeIgmpQuery(const PingFields& fields, std::uint8_t* into) {
  std::uint8_t* message = beginMessage(fields, ip_protocol::kIgmp, kIgmpQueryBytes, into);
  message[0] = kIgmpQuery;
  message[1] = 1;  // Tenths of a second in which to answer.
  storeBe16(message + kIgmpChecksum, checksumOf({message, kIgmpQueryBytes}));
  return sizeOf(fields, kIgmpQueryBytes);
}

}  // namespace

std::size_t writeAck(const PingFields& fields, std::uint8_t* into) noexcept {
  std::uint8_t* header = beginMessage(fields, ip_protocol::kTcp, kMinTcpHeaderBytes, into);
  storeBe16(header + tcp_offset::kSourcePort, fields.sourcePort);
  storeBe16(header + tcp_offset::kDestinationPort, fields.targetPort);
  storeBe32(header + tcp_offset::kSequence, fields.cookie);
  storeBe32(header + tcp_offset::kAcknowledgement, fields.cookie);
  header[tcp_offset::kDataOffset] = kMinTcpHeaderBytes / 4 << 4;
  header[tcp_offset::kFlags] = tcp_flag::kAck;
  storeBe16(header + tcp_offset::kWindow, kWindow);
  storeBe16(header + tcp_offset::kChecksum,
            checksumWithPseudoHeader(fields, ip_protocol::kTcp, {header, kMinTcpHeaderBytes}));
  return sizeOf(fields, kMinTcpHeaderBytes);
}

std::size_t writeEcho(const PingFields& fields, std::uint8_t* into) noexcept {
  return fields.source.isV4() ? writeQueryV4(icmp_v4_type::kEcho, kIcmpHeaderBytes, fields, into)
                              : writeEchoV6(fields, into);
}

std::size_t writeTimestamp(const PingFields& fields, std::uint8_t* into) noexcept {
  return writeQueryV4(icmp_v4_type::kTimestamp, kIcmpTimestampBytes, withoutPayload(fields), into);
}

std::size_t writeAddressMask(const PingFields& fields, std::uint8_t* into) noexcept {
  return writeQueryV4(icmp_v4_type::kAddressMask, kIcmpAddressMaskBytes, withoutPayload(fields),
                      into);
}

std::size_t writeUdp(const PingFields& fields, std::uint8_t* into) noexcept {
  std::uint8_t* header = beginMessage(fields, ip_protocol::kUdp, kUdpHeaderBytes, into);
  storeBe16(header + udp_offset::kSourcePort, fields.sourcePort);
  storeBe16(header + udp_offset::kDestinationPort, fields.targetPort);
  storeBe16(header + udp_offset::kLength,
            static_cast<std::uint16_t>(kUdpHeaderBytes + fields.payload.size()));
  const std::uint16_t checksum =
      checksumWithPseudoHeader(fields, ip_protocol::kUdp, {header, kUdpHeaderBytes});
  // 0 would say that there is none.
  storeBe16(header + udp_offset::kChecksum, checksum == 0 ? 0xffff : checksum);
  return sizeOf(fields, kUdpHeaderBytes);
}

std::size_t writeProtocol(std::uint8_t protocol, const PingFields& fields,
                          std::uint8_t* into) noexcept {
  const PingFields bare = withoutPayload(fields);
  const bool isV4 = fields.source.isV4();
  switch (protocol) {
    case ip_protocol::kIcmpV4:
      if (isV4) return writeEcho(bare, into);
      break;
    case ip_protocol::kIcmpV6:
      if (!isV4) return writeEcho(bare, into);
      break;
    case ip_protocol::kIgmp:
      return writeIgmpQuery(bare, into);
    case ip_protocol::kTcp:
      return writeAck(to(kProtocolTcpPort, bare), into);
    case ip_protocol::kUdp:
      return writeUdp(to(kProtocolUdpPort, bare), into);
    default:
      break;
  }
  beginMessage(bare, protocol, 0, into);
  return sizeOf(bare, 0);
}

}  // namespace halfopen
