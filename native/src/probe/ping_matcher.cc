#include "probe/ping_matcher.h"

#include <array>

#include "probe/ping_packets.h"
#include "wire/icmp_checksum.h"
#include "wire/ip_protocol.h"
#include "wire/udp.h"

namespace halfopen {

namespace {

// Kinds of probes by the ICMP types that ask and answer.
struct Query {
  std::uint8_t kind;
  std::uint8_t request;
  std::uint8_t reply;
  std::uint8_t replyKind;
  std::size_t bytes;  // Of the answer, at the least.
};
constexpr std::array kQueriesV4{
    Query{probe_kind::kEcho, icmp_v4_type::kEcho, icmp_v4_type::kEchoReply, reply_kind::kEchoReply,
          kIcmpHeaderBytes},
    Query{probe_kind::kTimestamp, icmp_v4_type::kTimestamp, icmp_v4_type::kTimestampReply,
          reply_kind::kTimestampReply, kIcmpTimestampBytes},
    Query{probe_kind::kAddressMask, icmp_v4_type::kAddressMask, icmp_v4_type::kAddressMaskReply,
          reply_kind::kAddressMaskReply, kIcmpAddressMaskBytes},
};
constexpr std::array kQueriesV6{Query{probe_kind::kEcho, icmp_v6_type::kEcho,
                                      icmp_v6_type::kEchoReply, reply_kind::kEchoReply,
                                      kIcmpHeaderBytes}};

std::span<const Query> queriesOf(IpFamily family) {
  if (family == IpFamily::kV4) return kQueriesV4;
  return kQueriesV6;
}

std::uint8_t icmpOf(IpFamily family) {
  return family == IpFamily::kV4 ? ip_protocol::kIcmpV4 : ip_protocol::kIcmpV6;
}

// All nodes of a link (RFC 4291 §2.7.1).
constexpr std::array<std::uint8_t, kIpv6AddressBytes> kAllNodes{0xff, 0x02, 0, 0, 0, 0, 0, 0,
                                                                0,    0,    0, 0, 0, 0, 0, 1};

Match answerOf(std::uint8_t kind, std::uint16_t port, std::optional<std::uint8_t> attempt,
               Rejection otherwise) {
  if (!attempt) return otherwise;
  return Answer{kind, port, *attempt};
}

}  // namespace

Match PingMatcher::matchTcp(const IpPacket& packet, const TcpView& tcp) const noexcept {
  if (!tcp.has(tcp_flag::kRst)) return Rejection::kUnsolicited;
  const std::uint16_t port = tcp.destinationPort();
  const std::uint16_t asked = tcp.sourcePort();
  const auto attemptOf = [&](const AskedProbe& probe) {
    // RFC 9293 §3.10.7.1: the RST continues where the ACK said. Others acknowledge it instead.
    auto attempt = marks_.attemptFrom(port, probe, tcp.sequence().value());
    if (attempt || !tcp.has(tcp_flag::kAck)) return attempt;
    const SeqNumber acknowledged = tcp.acknowledgement();
    attempt = marks_.attemptFrom(port, probe, acknowledged.value());
    return attempt ? attempt : marks_.attemptFrom(port, probe, acknowledged.previous().value());
  };

  if (kinds_.has(probe_kind::kAck)) {
    if (const auto attempt =
            attemptOf({probe_kind::kAck, packet.destination, packet.source, asked})) {
      return Answer{reply_kind::kReset, asked, *attempt};
    }
  }
  if (kinds_.has(probe_kind::kProtocol) && asked == kProtocolTcpPort) {
    if (const auto attempt = attemptOf(
            {probe_kind::kProtocol, packet.destination, packet.source, ip_protocol::kTcp})) {
      return Answer{reply_kind::kProtocol, ip_protocol::kTcp, *attempt};
    }
  }
  return Rejection::kWrongCookie;
}

Match PingMatcher::matchIcmp(const IpPacket& packet, const IcmpView& icmp) const noexcept {
  for (const Query& query : queriesOf(packet.source.family())) {
    if (icmp.type() != query.reply) continue;
    const bool isEcho = query.kind == probe_kind::kEcho;
    if (!kinds_.has(query.kind) && !(isEcho && kinds_.has(probe_kind::kProtocol))) break;
    if (icmp.size() < query.bytes || !hasRightIcmpChecksum(packet)) return Rejection::kMalformed;
    if (isEcho) return matchEchoReply(packet, icmp.query());
    const AskedProbe probe{query.kind, packet.destination, packet.source, 0};
    return answerOf(query.replyKind, 0, marks_.attemptWithCookie(probe, icmp.query()),
                    Rejection::kWrongCookie);
  }
  return Rejection::kUnsolicited;
}

Match PingMatcher::matchEchoReply(const IpPacket& packet, std::uint32_t query) const noexcept {
  if (kinds_.has(probe_kind::kEcho)) {
    AskedProbe probe{probe_kind::kEcho, packet.destination, packet.source, 0};
    std::optional<std::uint8_t> attempt = marks_.attemptWithCookie(probe, query);
    if (!attempt && !packet.source.isV4()) {
      probe.target = IpAddress::v6(kAllNodes);
      attempt = marks_.attemptWithCookie(probe, query);
    }
    if (attempt) return Answer{reply_kind::kEchoReply, 0, *attempt};
  }
  if (!kinds_.has(probe_kind::kProtocol)) return Rejection::kWrongCookie;
  const std::uint8_t number = icmpOf(packet.source.family());
  const AskedProbe probe{probe_kind::kProtocol, packet.destination, packet.source, number};
  return answerOf(reply_kind::kProtocol, number, marks_.attemptWithCookie(probe, query),
                  Rejection::kWrongCookie);
}

Match PingMatcher::matchOther(const IpPacket& packet) const noexcept {
  return packet.protocol == ip_protocol::kUdp ? matchUdp(packet) : matchProtocol(packet);
}

// UDP gives nothing back, so there is nothing to check but addresses and ports. The engine takes it
// only while the probe is outstanding.
Match PingMatcher::matchUdp(const IpPacket& packet) const noexcept {
  if (!isOurs(packet.destination)) return Rejection::kUnsolicited;
  const std::optional<UdpView> udp = UdpView::parse(packet.payload);
  if (!udp || udp->length() < kUdpHeaderBytes) return Rejection::kMalformed;
  if (packet.isWhole && udp->length() > packet.payload.size()) return Rejection::kMalformed;
  const std::uint16_t asked = udp->sourcePort();
  const std::uint16_t port = udp->destinationPort();
  // On loopback: what we ask one of the ports that we ask from.
  if (std::holds_alternative<Answer>(matchUdpQuote(packet))) return Rejection::kOwnProbe;

  if (kinds_.has(probe_kind::kUdp) && marks_.isPortOf(probe_kind::kUdp, port)) {
    return Answer{reply_kind::kUdp, asked, marks_.attemptByPort(probe_kind::kUdp, port)};
  }
  if (kinds_.has(probe_kind::kProtocol) && asked == kProtocolUdpPort &&
      marks_.isPortOf(probe_kind::kProtocol, port)) {
    return Answer{reply_kind::kProtocol, ip_protocol::kUdp,
                  marks_.attemptByPort(probe_kind::kProtocol, port)};
  }
  return Rejection::kUnsolicited;
}

// Whatever it is that the target sends: it is there.
Match PingMatcher::matchProtocol(const IpPacket& packet) const noexcept {
  if (!kinds_.has(probe_kind::kProtocol) || !isOurs(packet.destination)) {
    return Rejection::kUnsolicited;
  }
  if (std::holds_alternative<Answer>(matchProtocolQuote(packet))) return Rejection::kOwnProbe;
  return Answer{reply_kind::kProtocol, packet.protocol, kUnknownAttempt};
}

Match PingMatcher::matchQuote(const IpPacket& quote) const noexcept {
  if (!kinds_.findHosts()) return Rejection::kWrongQuote;
  switch (quote.protocol) {
    case ip_protocol::kTcp:
      return matchTcpQuote(quote);
    case ip_protocol::kUdp:
      return matchUdpQuote(quote);
    default:
      break;
  }
  if (quote.protocol == icmpOf(quote.source.family())) return matchIcmpQuote(quote);
  return matchProtocolQuote(quote);
}

Match PingMatcher::matchTcpQuote(const IpPacket& quote) const noexcept {
  const std::optional<QuotedTcpView> tcp = QuotedTcpView::parse(quote.payload);
  if (!tcp) return Rejection::kShortQuote;
  const std::uint16_t port = tcp->sourcePort();
  const std::uint16_t asked = tcp->destinationPort();
  const std::uint32_t sequence = tcp->sequence().value();
  if (!isAckPort(port)) return Rejection::kWrongQuote;
  if (kinds_.has(probe_kind::kAck)) {
    const AskedProbe probe{probe_kind::kAck, quote.source, quote.destination, asked};
    if (const auto attempt = marks_.attemptFrom(port, probe, sequence)) {
      return Answer{0, asked, *attempt};
    }
  }
  if (!kinds_.has(probe_kind::kProtocol) || asked != kProtocolTcpPort) {
    return Rejection::kWrongQuote;
  }
  const AskedProbe probe{probe_kind::kProtocol, quote.source, quote.destination, ip_protocol::kTcp};
  return answerOf(0, ip_protocol::kTcp, marks_.attemptFrom(port, probe, sequence),
                  Rejection::kWrongQuote);
}

Match PingMatcher::matchIcmpQuote(const IpPacket& quote) const noexcept {
  const std::optional<IcmpView> icmp = IcmpView::parse(quote.payload);
  if (!icmp) return Rejection::kShortQuote;
  for (const Query& query : queriesOf(quote.source.family())) {
    if (icmp->type() != query.request) continue;
    const AskedProbe probe{query.kind, quote.source, quote.destination, 0};
    if (kinds_.has(query.kind)) {
      if (const auto attempt = marks_.attemptWithCookie(probe, icmp->query())) {
        return Answer{0, 0, *attempt};
      }
    }
    if (query.kind != probe_kind::kEcho || !kinds_.has(probe_kind::kProtocol)) break;
    const AskedProbe protocol{probe_kind::kProtocol, quote.source, quote.destination,
                              quote.protocol};
    return answerOf(0, quote.protocol, marks_.attemptWithCookie(protocol, icmp->query()),
                    Rejection::kWrongQuote);
  }
  return Rejection::kWrongQuote;
}

Match PingMatcher::matchUdpQuote(const IpPacket& quote) const noexcept {
  const std::optional<UdpView> udp = UdpView::parse(quote.payload);
  if (!udp) return Rejection::kShortQuote;
  const std::uint16_t port = udp->sourcePort();
  const std::uint16_t asked = udp->destinationPort();
  if (kinds_.has(probe_kind::kUdp) && marks_.isPortOf(probe_kind::kUdp, port)) {
    const AskedProbe probe{probe_kind::kUdp, quote.source, quote.destination, asked};
    if (const auto attempt = marks_.attemptLabelled(port, probe, quote.label)) {
      return Answer{0, asked, *attempt};
    }
  }
  if (!kinds_.has(probe_kind::kProtocol) || asked != kProtocolUdpPort ||
      !marks_.isPortOf(probe_kind::kProtocol, port)) {
    return Rejection::kWrongQuote;
  }
  const AskedProbe probe{probe_kind::kProtocol, quote.source, quote.destination, ip_protocol::kUdp};
  return answerOf(0, ip_protocol::kUdp, marks_.attemptLabelled(port, probe, quote.label),
                  Rejection::kWrongQuote);
}

Match PingMatcher::matchProtocolQuote(const IpPacket& quote) const noexcept {
  if (!kinds_.has(probe_kind::kProtocol)) return Rejection::kWrongQuote;
  const AskedProbe probe{probe_kind::kProtocol, quote.source, quote.destination, quote.protocol};
  return answerOf(0, quote.protocol, marks_.attemptWithLabel(probe, quote.label),
                  Rejection::kWrongQuote);
}

}  // namespace halfopen
