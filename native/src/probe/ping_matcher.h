// Matches what answers, or quotes, the probes of probe/ping_packets.h.
#pragma once

#include <optional>

#include "probe/answer.h"
#include "probe/own_addresses.h"
#include "probe/probe_marks.h"
#include "wire/icmp.h"
#include "wire/tcp.h"

namespace halfopen {

class PingMatcher {
 public:
  // Without `own`, nothing is known to be addressed to us. It outlives the matcher.
  PingMatcher(const MarkConfig& config, const OwnAddresses* own) noexcept
      : kinds_(config.kinds), marks_(config), own_(own) {}

  // Whether TCP to this port may answer a probe without a SYN.
  [[nodiscard]] bool isAckPort(std::uint16_t port) const noexcept {
    return (kinds_.has(probe_kind::kAck) || kinds_.has(probe_kind::kProtocol)) &&
           marks_.isPortOf(probe_kind::kAck, port);
  }

  // TCP to such a port.
  [[nodiscard]] Match matchTcp(const IpPacket& packet, const TcpView& tcp) const noexcept;

  // ICMP or ICMPv6 that is no error.
  [[nodiscard]] Match matchIcmp(const IpPacket& packet, const IcmpView& icmp) const noexcept;

  // Whatever is neither TCP nor ICMP.
  [[nodiscard]] Match matchOther(const IpPacket& packet) const noexcept;

  // The beginning of a probe in an error. The kind of the answer is left 0.
  [[nodiscard]] Match matchQuote(const IpPacket& quote) const noexcept;

 private:
  [[nodiscard]] Match matchUdp(const IpPacket& packet) const noexcept;
  [[nodiscard]] Match matchProtocol(const IpPacket& packet) const noexcept;
  [[nodiscard]] Match matchEchoReply(const IpPacket& packet, std::uint32_t query) const noexcept;

  [[nodiscard]] Match matchTcpQuote(const IpPacket& quote) const noexcept;
  [[nodiscard]] Match matchIcmpQuote(const IpPacket& quote) const noexcept;
  [[nodiscard]] Match matchUdpQuote(const IpPacket& quote) const noexcept;
  [[nodiscard]] Match matchProtocolQuote(const IpPacket& quote) const noexcept;

  [[nodiscard]] bool isOurs(const IpAddress& address) const noexcept {
    return own_ != nullptr && own_->has(address);
  }

  ProbeKindSet kinds_;
  ProbeMarks marks_;
  const OwnAddresses* own_;
};

}  // namespace halfopen
