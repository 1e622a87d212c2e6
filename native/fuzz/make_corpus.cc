// Writes the inputs that the packet fuzzer starts from: answers that match, each by another way,
// and a probe of our own.
//
// Usage: make_corpus DIRECTORY
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include "packet_input.h"
#include "packets.h"
#include "probe/ping_packets.h"
#include "probe/probe_marks.h"
#include "probe/syn_template.h"

namespace halfopen::fuzz {

namespace {

using test::Bytes;

constexpr std::uint16_t kAskedPort = 443;
constexpr std::uint8_t kAttempt = 2;

struct Addresses {
  Bytes source;
  Bytes target;
};
const Addresses kV4{test::hex("c0000201"), test::hex("c6336407")};
const Addresses kV6{test::hex("20010db8 00000000 00000000 00000001"),
                    test::hex("20010db8 00000000 00000000 00000007")};

IpAddress toAddress(const Bytes& bytes) {
  return bytes.size() == 4 ? IpAddress::v4(std::span{bytes}.first<4>())
                           : IpAddress::v6(std::span{bytes}.first<16>());
}

SeqNumber cookie(const Addresses& addresses) {
  return Cookie{kConfig.key}.of(toAddress(addresses.source), toAddress(addresses.target),
                                kAskedPort, kAttempt);
}

Bytes segment(const Addresses& addresses, unsigned flags, unsigned port) {
  return test::tcp({.sourcePort = kAskedPort,
                    .destinationPort = port,
                    .acknowledgement = cookie(addresses).next().value(),
                    .flags = flags,
                    .options = test::hex("020405b4 0402 080a 0000000100000000 01 030307")});
}

Bytes probe(const Addresses& addresses) {
  const SynTemplate syn{toAddress(addresses.source)};
  Bytes packet(syn.size());
  syn.write({.target = toAddress(addresses.target),
             .sourcePort = kConfig.sourcePortBase + kAttempt,
             .targetPort = kAskedPort,
             .sequence = cookie(addresses),
             .hopLimit = 1},
            packet);
  return packet;
}

Bytes answerV4(unsigned protocol, const Bytes& payload, const Bytes& options = {}) {
  return test::ipv4(
      {.source = kV4.target, .destination = kV4.source, .protocol = protocol, .options = options},
      payload);
}

Bytes answerV6(unsigned nextHeader, const Bytes& payload) {
  return test::ipv6({.source = kV6.target, .destination = kV6.source, .nextHeader = nextHeader},
                    payload);
}

// A probe of another kind than SYN, from the IP header on.
Bytes ping(const Addresses& addresses, std::uint8_t kind, std::uint16_t port) {
  const ProbeMarks marks{kConfig};
  const IpAddress source = toAddress(addresses.source);
  const IpAddress target = toAddress(addresses.target);
  const ProbeMark mark = marks.of({kind, source, target, port}, kAttempt);
  const PingFields fields{.source = source,
                          .target = target,
                          .sourcePort = marks.sourcePort(kind, kAttempt),
                          .targetPort = port,
                          .cookie = mark.cookie,
                          .hopLimit = 1,
                          .label = mark.label,
                          .payload = {}};
  Bytes packet(kMaxPingBytes);
  packet.resize(kind == probe_kind::kAck    ? writeAck(fields, packet.data())
                : kind == probe_kind::kEcho ? writeEcho(fields, packet.data())
                : kind == probe_kind::kUdp
                    ? writeUdp(fields, packet.data())
                    : writeProtocol(static_cast<std::uint8_t>(port), fields, packet.data()));
  return packet;
}

// An ICMP message with its checksum over `covered` as well.
Bytes summed(const Bytes& covered, Bytes message) {
  const std::uint16_t checksum = test::referenceChecksum(test::concat({covered, message}));
  message[2] = static_cast<std::uint8_t>(checksum >> 8);
  message[3] = static_cast<std::uint8_t>(checksum);
  return message;
}

Bytes pseudoHeaderV6(const Bytes& source, const Bytes& destination, std::size_t bytes) {
  return test::concat(
      {source, destination, test::be32(static_cast<std::uint32_t>(bytes)), test::be32(58)});
}

Bytes icmpV6(const Bytes& source, const Bytes& destination, unsigned hopLimit, const Bytes& message,
             const Bytes& extension = {}) {
  return test::ipv6(
      {.source = source,
       .destination = destination,
       .nextHeader = extension.empty() ? 58u : 0u,
       .hopLimit = hopLimit},
      test::concat(
          {extension, summed(pseudoHeaderV6(source, destination, message.size()), message)}));
}

std::uint32_t pingCookie(const Addresses& addresses, std::uint8_t kind) {
  return ProbeMarks{kConfig}
      .of({kind, toAddress(addresses.source), toAddress(addresses.target), 0}, kAttempt)
      .cookie;
}

Bytes behind(const Bytes& packet, std::size_t headerBytes) {
  return {packet.begin() + static_cast<std::ptrdiff_t>(headerBytes), packet.end()};
}

// `setting` is the index of the link type, plus 0x80 for the one source port.
Bytes input(unsigned setting, const Bytes& frame) {
  return test::concat({Bytes{static_cast<std::uint8_t>(setting)}, frame});
}

std::map<std::string, Bytes> corpus() {
  const unsigned port = kConfig.sourcePortBase + kAttempt;
  const Bytes synAckV4 = answerV4(6, segment(kV4, 0x12, port));
  const Bytes synAckV6 = answerV6(6, segment(kV6, 0x12, port));
  const Bytes fixedPort = answerV4(6, segment(kV4, 0x12, kConfig.sourcePortBase));
  const Bytes destinationOptions = test::hex("0601 0000 0000 0000 0000 0000 0000 0000");
  const Bytes fragment = test::hex("0600 0000 0000 0001");
  const Bytes eightBytes = test::prefix(behind(probe(kV4), 20), 8);
  const Bytes quoteV4 = test::ipv4(
      {.source = kV4.source, .destination = kV4.target, .options = Bytes(8, 1)}, eightBytes);
  const Bytes quoteV6 =
      test::ipv6({.source = kV6.source, .destination = kV6.target, .nextHeader = 60},
                 test::concat({destinationOptions, behind(probe(kV6), 40)}));
  const Bytes fragmentQuoteV6 = test::ipv6(
      {.source = kV6.source, .destination = kV6.target, .nextHeader = 0},
      test::concat({test::hex("2c00 0104 0000 0000"), fragment, behind(probe(kV6), 40)}));
  return {
      {"ethernet_syn_ack", input(0, test::ethernet(0x0800, synAckV4))},
      {"vlan_syn_ack", input(0, test::taggedEthernet({0x88a8, 0x8100}, 0x0800, synAckV4))},
      {"ethernet_syn_ack_v6", input(0, test::ethernet(0x86dd, synAckV6))},
      {"cooked_reset", input(1, test::concat({Bytes(14), test::hex("0800"),
                                              answerV4(6, segment(kV4, 0x14, port))}))},
      {"cooked_v2_syn", input(2, test::concat({test::hex("0800"), Bytes(18),
                                               answerV4(6, segment(kV4, 0x02, port))}))},
      {"null_syn_ack", input(3, test::concat({test::hex("02000000"), synAckV4}))},
      {"loop_syn_ack_v6", input(4, test::concat({test::hex("00000018"), synAckV6}))},
      {"raw_options", input(5, answerV4(6, segment(kV4, 0x12, port), test::hex("94040000")))},
      {"raw_extensions",
       input(5, answerV6(60, test::concat({test::hex("2c00 0000 0000 0000"), fragment,
                                           segment(kV6, 0x12, port)})))},
      {"raw_hop_by_hop", input(5, answerV6(0, test::concat({test::hex("2b00 0104 0000 0000"),
                                                            test::hex("0600 fd00 0000 0000"),
                                                            segment(kV6, 0x14, port)})))},
      {"raw_later_fragment_v6",
       input(5, answerV6(44, test::concat(
                                 {test::hex("0600 0040 0000 0001"), segment(kV6, 0x12, port)})))},
      {"raw_fixed_port", input(0x85, fixedPort)},
      {"raw_unreachable", input(5, answerV4(1, test::icmp(3, 13, probe(kV4))))},
      {"raw_time_exceeded_options", input(5, answerV4(1, test::icmp(11, 0, quoteV4)))},
      {"raw_unreachable_v6", input(5, answerV6(58, test::icmp(1, 4, probe(kV6))))},
      {"raw_parameter_problem_v6", input(5, answerV6(58, test::icmp(4, 1, quoteV6)))},
      {"raw_no_route_extensions_v6",
       input(5, answerV6(60, test::concat(
                                 {test::hex("3a00 0104 0000 0000"), test::icmp(1, 0, quoteV6)})))},
      {"raw_unreachable_fragment_v6", input(5, answerV6(58, test::icmp(1, 3, fragmentQuoteV6)))},
      {"raw_own_probe", input(5, probe(kV4))},
  };
}

// What answers the kinds that find hosts, and errors that quote them.
std::map<std::string, Bytes> hostCorpus() {
  const Bytes echoReply =
      test::concat({test::hex("00 00 0000"), test::be32(pingCookie(kV4, probe_kind::kEcho))});
  const Bytes echoReplyV6 =
      test::concat({test::hex("81 00 0000"), test::be32(pingCookie(kV6, probe_kind::kEcho))});
  const Bytes timestampReply = test::concat(
      {test::hex("0e 00 0000"), test::be32(pingCookie(kV4, probe_kind::kTimestamp)), Bytes(12, 0)});
  const std::uint32_t acked =
      ProbeMarks{kConfig}
          .of({probe_kind::kAck, toAddress(kV4.source), toAddress(kV4.target), kAskedPort},
              kAttempt)
          .cookie;
  const Bytes reset = test::tcp({.sourcePort = kAskedPort,
                                 .destinationPort = kConfig.sourcePortBase + kConfig.tries + 2u,
                                 .sequence = acked,
                                 .flags = 0x04});
  const Bytes udp = test::concat(
      {test::be16(kAskedPort), test::be16(kConfig.sourcePortBase), test::be16(8), test::be16(0)});
  const Bytes advertisement =
      test::concat({test::hex("88 00 0000 60000000"), kV6.target, test::hex("02 01 020000000009")});
  const Bytes linkLocal = test::hex("fe800000 00000000 00000000 00000007");
  const Bytes group = test::hex("ff020000 00000000 00000000 00000016");
  const Bytes arp = test::concat({test::hex("0001 0800 06 04 0002 020000000009"), kV4.target,
                                  test::hex("020000000001"), kV4.source});
  return {
      {"raw_echo_reply", input(5, answerV4(1, summed({}, echoReply)))},
      {"raw_echo_reply_v6", input(5, icmpV6(kV6.target, kV6.source, 64, echoReplyV6))},
      {"raw_timestamp_reply", input(5, answerV4(1, summed({}, timestampReply)))},
      {"raw_ack_reset", input(5, answerV4(6, reset))},
      {"raw_udp", input(5, answerV4(17, udp))},
      {"raw_protocol", input(5, answerV4(132, Bytes(12, 0)))},
      {"raw_advertisement", input(5, icmpV6(kV6.target, kV6.source, 255, advertisement))},
      {"raw_listener_report",
       input(5, icmpV6(linkLocal, group, 1, test::concat({test::hex("8f 00 0000"), Bytes(4, 0)}),
                       test::hex("3a00 0502 0000 0100")))},
      {"ethernet_arp", input(0, test::ethernet(0x0806, arp))},
      {"raw_unreachable_ack",
       input(5, answerV4(1, test::icmp(3, 1, ping(kV4, probe_kind::kAck, kAskedPort))))},
      {"raw_unreachable_echo",
       input(5, answerV4(1, test::icmp(3, 1, ping(kV4, probe_kind::kEcho, 0))))},
      {"raw_unreachable_udp_v6",
       input(5, answerV6(58, test::icmp(1, 4, ping(kV6, probe_kind::kUdp, kAskedPort))))},
      {"raw_unreachable_protocol",
       input(5, answerV4(1, test::icmp(3, 2, ping(kV4, probe_kind::kProtocol, 253))))},
      {"raw_time_exceeded_v6",
       input(5, answerV6(58, test::icmp(3, 0, ping(kV6, probe_kind::kEcho, 0))))},
  };
}

}  // namespace

}  // namespace halfopen::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "Usage: make_corpus DIRECTORY\n");
    return 2;
  }
  std::map<std::string, halfopen::test::Bytes> inputs = halfopen::fuzz::corpus();
  inputs.merge(halfopen::fuzz::hostCorpus());
  for (const auto& [name, bytes] : inputs) {
    std::ofstream file{std::string{argv[1]} + "/" + name, std::ios::binary};
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    if (!file) {
      std::fprintf(stderr, "Cannot write %s in %s\n", name.c_str(), argv[1]);
      return 1;
    }
  }
  return 0;
}
