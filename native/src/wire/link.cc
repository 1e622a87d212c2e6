#include "wire/link.h"

#include "wire/ethernet.h"
#include "wire/linux_cooked.h"
#include "wire/loopback.h"

namespace halfopen {

namespace {

NetworkLayer byEtherType(const std::optional<EtherPayload>& payload) {
  if (!payload) return FrameFault::kMalformed;
  switch (payload->etherType) {
    case ether_type::kIpv4:
      return NetworkPacket{IpFamily::kV4, payload->bytes};
    case ether_type::kIpv6:
      return NetworkPacket{IpFamily::kV6, payload->bytes};
    case ether_type::kArp:
      return ArpPayload{payload->bytes};
    default:
      return FrameFault::kNotIp;
  }
}

NetworkLayer byAddressFamily(const std::optional<LoopbackPayload>& payload) {
  if (!payload) return FrameFault::kMalformed;
  switch (payload->addressFamily) {
    case 2:  // AF_INET, everywhere.
      return NetworkPacket{IpFamily::kV4, payload->bytes};
    case 10:  // AF_INET6 of Linux,
    case 23:  // of Windows,
    case 24:  // of OpenBSD and NetBSD,
    case 28:  // of FreeBSD,
    case 30:  // of macOS.
      return NetworkPacket{IpFamily::kV6, payload->bytes};
    default:
      return FrameFault::kNotIp;
  }
}

NetworkLayer byVersion(std::span<const std::uint8_t> packet) {
  if (packet.empty()) return FrameFault::kMalformed;
  switch (packet[0] >> 4) {
    case 4:
      return NetworkPacket{IpFamily::kV4, packet};
    case 6:
      return NetworkPacket{IpFamily::kV6, packet};
    default:
      return FrameFault::kNotIp;
  }
}

}  // namespace

std::optional<LinkType> linkTypeOf(int dlt) noexcept {
  switch (dlt) {
    case 0:
      return LinkType::kNull;
    case 1:
      return LinkType::kEthernet;
    case 12:   // DLT_RAW,
    case 14:   // of OpenBSD,
    case 101:  // LINKTYPE_RAW,
    case 228:  // LINKTYPE_IPV4,
    case 229:  // LINKTYPE_IPV6.
      return LinkType::kRawIp;
    case 108:
      return LinkType::kLoop;
    case 113:
      return LinkType::kLinuxCooked;
    case 276:
      return LinkType::kLinuxCookedV2;
    default:
      return std::nullopt;
  }
}

NetworkLayer networkLayer(LinkType type, std::span<const std::uint8_t> frame) noexcept {
  switch (type) {
    case LinkType::kEthernet:
      return byEtherType(parseEthernet(frame));
    case LinkType::kLinuxCooked:
      return byEtherType(parseLinuxCooked(frame));
    case LinkType::kLinuxCookedV2:
      return byEtherType(parseLinuxCookedV2(frame));
    case LinkType::kNull:
      return byAddressFamily(parseNull(frame));
    case LinkType::kLoop:
      return byAddressFamily(parseLoop(frame));
    case LinkType::kRawIp:
      return byVersion(frame);
  }
  return FrameFault::kNotIp;
}

}  // namespace halfopen
