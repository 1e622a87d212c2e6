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

}  // namespace

std::optional<Rejection> ReplyMatcher::match(const NetworkPacket& packet, double receivedAt,
                                             ReplyRecord& reply) const noexcept {
  const std::optional<IpPacket> ip = IpPacket::parse(packet);
  if (!ip) return Rejection::kMalformed;
  if (ip->isLaterFragment) return Rejection::kUnsolicited;
  if (ip->protocol == ip_protocol::kTcp) return matchTcp(*ip, receivedAt, reply);
  const std::uint8_t icmp = ip->source.isV4() ? ip_protocol::kIcmpV4 : ip_protocol::kIcmpV6;
  if (ip->protocol == icmp) return matchIcmp(*ip, receivedAt, reply);
  if (!config_.kinds.findHosts()) return Rejection::kUnsolicited;
  return settle(pings_.matchOther(*ip), *ip, receivedAt, reply);
}

std::optional<Rejection> ReplyMatcher::matchTcp(const IpPacket& packet, double receivedAt,
                                                ReplyRecord& reply) const noexcept {
  const std::optional<TcpView> tcp = TcpView::parse(packet.payload);
  if (!tcp) return Rejection::kMalformed;
  if (isOwnTraffic(packet, *tcp)) return Rejection::kOwnProbe;
  if (pings_.isAckPort(tcp->destinationPort())) {
    const Match match = pings_.matchTcp(packet, *tcp);
    // With one port for all it may answer a SYN instead.
    if (std::holds_alternative<Answer>(match) || !isOurPort(tcp->destinationPort())) {
      const auto rejection = settle(match, packet, receivedAt, reply);
      if (!rejection) {
        reply.window = tcp->window();
        reply.tcpFlags = tcp->flags();
      }
      return rejection;
    }
  }
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

  fillRecord(reply, {*kind, probe.targetPort, *attempt}, packet, receivedAt);
  reply.window = tcp->window();
  reply.tcpFlags = tcp->flags();
  return std::nullopt;
}

std::optional<Rejection> ReplyMatcher::matchIcmp(const IpPacket& packet, double receivedAt,
                                                 ReplyRecord& reply) const noexcept {
  const std::optional<IcmpView> icmp = IcmpView::parse(packet.payload);
  if (!icmp) return Rejection::kMalformed;
  if (!isTellingError(packet.protocol, icmp->type())) {
    if (!packet.source.isV4() && NeighbourMatcher::isAnswer(icmp->type())) {
      return neighbours_.matchIcmp(packet, *icmp, receivedAt, reply);
    }
    return settle(pings_.matchIcmp(packet, *icmp), packet, receivedAt, reply);
  }

  const std::optional<IpPacket> quote =
      IpPacket::parseQuoted({packet.source.family(), icmp->quote()});
  if (!quote) return Rejection::kMalformed;
  if (quote->isLaterFragment || quote->source != packet.destination) return Rejection::kWrongQuote;
  const auto rejection = settle(matchQuote(*quote), packet, receivedAt, reply);
  if (rejection) return rejection;
  reply.target = quote->destination.recordBytes();
  reply.kind = packet.source.isV4() ? reply_kind::kIcmpError : reply_kind::kIcmpV6Error;
  reply.icmpType = icmp->type();
  reply.icmpCode = icmp->code();
  return std::nullopt;
}

std::optional<Rejection> ReplyMatcher::settle(const Match& match, const IpPacket& packet,
                                              double receivedAt, ReplyRecord& reply) noexcept {
  if (const Rejection* rejection = std::get_if<Rejection>(&match)) return *rejection;
  fillRecord(reply, *std::get_if<Answer>(&match), packet, receivedAt);
  return std::nullopt;
}

Match ReplyMatcher::matchQuote(const IpPacket& quote) const noexcept {
  if (quote.protocol != ip_protocol::kTcp) return pings_.matchQuote(quote);
  const std::optional<QuotedTcpView> tcp = QuotedTcpView::parse(quote.payload);
  if (!tcp) return Rejection::kShortQuote;
  const ProbeTuple probe{quote.source, quote.destination, tcp->sourcePort(),
                         tcp->destinationPort()};
  if (const auto attempt = attemptOf(probe, tcp->sequence())) {
    return Answer{0, probe.targetPort, *attempt};
  }
  return pings_.matchQuote(quote);
}

// The choice for ports is Nmap's: it leaves out "time exceeded" of ICMPv6, so a routing loop reads
// as silence there and as filtered over IPv4. Of hosts it tells that they are not reached.
bool ReplyMatcher::isTellingError(std::uint8_t protocol, std::uint8_t type) const noexcept {
  if (protocol == ip_protocol::kIcmpV4) {
    return type == icmp_v4_type::kUnreachable || type == icmp_v4_type::kTimeExceeded;
  }
  return type == icmp_v6_type::kUnreachable || type == icmp_v6_type::kParameterProblem ||
         (type == icmp_v6_type::kTimeExceeded && config_.kinds.findHosts());
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
