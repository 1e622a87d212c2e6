// The SYN packet of a probe: built once for a source address, patched for each probe.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "wire/checksum.h"
#include "wire/ip_address.h"
#include "wire/seq_number.h"

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
  explicit SynTemplate(const IpAddress& source) noexcept;

  [[nodiscard]] const IpAddress& source() const noexcept { return source_; }

  // Bytes of each packet, from the IP header on.
  [[nodiscard]] std::size_t size() const noexcept {
    return source_.isV4() ? kSynBytesV4 : kSynBytesV6;
  }

  // Writes the packet to the first `size()` bytes of `into`, which has room for them.
  void write(const SynFields& fields, std::span<std::uint8_t> into) const noexcept;

 private:
  void writeV4(const SynFields& fields, std::uint8_t* packet) const noexcept;
  void writeV6(const SynFields& fields, std::uint8_t* packet) const noexcept;

  IpAddress source_;
  // Varying fields and checksums are zero in here, so the sums need only what is patched in.
  std::array<std::uint8_t, kSynBytesV6> bytes_{};
  ChecksumSum ipSum_;
  ChecksumSum tcpSum_;
};

}  // namespace halfopen
