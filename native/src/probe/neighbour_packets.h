// What is asked of all who are on a link: ARP requests, neighbour solicitations and multicast
// listener queries.
//
// Each function writes to the beginning of `into`, which has room for kMaxLinkMessageBytes, and
// returns the size.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/ip_address.h"
#include "wire/mac_address.h"

namespace halfopen {

inline constexpr std::size_t kMaxLinkMessageBytes = 72;  // IPv6 40, neighbour solicitation 32.

struct LinkQuestion {
  IpAddress source;
  MacAddress sourceMac;
  IpAddress target;  // Of the same family.
};

// An ARP request (RFC 826), which has no IP header.
std::size_t writeArpRequest(const LinkQuestion& question, std::uint8_t* into) noexcept;

// A neighbour solicitation (RFC 4861 §4.3) to `solicitedNodeGroup(target)`.
std::size_t writeNeighbourSolicitation(const LinkQuestion& question, std::uint8_t* into) noexcept;

// A general query of MLD, version 1 (RFC 2710 §3), to the target, which is all nodes. Hosts answer
// within 100 ms, each for the groups that it listens to.
std::size_t writeListenerQuery(const LinkQuestion& question, std::uint8_t* into) noexcept;

// The group that whoever has an address listens to (RFC 4291 §2.7.1).
[[nodiscard]] IpAddress solicitedNodeGroup(const IpAddress& address) noexcept;

}  // namespace halfopen
