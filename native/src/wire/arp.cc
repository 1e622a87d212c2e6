#include "wire/arp.h"

#include <algorithm>

#include "wire/byte_order.h"
#include "wire/ethernet.h"

namespace halfopen {

namespace {

bool isEthernetToIpv4(const std::uint8_t* message) {
  return loadBe16(message + arp_offset::kHardwareType) == kArpEthernet &&
         loadBe16(message + arp_offset::kProtocolType) == ether_type::kIpv4 &&
         message[arp_offset::kHardwareLength] == kMacBytes &&
         message[arp_offset::kProtocolLength] == kIpv4AddressBytes;
}

MacAddress macAt(const std::uint8_t* bytes) {
  MacAddress mac;
  std::copy_n(bytes, mac.size(), mac.begin());
  return mac;
}

}  // namespace

std::optional<ArpMessage> ArpMessage::parse(std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.size() < kArpBytes || !isEthernetToIpv4(bytes.data())) return std::nullopt;
  const std::uint8_t* message = bytes.data();
  return ArpMessage{
      .operation = loadBe16(message + arp_offset::kOperation),
      .senderMac = macAt(message + arp_offset::kSenderMac),
      .senderAddress = IpAddress::v4(loadBe32(message + arp_offset::kSenderAddress)),
      .targetMac = macAt(message + arp_offset::kTargetMac),
      .targetAddress = IpAddress::v4(loadBe32(message + arp_offset::kTargetAddress)),
  };
}

}  // namespace halfopen
