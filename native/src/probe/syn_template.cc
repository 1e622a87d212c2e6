#include "probe/syn_template.h"

#include <cassert>
#include <cstring>

#include "wire/byte_order.h"
#include "wire/ip_protocol.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"
#include "wire/tcp.h"

namespace halfopen {

namespace {

constexpr std::size_t kTcpBytes = 24;  // With the one option.
constexpr std::uint16_t kWindow = 1024;
constexpr std::uint16_t kMaximumSegmentSize = 1460;

void writeConstantV4(const IpAddress& source, std::uint8_t* header) {
  header[ipv4_offset::kVersionAndHeaderLength] = 4 << 4 | kMinIpv4HeaderBytes / 4;
  storeBe16(header + ipv4_offset::kTotalLength, kSynBytesV4);
  header[ipv4_offset::kProtocol] = ip_protocol::kTcp;
  std::memcpy(header + ipv4_offset::kSource, source.bytes().data(), kIpv4AddressBytes);
}

void writeConstantV6(const IpAddress& source, std::uint8_t* header) {
  header[ipv6_offset::kVersion] = 6 << 4;
  storeBe16(header + ipv6_offset::kPayloadLength, kTcpBytes);
  header[ipv6_offset::kNextHeader] = ip_protocol::kTcp;
  std::memcpy(header + ipv6_offset::kSource, source.bytes().data(), kIpv6AddressBytes);
}

void writeConstantTcp(std::uint8_t* header) {
  header[tcp_offset::kDataOffset] = kTcpBytes / 4 << 4;
  header[tcp_offset::kFlags] = tcp_flag::kSyn;
  storeBe16(header + tcp_offset::kWindow, kWindow);
  std::uint8_t* option = header + tcp_offset::kOptions;
  option[0] = tcp_option::kMaximumSegmentSize;
  option[1] = 4;
  storeBe16(option + 2, kMaximumSegmentSize);
}

void patchTcp(const SynFields& fields, ChecksumSum sum, std::uint8_t* header) {
  const std::uint32_t sequence = fields.sequence.value();
  storeBe16(header + tcp_offset::kSourcePort, fields.sourcePort);
  storeBe16(header + tcp_offset::kDestinationPort, fields.targetPort);
  storeBe32(header + tcp_offset::kSequence, sequence);
  sum.add16(fields.sourcePort).add16(fields.targetPort).add32(sequence);
  storeBe16(header + tcp_offset::kChecksum, sum.checksum());
}

}  // namespace

SynTemplate::SynTemplate(const IpAddress& source) noexcept : source_(source) {
  std::uint8_t* tcp = bytes_.data() + size() - kTcpBytes;
  if (source.isV4()) {
    writeConstantV4(source, bytes_.data());
    ipSum_.addBytes(std::span{bytes_}.first<kMinIpv4HeaderBytes>());
  } else {
    writeConstantV6(source, bytes_.data());
  }
  writeConstantTcp(tcp);
  // The header, and of the pseudo-header all but the target (RFC 9293 §3.1, RFC 8200 §8.1).
  tcpSum_.addBytes(std::span<const std::uint8_t>{tcp, kTcpBytes})
      .addBytes(source.bytes())
      .add16(ip_protocol::kTcp)
      .add16(kTcpBytes);
}

void SynTemplate::write(const SynFields& fields, std::span<std::uint8_t> into) const noexcept {
  assert(into.size() >= size() && fields.target.family() == source_.family());
  if (source_.isV4()) {
    writeV4(fields, into.data());
  } else {
    writeV6(fields, into.data());
  }
}

void SynTemplate::writeV4(const SynFields& fields, std::uint8_t* packet) const noexcept {
  std::memcpy(packet, bytes_.data(), kSynBytesV4);
  const std::uint32_t target = loadBe32(fields.target.bytes().data());
  const auto ttlWord =
      static_cast<std::uint16_t>(fields.hopLimit << 8);  // The protocol is in the sum.
  storeBe16(packet + ipv4_offset::kIdentification, fields.identification);
  packet[ipv4_offset::kTtl] = fields.hopLimit;
  storeBe32(packet + ipv4_offset::kDestination, target);

  ChecksumSum ipSum = ipSum_;
  ipSum.add16(fields.identification).add16(ttlWord).add32(target);
  storeBe16(packet + ipv4_offset::kChecksum, ipSum.checksum());
  ChecksumSum tcpSum = tcpSum_;
  patchTcp(fields, tcpSum.add32(target), packet + kMinIpv4HeaderBytes);
}

void SynTemplate::writeV6(const SynFields& fields, std::uint8_t* packet) const noexcept {
  std::memcpy(packet, bytes_.data(), kSynBytesV6);
  packet[ipv6_offset::kHopLimit] = fields.hopLimit;
  std::memcpy(packet + ipv6_offset::kDestination, fields.target.bytes().data(), kIpv6AddressBytes);

  ChecksumSum tcpSum = tcpSum_;
  patchTcp(fields, tcpSum.addBytes(fields.target.bytes()), packet + kIpv6HeaderBytes);
}

}  // namespace halfopen
