#include "io/pcap/capture_filter.h"

#include <doctest/doctest.h>
#include <pcap/pcap.h>

#include "io/pcap/pcap_library.h"
#include "packets.h"

namespace halfopen {

namespace {

using namespace test;

constexpr MarkConfig kProbes{.key = {}, .sourcePortBase = 40000, .tries = 3, .fixedSourcePort = {}};

// Whether the kernel would let a frame through.
class Filter {
 public:
  Filter(const MarkConfig& probes, int dlt) : library_(*PcapLibrary::load()) {
    pcap_t* handle = library_->openDead(dlt, 256);
    isValid_ = library_->compile(handle, &program_, captureFilterFor(probes).c_str(), 1,
                                 PCAP_NETMASK_UNKNOWN) == 0;
    library_->close(handle);
  }
  ~Filter() {
    if (isValid_) library_->freeCode(&program_);
  }

  [[nodiscard]] bool isValid() const { return isValid_; }
  [[nodiscard]] bool passes(const Bytes& frame) const {
    pcap_pkthdr header{};
    header.caplen = header.len = static_cast<bpf_u_int32>(frame.size());
    return library_->offlineFilter(&program_, &header, frame.data()) != 0;
  }

 private:
  std::shared_ptr<const PcapLibrary> library_;
  bpf_program program_{};
  bool isValid_;
};

Bytes tcpTo(unsigned port) { return tcp({.sourcePort = 80, .destinationPort = port}); }
MarkConfig asking(std::uint8_t kind) {
  MarkConfig probes = kProbes;
  probes.kinds = {probe_kind::kSyn, kind};
  return probes;
}

Bytes udpTo(unsigned port) { return concat({be16(53), be16(port), be16(8), be16(0)}); }
Bytes arp(unsigned operation) {
  return ethernet(0x0806, concat({hex("0001 0800 06 04"), be16(operation), Bytes(20, 0)}));
}
Bytes icmpOf(unsigned type) {
  return concat({Bytes{static_cast<std::uint8_t>(type)}, Bytes(40, 0)});
}

}  // namespace

TEST_CASE("the filter compiles for every link type that we read") {
  for (const int dlt : {DLT_EN10MB, DLT_RAW, DLT_NULL, DLT_LOOP, DLT_LINUX_SLL, DLT_LINUX_SLL2}) {
    CAPTURE(dlt);
    CHECK(Filter{kProbes, dlt}.isValid());
  }
}

TEST_CASE("the filter compiles for every link type with every kind of probe") {
  MarkConfig probes = kProbes;
  probes.kinds = ProbeKindSet::fromBits(0x1ff);
  for (const int dlt : {DLT_EN10MB, DLT_RAW, DLT_NULL, DLT_LOOP, DLT_LINUX_SLL, DLT_LINUX_SLL2}) {
    CAPTURE(dlt);
    CHECK(Filter{probes, dlt}.isValid());
  }
}

TEST_CASE("the filter lets TCP to our ports through, and no other TCP") {
  const Filter filter{kProbes, DLT_RAW};
  for (const unsigned port : {40000u, 40002u}) {
    CHECK(filter.passes(ipv4({}, tcpTo(port))));
    CHECK(filter.passes(ipv6({}, tcpTo(port))));
  }
  for (const unsigned port : {39999u, 40003u}) {
    CHECK_FALSE(filter.passes(ipv4({}, tcpTo(port))));
    CHECK_FALSE(filter.passes(ipv6({}, tcpTo(port))));
  }
}

TEST_CASE("with one source port the filter lets only that through") {
  MarkConfig probes = kProbes;
  probes.fixedSourcePort = 53;
  const Filter filter{probes, DLT_RAW};
  CHECK(filter.passes(ipv4({}, tcpTo(53))));
  CHECK_FALSE(filter.passes(ipv4({}, tcpTo(40000))));
}

TEST_CASE("the filter lets errors through, and no other ICMP") {
  const Filter filter{kProbes, DLT_RAW};
  CHECK(filter.passes(ipv4({.protocol = 1}, icmpOf(3))));
  CHECK(filter.passes(ipv4({.protocol = 1}, icmpOf(11))));
  CHECK_FALSE(filter.passes(ipv4({.protocol = 1}, icmpOf(8))));
  CHECK(filter.passes(ipv6({.nextHeader = 58}, icmpOf(1))));
  CHECK(filter.passes(ipv6({.nextHeader = 58}, icmpOf(4))));
  CHECK_FALSE(filter.passes(ipv6({.nextHeader = 58}, icmpOf(128))));
}

TEST_CASE("the filter lets through what has extension headers, whatever is behind them") {
  const Filter filter{kProbes, DLT_RAW};
  for (const unsigned extension : {0u, 43u, 44u, 51u, 60u, 135u, 139u, 140u}) {
    CAPTURE(extension);
    CHECK(filter.passes(ipv6({.nextHeader = extension}, concat({Bytes(8, 0), tcpTo(40000)}))));
  }
  for (const unsigned other : {17u, 50u, 59u, 89u}) {
    CAPTURE(other);
    CHECK_FALSE(filter.passes(ipv6({.nextHeader = other}, tcpTo(40000))));
  }
}

TEST_CASE("the filter leaves out the MLD of the link, and no error behind the same options") {
  const Filter filter{kProbes, DLT_RAW};
  const Bytes options{58, 0, 5, 2, 0, 0, 1, 0};  // Router alert (RFC 2711), then ICMPv6
  for (const unsigned type : {130u, 131u, 132u, 143u}) {
    CAPTURE(type);
    CHECK_FALSE(filter.passes(ipv6({.nextHeader = 0}, concat({options, icmpOf(type)}))));
  }
  CHECK(filter.passes(ipv6({.nextHeader = 0}, concat({options, icmpOf(1)}))));
}

TEST_CASE("ICMP that answers a kind passes for that kind alone") {
  struct Row {
    std::uint8_t kind;
    unsigned type;
    bool isV4;
  };
  const Row rows[] = {{probe_kind::kEcho, 0, true},
                      {probe_kind::kEcho, 129, false},
                      {probe_kind::kTimestamp, 14, true},
                      {probe_kind::kAddressMask, 18, true},
                      {probe_kind::kNeighbour, 136, false}};
  for (const Row& row : rows) {
    CAPTURE(row.type);
    const Bytes answer = row.isV4 ? ipv4({.protocol = 1}, icmpOf(row.type))
                                  : ipv6({.nextHeader = 58}, icmpOf(row.type));
    CHECK(Filter{asking(row.kind), DLT_RAW}.passes(answer));
    CHECK_FALSE(Filter{kProbes, DLT_RAW}.passes(answer));
    CHECK_FALSE(Filter{asking(probe_kind::kUdp), DLT_RAW}.passes(answer));
  }
}

TEST_CASE("time exceeded of ICMPv6 passes when hosts are looked for") {
  const Bytes exceeded = ipv6({.nextHeader = 58}, icmpOf(3));
  CHECK_FALSE(Filter{kProbes, DLT_RAW}.passes(exceeded));
  CHECK(Filter{asking(probe_kind::kEcho), DLT_RAW}.passes(exceeded));
}

TEST_CASE("TCP passes to the ports of ACK probes, and UDP to those of its tries") {
  const Filter ack{asking(probe_kind::kAck), DLT_RAW};
  CHECK(ack.passes(ipv4({}, tcpTo(40005))));
  CHECK_FALSE(ack.passes(ipv4({}, tcpTo(40006))));
  CHECK_FALSE(ack.passes(ipv4({.protocol = 17}, udpTo(40000))));
  const Filter udp{asking(probe_kind::kUdp), DLT_RAW};
  CHECK(udp.passes(ipv4({.protocol = 17}, udpTo(40002))));
  CHECK(udp.passes(ipv6({.nextHeader = 17}, udpTo(40002))));
  CHECK_FALSE(udp.passes(ipv4({.protocol = 17}, udpTo(40003))));
  CHECK_FALSE(udp.passes(ipv4({}, tcpTo(40003))));
}

TEST_CASE("any protocol passes when protocols are asked for") {
  const Filter filter{asking(probe_kind::kProtocol), DLT_RAW};
  for (const unsigned protocol : {2u, 47u, 132u, 253u}) {
    CHECK(filter.passes(ipv4({.protocol = protocol}, Bytes(8, 0))));
    CHECK(filter.passes(ipv6({.nextHeader = protocol}, Bytes(8, 0))));
  }
  CHECK(filter.passes(ipv4({.protocol = 1}, icmpOf(0))));
  CHECK(filter.passes(ipv4({.protocol = 17}, udpTo(40005))));
  CHECK_FALSE(filter.passes(ipv4({.protocol = 17}, udpTo(40006))));
  CHECK_FALSE(filter.passes(ipv4({}, tcpTo(40006))));
}

TEST_CASE("of ARP, replies pass when neighbours are asked for") {
  const Filter filter{asking(probe_kind::kNeighbour), DLT_EN10MB};
  CHECK(filter.passes(arp(2)));
  CHECK_FALSE(filter.passes(arp(1)));
  CHECK_FALSE(Filter{asking(probe_kind::kEcho), DLT_EN10MB}.passes(arp(2)));
}

TEST_CASE("reports of multicast listeners pass when they are asked for") {
  const Filter filter{asking(probe_kind::kListenerQuery), DLT_RAW};
  const Bytes options{58, 0, 5, 2, 0, 0, 1, 0};
  for (const unsigned type : {131u, 132u, 143u}) {
    CHECK(filter.passes(ipv6({.nextHeader = 0}, concat({options, icmpOf(type)}))));
  }
  CHECK_FALSE(filter.passes(ipv6({.nextHeader = 0}, concat({options, icmpOf(130)}))));
}

}  // namespace halfopen
