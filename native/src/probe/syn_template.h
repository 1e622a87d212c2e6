// The SYN packet of a probe: built once for a source address, patched for each probe.
//
// A payload, the same for all probes, is not copied: the header counts it, and whoever sends the
// packet sends it behind.
//
// `write` is inline, because it runs once for each probe.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <span>

#include "wire/byte_order.h"
#include "wire/checksum.h"
#include "wire/ip_address.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"
#include "wire/seq_number.h"
#include "wire/tcp.h"

namespace halfopen {

inline constexpr std::size_t kSynBytesV4 = 44;  // IP 20, TCP 24.
inline constexpr std::size_t kSynBytesV6 = 64;  // IP 40, TCP 24.

// The fields in which one probe differs from the next.
struct SynFields {
  IpAddress target;  // Of the same family as the template's source.
  std::uint16_t sourcePort;
  std::uint16_t targetPort;
  SeqNumber sequence;
  std::uint8_t hopLimit;             // TTL of IPv4.
  std::uint16_t identification = 0;  // IPv4 only.
};

class SynTemplate {
 public:
  // `payload` outlives the template. It has room in an IP packet behind the headers.
  explicit SynTemplate(const IpAddress& source,
                       std::span<const std::uint8_t> payload = {}) noexcept;

  [[nodiscard]] const IpAddress& source() const noexcept { return source_; }

  // What follows each header.
  [[nodiscard]] std::span<const std::uint8_t> payload() const noexcept { return payload_; }

  // Bytes of each header, from that of IP on.
  [[nodiscard]] std::size_t size() const noexcept {
    return source_.isV4() ? kSynBytesV4 : kSynBytesV6;
  }

  // Writes the header to the first `size()` bytes of `into`, which has room for them.
  void write(const SynFields& fields, std::span<std::uint8_t> into) const noexcept {
    assert(into.size() >= size() && fields.target.family() == source_.family());
    if (source_.isV4()) {
      writeV4(fields, into.data());
    } else {
      writeV6(fields, into.data());
    }
  }

 private:
  void writeV4(const SynFields& fields, std::uint8_t* packet) const noexcept {
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

  void writeV6(const SynFields& fields, std::uint8_t* packet) const noexcept {
    std::memcpy(packet, bytes_.data(), kSynBytesV6);
    packet[ipv6_offset::kHopLimit] = fields.hopLimit;
    std::memcpy(packet + ipv6_offset::kDestination, fields.target.bytes().data(),
                kIpv6AddressBytes);

    ChecksumSum tcpSum = tcpSum_;
    patchTcp(fields, tcpSum.addBytes(fields.target.bytes()), packet + kIpv6HeaderBytes);
  }

  static void patchTcp(const SynFields& fields, ChecksumSum sum, std::uint8_t* header) noexcept {
    const std::uint32_t sequence = fields.sequence.value();
    storeBe16(header + tcp_offset::kSourcePort, fields.sourcePort);
    storeBe16(header + tcp_offset::kDestinationPort, fields.targetPort);
    storeBe32(header + tcp_offset::kSequence, sequence);
    sum.add16(fields.sourcePort).add16(fields.targetPort).add32(sequence);
    storeBe16(header + tcp_offset::kChecksum, sum.checksum());
  }

  IpAddress source_;
  std::span<const std::uint8_t> payload_;
  // Varying fields and checksums are zero in here, so the sums need only what is patched in.
  std::array<std::uint8_t, kSynBytesV6> bytes_{};
  ChecksumSum ipSum_;
  ChecksumSum tcpSum_;
};

}  // namespace halfopen
