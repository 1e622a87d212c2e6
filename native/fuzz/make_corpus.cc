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

}  // namespace

}  // namespace halfopen::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "Usage: make_corpus DIRECTORY\n");
    return 2;
  }
  for (const auto& [name, bytes] : halfopen::fuzz::corpus()) {
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
