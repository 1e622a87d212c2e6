#include "probe/neighbour_packets.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "probe/ip_header.h"
#include "wire/arp.h"
#include "wire/byte_order.h"
#include "wire/ethernet.h"
#include "wire/icmp.h"
#include "wire/ip_protocol.h"
#include "wire/neighbour_advertisement.h"
#include "wire/pseudo_header.h"

namespace halfopen {

namespace {

constexpr std::uint16_t kResponseDelay = 100;  // ms
constexpr std::size_t kSolicitationBytes =
    neighbour_offset::kOptions + neighbour_option::kMacOptionBytes;

// Hop-by-hop options with a router alert (RFC 2711) and padding, before ICMPv6.
constexpr std::array<std::uint8_t, 8> kRouterAlert{ip_protocol::kIcmpV6, 0, 5, 2, 0, 0, 1, 0};

void writeChecksum(const IpAddress& source, const IpAddress& destination,
                   std::span<std::uint8_t> message) {
  const ChecksumSum sum =
      pseudoHeaderSum(source, destination, ip_protocol::kIcmpV6, message.size()).addBytes(message);
  storeBe16(message.data() + icmp_offset::kChecksum, sum.checksum());
}

}  // namespace

std::size_t writeArpRequest(const LinkQuestion& question, std::uint8_t* into) noexcept {
  std::memset(into, 0, kArpBytes);  // The target's link-layer address stays 0: it is what we ask.
  storeBe16(into + arp_offset::kHardwareType, kArpEthernet);
  storeBe16(into + arp_offset::kProtocolType, ether_type::kIpv4);
  into[arp_offset::kHardwareLength] = kMacBytes;
  into[arp_offset::kProtocolLength] = kIpv4AddressBytes;
  storeBe16(into + arp_offset::kOperation, arp_operation::kRequest);
  std::copy(question.sourceMac.begin(), question.sourceMac.end(), into + arp_offset::kSenderMac);
  std::ranges::copy(question.source.bytes(), into + arp_offset::kSenderAddress);
  std::ranges::copy(question.target.bytes(), into + arp_offset::kTargetAddress);
  return kArpBytes;
}

std::size_t writeNeighbourSolicitation(const LinkQuestion& question, std::uint8_t* into) noexcept {
  const IpAddress group = solicitedNodeGroup(question.target);
  const std::size_t headerBytes =
      writeIpHeader({question.source, group, ip_protocol::kIcmpV6, kNeighbourHopLimit, 0},
                    kSolicitationBytes, into);
  const std::span message{into + headerBytes, kSolicitationBytes};
  std::ranges::fill(message, std::uint8_t{0});
  message[icmp_offset::kType] = icmp_v6_type::kNeighbourSolicitation;
  std::ranges::copy(question.target.bytes(), &message[neighbour_offset::kTarget]);
  std::uint8_t* option = &message[neighbour_offset::kOptions];
  option[0] = neighbour_option::kSourceMac;
  option[1] = 1;  // In units of 8 bytes.
  std::copy(question.sourceMac.begin(), question.sourceMac.end(), option + 2);
  writeChecksum(question.source, group, message);
  return headerBytes + kSolicitationBytes;
}

std::size_t writeListenerQuery(const LinkQuestion& question, std::uint8_t* into) noexcept {
  const std::size_t headerBytes = writeIpHeader(
      {question.source, question.target, ip_protocol::kHopByHop, kListenerHopLimit, 0},
      kRouterAlert.size() + kListenerMessageBytes, into);
  std::ranges::copy(kRouterAlert, into + headerBytes);
  const std::span message{into + headerBytes + kRouterAlert.size(), kListenerMessageBytes};
  std::ranges::fill(message, std::uint8_t{0});
  message[icmp_offset::kType] = icmp_v6_type::kListenerQuery;
  storeBe16(&message[icmp_offset::kQuery], kResponseDelay);
  writeChecksum(question.source, question.target, message);
  return headerBytes + kRouterAlert.size() + kListenerMessageBytes;
}

IpAddress solicitedNodeGroup(const IpAddress& address) noexcept {
  std::array<std::uint8_t, kIpv6AddressBytes> group{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff};
  std::ranges::copy(address.bytes().last(3), group.end() - 3);
  return IpAddress::v6(group);
}

}  // namespace halfopen
