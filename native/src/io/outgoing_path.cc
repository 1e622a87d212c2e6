#include "io/outgoing_path.h"

#include <algorithm>

#include "wire/byte_order.h"

namespace halfopen {

OutgoingPath OutgoingPath::overRawIp(const IpAddress& source, int interfaceIndex) noexcept {
  return {SenderKind::kRawIp, source, interfaceIndex};
}

OutgoingPath OutgoingPath::overEthernet(const IpAddress& source, int interfaceIndex,
                                        const LinkEnds& ends) noexcept {
  OutgoingPath path{SenderKind::kPacket, source, interfaceIndex};
  std::uint8_t* header = path.linkHeader_.data();
  std::copy(ends.destination.begin(), ends.destination.end(), header);
  std::copy(ends.source.begin(), ends.source.end(), header + kMacBytes);
  storeBe16(header + ethernet_offset::kEtherType,
            source.isV4() ? ether_type::kIpv4 : ether_type::kIpv6);
  return path;
}

}  // namespace halfopen
