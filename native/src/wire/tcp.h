// TCP headers (RFC 9293 §3.1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/byte_order.h"
#include "wire/seq_number.h"

namespace halfopen {

namespace tcp_offset {
inline constexpr std::size_t kSourcePort = 0;
inline constexpr std::size_t kDestinationPort = 2;
inline constexpr std::size_t kSequence = 4;
inline constexpr std::size_t kAcknowledgement = 8;
inline constexpr std::size_t kDataOffset = 12;  // High four bits, in units of four bytes.
inline constexpr std::size_t kFlags = 13;
inline constexpr std::size_t kWindow = 14;
inline constexpr std::size_t kChecksum = 16;
inline constexpr std::size_t kUrgentPointer = 18;
inline constexpr std::size_t kOptions = 20;
}  // namespace tcp_offset

namespace tcp_flag {
inline constexpr std::uint8_t kFin = 0x01;
inline constexpr std::uint8_t kSyn = 0x02;
inline constexpr std::uint8_t kRst = 0x04;
inline constexpr std::uint8_t kPsh = 0x08;
inline constexpr std::uint8_t kAck = 0x10;
inline constexpr std::uint8_t kUrg = 0x20;
inline constexpr std::uint8_t kEce = 0x40;
inline constexpr std::uint8_t kCwr = 0x80;
}  // namespace tcp_flag

namespace tcp_option {
inline constexpr std::uint8_t kEnd = 0;
inline constexpr std::uint8_t kNoOperation = 1;
inline constexpr std::uint8_t kMaximumSegmentSize = 2;
}  // namespace tcp_option

inline constexpr std::size_t kMinTcpHeaderBytes = 20;
inline constexpr std::size_t kQuotedTcpBytes = 8;  // What RFC 792 promises of a quoted packet.

struct TcpOption {
  std::uint8_t kind;
  std::span<const std::uint8_t> value;  // Without kind and length.
};

// Steps through the options of a header, and stops at the first that is cut short or inconsistent.
class TcpOptionReader {
 public:
  explicit TcpOptionReader(std::span<const std::uint8_t> options) noexcept : rest_(options) {}

  // Skips no-operations; nothing at the end of the list.
  [[nodiscard]] std::optional<TcpOption> next() noexcept;

 private:
  std::span<const std::uint8_t> rest_;
};

// Reads the fields of a header in place. `parse` is the only way to get one, so the header is there
// to the end of its options.
class TcpView {
 public:
  [[nodiscard]] static std::optional<TcpView> parse(std::span<const std::uint8_t> bytes) noexcept;

  [[nodiscard]] std::uint16_t sourcePort() const noexcept {
    return loadBe16(bytes_.data() + tcp_offset::kSourcePort);
  }
  [[nodiscard]] std::uint16_t destinationPort() const noexcept {
    return loadBe16(bytes_.data() + tcp_offset::kDestinationPort);
  }
  [[nodiscard]] SeqNumber sequence() const noexcept {
    return SeqNumber{loadBe32(bytes_.data() + tcp_offset::kSequence)};
  }
  [[nodiscard]] SeqNumber acknowledgement() const noexcept {
    return SeqNumber{loadBe32(bytes_.data() + tcp_offset::kAcknowledgement)};
  }
  [[nodiscard]] std::uint8_t flags() const noexcept { return bytes_[tcp_offset::kFlags]; }
  [[nodiscard]] bool has(std::uint8_t flag) const noexcept { return (flags() & flag) == flag; }
  [[nodiscard]] std::uint16_t window() const noexcept {
    return loadBe16(bytes_.data() + tcp_offset::kWindow);
  }

  [[nodiscard]] std::size_t headerBytes() const noexcept { return headerBytesOf(bytes_); }
  [[nodiscard]] TcpOptionReader options() const noexcept {
    return TcpOptionReader{bytes_.first(headerBytes()).subspan(tcp_offset::kOptions)};
  }
  [[nodiscard]] std::span<const std::uint8_t> payload() const noexcept {
    return bytes_.subspan(headerBytes());
  }

 private:
  explicit TcpView(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] static std::size_t headerBytesOf(std::span<const std::uint8_t> bytes) noexcept {
    return std::size_t{4} * (bytes[tcp_offset::kDataOffset] >> 4);
  }

  std::span<const std::uint8_t> bytes_;
};

// The first 8 bytes of a header, as an ICMP error quotes them.
class QuotedTcpView {
 public:
  [[nodiscard]] static std::optional<QuotedTcpView> parse(
      std::span<const std::uint8_t> bytes) noexcept;

  [[nodiscard]] std::uint16_t sourcePort() const noexcept {
    return loadBe16(bytes_.data() + tcp_offset::kSourcePort);
  }
  [[nodiscard]] std::uint16_t destinationPort() const noexcept {
    return loadBe16(bytes_.data() + tcp_offset::kDestinationPort);
  }
  [[nodiscard]] SeqNumber sequence() const noexcept {
    return SeqNumber{loadBe32(bytes_.data() + tcp_offset::kSequence)};
  }

 private:
  explicit QuotedTcpView(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  std::span<const std::uint8_t> bytes_;
};

}  // namespace halfopen
