#include "probe/reply_matcher.h"

#include "wire/icmp.h"
#include "wire/ip_protocol.h"

namespace halfopen {

namespace {

// What TCP flags answer, in this order; nothing for all else.
std::optional<std::uint8_t> kindOf(const TcpView& tcp) {
  if (tcp.has(tcp_flag::kSyn | tcp_flag::kAck)) return reply_kind::kSynAck;
  if (tcp.has(tcp_flag::kRst)) return reply_kind::kReset;
  if (tcp.has(tcp_flag::kSyn)) return reply_kind::kSyn;
  return std::nullopt;
}

// Whether errors of this type say something about a port. The choice is Nmap's: it leaves out "time
// exceeded" of ICMPv6, so a routing loop reads as silence there and as filtered over IPv4.
bool isPortError(std::uint8_t protocol, std::uint8_t type) {
  return protocol == ip_protocol::kIcmpV4
             ? type == icmp_v4_type::kUnreachable || type == icmp_v4_type::kTimeExceeded
             : type == icmp_v6_type::kUnreachable || type == icmp_v6_type::kParameterProblem;
}

}  // namespace

std::optional<Rejection> ReplyMatcher::match(const NetworkPacket& packet, double receivedAt,
                                             ReplyRecord& reply) const noexcept {
  const std::optional<IpPacket> ip = IpPacket::parse(packet);
  if (!ip) return Rejection::kMalformed;
  if (ip->isLaterFragment) return Rejection::kUnsolicited;
  if (ip->protocol == ip_protocol::kTcp) return matchTcp(*ip, receivedAt, reply);
  const std::uint8_t icmp = ip->source.isV4() ? ip_protocol::kIcmpV4 : ip_protocol::kIcmpV6;
  if (ip->protocol == icmp) return matchIcmp(*ip, receivedAt, reply);
  return Rejection::kUnsolicited;
}

std::optional<Rejection> ReplyMatcher::matchTcp(const IpPacket& packet, double receivedAt,
                                                ReplyRecord& reply) const noexcept {
  const std::optional<TcpView> tcp = TcpView::parse(packet.payload);
  if (!tcp) return Rejection::kMalformed;
  if (isOwnTraffic(packet, *tcp)) return Rejection::kOwnProbe;
  if (!isOurPort(tcp->destinationPort())) return Rejection::kUnsolicited;
  const std::optional<std::uint8_t> kind = kindOf(*tcp);
  if (!kind) return Rejection::kUnsolicited;

  const ProbeTuple probe{packet.destination, packet.source, tcp->destinationPort(),
                         tcp->sourcePort()};
  // A bare RST and a lone SYN acknowledge nothing, so there is nothing to check but addresses and
  // ports. A RST of RFC 9293 §3.10.7.1 answers a SYN with an ACK; one without comes from
  // middleboxes that reset in the target's name, with any sequence number, and means "closed" to
  // Nmap too. The engine takes either only while the probe is outstanding, which leaves a forger
  // that window.
  const std::optional<std::uint8_t> attempt =
      tcp->has(tcp_flag::kAck) ? attemptAcknowledged(probe, tcp->acknowledgement())
                               : attemptByPort(probe.sourcePort);
  if (!attempt) return Rejection::kWrongCookie;

  reply = ReplyRecord{
      .receivedAt = receivedAt,
      .target = packet.source.recordBytes(),
      .sender = packet.source.recordBytes(),
      .port = probe.targetPort,
      .attempt = *attempt,
      .family = static_cast<std::uint8_t>(packet.source.family()),
      .kind = *kind,
      .ttl = packet.hopLimit,
      .icmpType = 0,
      .icmpCode = 0,
      .window = tcp->window(),
      .tcpFlags = tcp->flags(),
      .reserved = {},
  };
  return std::nullopt;
}

std::optional<Rejection> ReplyMatcher::matchIcmp(const IpPacket& packet, double receivedAt,
                                                 ReplyRecord& reply) const noexcept {
  const std::optional<IcmpView> icmp = IcmpView::parse(packet.payload);
  if (!icmp) return Rejection::kMalformed;
  if (!isPortError(packet.protocol, icmp->type())) return Rejection::kUnsolicited;
  const std::optional<IpPacket> quote =
      IpPacket::parseQuoted({packet.source.family(), icmp->quote()});
  if (!quote) return Rejection::kMalformed;
  if (quote->protocol != ip_protocol::kTcp || quote->isLaterFragment ||
      quote->source != packet.destination) {
    return Rejection::kWrongQuote;
  }
  const std::optional<QuotedTcpView> tcp = QuotedTcpView::parse(quote->payload);
  if (!tcp) return Rejection::kShortQuote;
  const ProbeTuple probe{quote->source, quote->destination, tcp->sourcePort(),
                         tcp->destinationPort()};
  const std::optional<std::uint8_t> attempt = attemptOf(probe, tcp->sequence());
  if (!attempt) return Rejection::kWrongQuote;

  reply = ReplyRecord{
      .receivedAt = receivedAt,
      .target = quote->destination.recordBytes(),
      .sender = packet.source.recordBytes(),
      .port = probe.targetPort,
      .attempt = *attempt,
      .family = static_cast<std::uint8_t>(packet.source.family()),
      .kind = packet.source.isV4() ? reply_kind::kIcmpError : reply_kind::kIcmpV6Error,
      .ttl = packet.hopLimit,
      .icmpType = icmp->type(),
      .icmpCode = icmp->code(),
      .window = 0,
      .tcpFlags = 0,
      .reserved = {},
  };
  return std::nullopt;
}

// On loopback, and wherever a capture shows both directions, what leaves this host can look like an
// answer: to a scan of the very ports that we send from, our probes are lone SYNs from them. So do
// the resets with which the kernel, knowing nothing of our probes, meets each SYN/ACK: bare, with
// the acknowledged number as their own (RFC 9293 §3.10.7.1).
bool ReplyMatcher::isOwnTraffic(const IpPacket& packet, const TcpView& tcp) const noexcept {
  if (tcp.has(tcp_flag::kAck)) return false;
  const ProbeTuple probe{packet.source, packet.destination, tcp.sourcePort(),
                         tcp.destinationPort()};
  if (tcp.has(tcp_flag::kRst)) {
    return attemptAcknowledged(probe, tcp.sequence()).has_value();
  }
  return tcp.has(tcp_flag::kSyn) && attemptOf(probe, tcp.sequence()).has_value();
}

bool ReplyMatcher::isOurPort(std::uint16_t port) const noexcept {
  if (config_.fixedSourcePort) return port == *config_.fixedSourcePort;
  return static_cast<std::uint16_t>(port - config_.sourcePortBase) < config_.tries;
}

std::optional<std::uint8_t> ReplyMatcher::attemptOf(const ProbeTuple& probe,
                                                    SeqNumber sequence) const noexcept {
  if (!isOurPort(probe.sourcePort)) return std::nullopt;
  const auto isOf = [&](std::uint8_t attempt) {
    return cookie_.of(probe.source, probe.target, probe.targetPort, attempt) == sequence;
  };
  if (!config_.fixedSourcePort) {
    const std::uint8_t attempt = attemptByPort(probe.sourcePort);
    return isOf(attempt) ? std::optional{attempt} : std::nullopt;
  }
  for (std::uint8_t attempt = 0; attempt < config_.tries; attempt++) {
    if (isOf(attempt)) return attempt;
  }
  return std::nullopt;
}

std::optional<std::uint8_t> ReplyMatcher::attemptAcknowledged(
    const ProbeTuple& probe, SeqNumber acknowledgement) const noexcept {
  const SeqNumber sequence = acknowledgement.previous();
  const std::optional<std::uint8_t> attempt = attemptOf(probe, sequence);
  if (attempt || config_.payloadBytes == 0) return attempt;
  return attemptOf(probe, sequence.minus(config_.payloadBytes));
}

std::uint8_t ReplyMatcher::attemptByPort(std::uint16_t sourcePort) const noexcept {
  if (config_.fixedSourcePort) return kUnknownAttempt;
  return static_cast<std::uint8_t>(sourcePort - config_.sourcePortBase);
}

}  // namespace halfopen
