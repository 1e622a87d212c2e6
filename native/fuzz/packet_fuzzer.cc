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

void matchReply(const NetworkPacket& packet, const MatcherConfig& config) {
  ReplyRecord reply;
  if (ReplyMatcher{config}.match(packet, 1, reply)) return;
  require(reply.family == static_cast<std::uint8_t>(packet.family));
  require(reply.kind >= reply_kind::kSynAck && reply.kind <= reply_kind::kIcmpV6Error);
  require(reply.attempt < config.tries ||
          (config.fixedSourcePort && reply.attempt == kUnknownAttempt));
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
  }
  return 0;
}
