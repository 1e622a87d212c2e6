// Hands any bytes to the whole way of a captured frame: link, IP, TCP and ICMP, matching.
#include <cstdlib>

#include "packet_input.h"

namespace halfopen::fuzz {

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void readOptions(const NetworkPacket& packet) {
  const auto ip = IpPacket::parse(packet);
  if (!ip) return;
  const auto tcp = TcpView::parse(ip->payload);
  if (!tcp) return;
  std::size_t bytes = 0;
  TcpOptionReader options = tcp->options();
  while (const auto option = options.next()) bytes += 2 + option->value.size();
  require(bytes <= 40);  // The largest data offset leaves no more.
}

// Answers that tell no try, whatever the ports.
bool hasNoAttempt(std::uint8_t kind) {
  return kind == reply_kind::kProtocol || kind == reply_kind::kNeighbour ||
         kind == reply_kind::kListenerReport;
}

const OwnAddresses& own() {
  static OwnAddresses addresses;
  addresses.add(kOurMac);
  addresses.add(kOurV4);
  addresses.add(kOurV6);
  return addresses;
}

void matchReply(const NetworkPacket& packet, const MarkConfig& config) {
  ReplyRecord reply;
  if (ReplyMatcher{config, &own()}.match(packet, 1, reply)) return;
  require(reply.family == static_cast<std::uint8_t>(packet.family));
  require(reply.kind >= reply_kind::kSynAck && reply.kind <= reply_kind::kListenerReport);
  const bool mayNotTell = config.fixedSourcePort || hasNoAttempt(reply.kind);
  require(reply.attempt < config.tries || (mayNotTell && reply.attempt == kUnknownAttempt));
}

void matchArp(const ArpPayload& message, const MarkConfig& config) {
  ReplyRecord reply;
  if (ReplyMatcher{config, &own()}.matchArp(message.bytes, 1, reply)) return;
  require(reply.kind == reply_kind::kNeighbour && reply.family == 4);
  require(!isGroup(reply.mac) && reply.mac != MacAddress{});
}

}  // namespace

}  // namespace halfopen::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace halfopen::fuzz;
  const PacketInput input = readInput({data, size});
  const auto layer = halfopen::networkLayer(input.linkType, input.frame);
  if (const auto* packet = std::get_if<halfopen::NetworkPacket>(&layer)) {
    readOptions(*packet);
    matchReply(*packet, input.config);
  } else if (const auto* message = std::get_if<halfopen::ArpPayload>(&layer)) {
    matchArp(*message, input.config);
  }
  return 0;
}
