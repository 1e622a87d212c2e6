// ARP messages (RFC 826) between Ethernet and IPv4 addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "wire/ip_address.h"
#include "wire/mac_address.h"

namespace halfopen {

namespace arp_offset {
inline constexpr std::size_t kHardwareType = 0;
inline constexpr std::size_t kProtocolType = 2;
inline constexpr std::size_t kHardwareLength = 4;
inline constexpr std::size_t kProtocolLength = 5;
inline constexpr std::size_t kOperation = 6;
inline constexpr std::size_t kSenderMac = 8;
inline constexpr std::size_t kSenderAddress = 14;
inline constexpr std::size_t kTargetMac = 18;
inline constexpr std::size_t kTargetAddress = 24;
}  // namespace arp_offset

namespace arp_operation {
inline constexpr std::uint16_t kRequest = 1;
inline constexpr std::uint16_t kReply = 2;
}  // namespace arp_operation

inline constexpr std::uint16_t kArpEthernet = 1;  // Hardware type.
inline constexpr std::size_t kArpBytes = 28;

struct ArpMessage {
  std::uint16_t operation;
  MacAddress senderMac;
  IpAddress senderAddress;
  MacAddress targetMac;
  IpAddress targetAddress;

  // Nothing when the message is cut short, or is about other kinds of addresses.
  [[nodiscard]] static std::optional<ArpMessage> parse(
      std::span<const std::uint8_t> bytes) noexcept;
};

}  // namespace halfopen
