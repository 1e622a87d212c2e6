#include "probe/syn_template.h"

#include <cstring>

#include "wire/ip_protocol.h"

namespace halfopen {

namespace {

constexpr std::size_t kTcpBytes = 24;  // With the one option.
constexpr std::uint16_t kWindow = 1024;
constexpr std::uint16_t kMaximumSegmentSize = 1460;

void writeConstantV4(const IpAddress& source, std::size_t payload, std::uint8_t* header) {
  header[ipv4_offset::kVersionAndHeaderLength] = 4 << 4 | kMinIpv4HeaderBytes / 4;
  storeBe16(header + ipv4_offset::kTotalLength, static_cast<std::uint16_t>(kSynBytesV4 + payload));
  header[ipv4_offset::kProtocol] = ip_protocol::kTcp;
  std::memcpy(header + ipv4_offset::kSource, source.bytes().data(), kIpv4AddressBytes);
}

void writeConstantV6(const IpAddress& source, std::size_t payload, std::uint8_t* header) {
  header[ipv6_offset::kVersion] = 6 << 4;
  storeBe16(header + ipv6_offset::kPayloadLength, static_cast<std::uint16_t>(kTcpBytes + payload));
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

}  // namespace

SynTemplate::SynTemplate(const IpAddress& source, std::span<const std::uint8_t> payload) noexcept
    : source_(source), payload_(payload) {
  std::uint8_t* tcp = bytes_.data() + size() - kTcpBytes;
  if (source.isV4()) {
    writeConstantV4(source, payload.size(), bytes_.data());
    ipSum_.addBytes(std::span{bytes_}.first<kMinIpv4HeaderBytes>());
  } else {
    writeConstantV6(source, payload.size(), bytes_.data());
  }
  writeConstantTcp(tcp);
  // The header, the payload, and of the pseudo-header all but the target (RFC 9293 §3.1, RFC 8200
  // §8.1).
  tcpSum_.addBytes(std::span<const std::uint8_t>{tcp, kTcpBytes})
      .addBytes(payload)
      .addBytes(source.bytes())
      .add16(ip_protocol::kTcp)
      .add16(static_cast<std::uint16_t>(kTcpBytes + payload.size()));
}

}  // namespace halfopen
