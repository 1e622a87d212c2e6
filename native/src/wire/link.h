// Finds the IP packet or ARP message in a captured frame, whatever link it came over.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>

#include "wire/network_packet.h"

namespace halfopen {

// How frames of a capture begin. `linkTypeOf` maps libpcap's DLT_ numbers to these.
enum class LinkType : std::uint8_t {
  kEthernet,
  kLinuxCooked,    // LINKTYPE_LINUX_SLL: the `any` device, links without a header of their own.
  kLinuxCookedV2,  // LINKTYPE_LINUX_SLL2.
  kNull,           // BSD loopback: the address family, in the byte order of the capturing host.
  kLoop,           // OpenBSD loopback: the address family, in network byte order.
  kRawIp,          // Nothing before the IP header.
};

// The link type with this DLT_ number of libpcap (`pcap_datalink`), if we can read it.
[[nodiscard]] std::optional<LinkType> linkTypeOf(int dlt) noexcept;

// The ARP message of a frame and what follows it, such as padding; not checked yet.
struct ArpPayload {
  std::span<const std::uint8_t> bytes;
};

// Why there is neither in a frame.
enum class FrameFault : std::uint8_t {
  kMalformed,  // The frame ends before its payload begins.
  kNotIp,      // Another protocol: nothing wrong with it.
};

using NetworkLayer = std::variant<NetworkPacket, ArpPayload, FrameFault>;

[[nodiscard]] NetworkLayer networkLayer(LinkType type,
                                        std::span<const std::uint8_t> frame) noexcept;

}  // namespace halfopen
