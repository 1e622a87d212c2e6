#include "io/outgoing_path.h"

#include <algorithm>

#include "wire/byte_order.h"

namespace halfopen {

OutgoingPath OutgoingPath::overRawIp(const IpAddress& source, int interfaceIndex,
                                     std::span<const std::uint8_t> payload) noexcept {
  return {SenderKind::kRawIp, source, interfaceIndex, payload};
}

OutgoingPath OutgoingPath::overEthernet(const IpAddress& source, int interfaceIndex,
                                        const LinkEnds& ends,
                                        std::span<const std::uint8_t> payload) noexcept {
  OutgoingPath path{SenderKind::kPacket, source, interfaceIndex, payload};
  std::uint8_t* header = path.linkHeader_.data();
  std::copy(ends.destination.begin(), ends.destination.end(), header);
  std::copy(ends.source.begin(), ends.source.end(), header + kMacBytes);
  storeBe16(header + ethernet_offset::kEtherType,
            source.isV4() ? ether_type::kIpv4 : ether_type::kIpv6);
  return path;
}

OutgoingPath OutgoingPath::overLink(const IpAddress& source, int interfaceIndex,
                                    const MacAddress& sourceMac) noexcept {
  OutgoingPath path =
      overEthernet(source, interfaceIndex, {.destination = kBroadcastMac, .source = sourceMac});
  path.isToLink_ = true;
  return path;
}

MacAddress OutgoingPath::sourceMac() const noexcept {
  MacAddress mac;
  std::copy_n(linkHeader_.begin() + ethernet_offset::kSource, mac.size(), mac.begin());
  return mac;
}

}  // namespace halfopen
