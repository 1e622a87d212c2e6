#include "probe/syn_template.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

IpAddress randomAddress(std::mt19937& random, IpFamily family) {
  std::array<std::uint8_t, 16> bytes;
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return IpAddress::fromRecord(family, bytes);
}

SynFields randomFields(std::mt19937& random, IpFamily family) {
  return {
      .target = randomAddress(random, family),
      .sourcePort = static_cast<std::uint16_t>(random()),
      .targetPort = static_cast<std::uint16_t>(random()),
      .sequence = SeqNumber{static_cast<std::uint32_t>(random())},
      .hopLimit = static_cast<std::uint8_t>(random()),
      .identification = static_cast<std::uint16_t>(random()),
  };
}

Bytes toBytes(const IpAddress& address) { return {address.bytes().begin(), address.bytes().end()}; }

void setChecksum(Bytes& bytes, std::size_t at, std::uint16_t checksum) {
  bytes[at] = static_cast<std::uint8_t>(checksum >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(checksum);
}

// The same packet built from scratch, with checksums over all of it.
Bytes expectedPacket(const IpAddress& source, const SynFields& fields, const Bytes& payload = {}) {
  const Bytes header = test::tcp({.sourcePort = fields.sourcePort,
                                  .destinationPort = fields.targetPort,
                                  .sequence = fields.sequence.value(),
                                  .flags = 0x02,
                                  .window = 1024,
                                  .options = test::hex("020405b4")});
  Bytes segment = test::concat({header, payload});
  const Bytes pseudoHeader =
      test::concat({toBytes(source), toBytes(fields.target),
                    test::be32(static_cast<std::uint32_t>(segment.size())), test::be32(6)});
  setChecksum(segment, 16, test::referenceChecksum(test::concat({pseudoHeader, segment})));
  if (!source.isV4()) {
    return test::ipv6({.source = toBytes(source),
                       .destination = toBytes(fields.target),
                       .hopLimit = fields.hopLimit},
                      segment);
  }
  Bytes ipHeader = test::prefix(test::ipv4({.source = toBytes(source),
                                            .destination = toBytes(fields.target),
                                            .ttl = fields.hopLimit},
                                           segment),
                                20);
  ipHeader[4] = static_cast<std::uint8_t>(fields.identification >> 8);
  ipHeader[5] = static_cast<std::uint8_t>(fields.identification);
  setChecksum(ipHeader, 10, test::referenceChecksum(ipHeader));
  return test::concat({ipHeader, segment});
}

Bytes written(const SynTemplate& syn, const SynFields& fields) {
  Bytes packet(syn.size(), 0xee);
  syn.write(fields, packet);
  return packet;
}

}  // namespace

// Packets in which tcpdump finds every checksum right.
TEST_CASE("an IPv4 probe has the bytes of a known-good packet") {
  const Bytes golden = test::hex(
      "4500 002c 1234 0000 3206 8a5c c000 0201 c633 6407"
      "80e8 01bb 89ab cdef 0000 0000 6002 0400 cdab 0000 0204 05b4");
  const SynTemplate syn{IpAddress::v4(0xc000'0201)};
  CHECK(syn.size() == kSynBytesV4);
  CHECK(written(syn, {.target = IpAddress::v4(0xc633'6407),
                      .sourcePort = 33000,
                      .targetPort = 443,
                      .sequence = SeqNumber{0x89ab'cdef},
                      .hopLimit = 50,
                      .identification = 0x1234}) == golden);
}

TEST_CASE("an IPv6 probe has the bytes of a known-good packet") {
  const Bytes golden = test::hex(
      "6000 0000 0018 0632 2001 0db8 0000 0000 0000 0000 0000 0001"
      "2001 0db8 0000 0000 0000 0000 0000 0007"
      "80e8 01bb 89ab cdef 0000 0000 6002 0400 5e6e 0000 0204 05b4");
  const SynTemplate syn{IpAddress::v6(std::span{golden}.subspan<8, 16>())};
  CHECK(syn.size() == kSynBytesV6);
  CHECK(written(syn, {.target = IpAddress::v6(std::span{golden}.subspan<24, 16>()),
                      .sourcePort = 33000,
                      .targetPort = 443,
                      .sequence = SeqNumber{0x89ab'cdef},
                      .hopLimit = 50}) == golden);
}

TEST_CASE("probes equal packets whose checksums were computed over all bytes") {
  std::mt19937 random{7};
  for (const IpFamily family : {IpFamily::kV4, IpFamily::kV6}) {
    for (int round = 0; round < 2000; round++) {
      const IpAddress source = randomAddress(random, family);
      const SynTemplate syn{source};
      const SynFields fields = randomFields(random, family);
      REQUIRE(written(syn, fields) == expectedPacket(source, fields));
    }
  }
}

TEST_CASE("a header counts the payload behind it, in its lengths and in its checksum") {
  std::mt19937 random{10};
  for (const IpFamily family : {IpFamily::kV4, IpFamily::kV6}) {
    for (const std::size_t length : {1, 2, 25, 1400}) {
      Bytes payload(length);
      std::generate(payload.begin(), payload.end(),
                    [&] { return static_cast<std::uint8_t>(random()); });
      const IpAddress source = randomAddress(random, family);
      const SynTemplate syn{source, payload};
      const SynFields fields = randomFields(random, family);
      REQUIRE(test::concat({written(syn, fields), payload}) ==
              expectedPacket(source, fields, payload));
    }
  }
}

TEST_CASE("a template is not changed by what is written from it") {
  std::mt19937 random{8};
  const SynTemplate syn{IpAddress::v4(0xc000'0201)};
  const SynFields fields = randomFields(random, IpFamily::kV4);
  const Bytes first = written(syn, fields);
  (void)written(syn, randomFields(random, IpFamily::kV4));
  CHECK(written(syn, fields) == first);
}

TEST_CASE("bytes behind the packet are left alone") {
  std::mt19937 random{9};
  Bytes buffer(100, 0xee);
  SynTemplate{IpAddress::v4(1)}.write(randomFields(random, IpFamily::kV4), buffer);
  CHECK(Bytes(buffer.begin() + 44, buffer.end()) == Bytes(56, 0xee));
}

}  // namespace halfopen
