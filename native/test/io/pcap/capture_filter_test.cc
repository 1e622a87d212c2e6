#include "io/pcap/capture_filter.h"

#include <doctest/doctest.h>
#include <pcap/pcap.h>

#include "io/pcap/pcap_library.h"
#include "packets.h"

namespace halfopen {

namespace {

using namespace test;

constexpr MatcherConfig kProbes{
    .key = {}, .sourcePortBase = 40000, .tries = 3, .fixedSourcePort = {}};

// Whether the kernel would let a frame through.
class Filter {
 public:
  Filter(const MatcherConfig& probes, int dlt) : library_(*PcapLibrary::load()) {
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
  MatcherConfig probes = kProbes;
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

}  // namespace halfopen
