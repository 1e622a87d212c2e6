#include "probe/ping_packets.h"

#include <doctest/doctest.h>

#include "addresses.h"
#include "packets.h"

namespace halfopen {

using namespace test;

namespace {

const Bytes kUs = hex("c0000201");
const Bytes kThem = hex("c6336407");
const Bytes kUs6 = hex("20010db8 00000000 00000000 00000001");
const Bytes kThem6 = hex("20010db8 00000000 00000000 00000007");
constexpr std::array<std::uint8_t, 5> kPayload{1, 2, 3, 4, 5};  // An odd number.

PingFields fieldsOf(bool isV4, std::span<const std::uint8_t> payload = {}) {
  return {.source = toAddress(isV4 ? kUs : kUs6),
          .target = toAddress(isV4 ? kThem : kThem6),
          .sourcePort = 40001,
          .targetPort = 443,
          .cookie = 0xdeadbeef,
          .hopLimit = 61,
          .label = 0xabcd,
          .payload = payload};
}

template <typename Write>
Bytes written(Write write) {
  Bytes into(kMaxPingBytes, 0xee);
  into.resize(write(into.data()));
  return into;
}

Bytes withChecksum(Bytes bytes, std::size_t at, std::uint16_t checksum) {
  bytes[at] = static_cast<std::uint8_t>(checksum >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(checksum);
  return bytes;
}

// The headers that precede a message of `protocol`, from scratch.
Bytes ipHeader(bool isV4, unsigned protocol, std::size_t messageBytes) {
  if (!isV4) {
    return concat({be32(0x6000'abcd), be16(static_cast<unsigned>(messageBytes)),
                   Bytes{static_cast<std::uint8_t>(protocol), 61}, kUs6, kThem6});
  }
  Bytes header = prefix(
      ipv4({.source = kUs, .destination = kThem, .protocol = protocol}, Bytes(messageBytes, 0)),
      20);
  header = withChecksum(header, 4, 0xabcd);  // The identification.
  return withChecksum(header, 10, referenceChecksum(header));
}

Bytes pseudoHeader(bool isV4, unsigned protocol, std::size_t bytes) {
  return concat({isV4 ? kUs : kUs6, isV4 ? kThem : kThem6, be32(static_cast<std::uint32_t>(bytes)),
                 be32(protocol)});
}

// What lies behind the IP header, with the checksum at `at` over all of it.
Bytes message(const Bytes& covered, const Bytes& bare, std::size_t at, const Bytes& payload) {
  return withChecksum(bare, at, referenceChecksum(concat({covered, bare, payload})));
}

}  // namespace

TEST_CASE("an ACK carries its cookie twice, and no options") {
  for (const bool isV4 : {true, false}) {
    const Bytes payload{kPayload.begin(), kPayload.end()};
    const Bytes bare = tcp({.sourcePort = 40001,
                            .destinationPort = 443,
                            .sequence = 0xdeadbeef,
                            .acknowledgement = 0xdeadbeef,
                            .flags = 0x10,
                            .window = 1024});
    CHECK(written([&](auto* into) { return writeAck(fieldsOf(isV4, kPayload), into); }) ==
          concat({ipHeader(isV4, 6, 25), message(pseudoHeader(isV4, 6, 25), bare, 16, payload)}));
  }
}

TEST_CASE("an echo request has its cookie as identifier and sequence number") {
  const Bytes payload{kPayload.begin(), kPayload.end()};
  CHECK(written([&](auto* into) { return writeEcho(fieldsOf(true, kPayload), into); }) ==
        concat({ipHeader(true, 1, 13), message({}, hex("08 00 0000 deadbeef"), 2, payload)}));
  CHECK(written([&](auto* into) { return writeEcho(fieldsOf(false, kPayload), into); }) ==
        concat({ipHeader(false, 58, 13),
                message(pseudoHeader(false, 58, 13), hex("80 00 0000 deadbeef"), 2, payload)}));
}

TEST_CASE("timestamp and address mask requests have the length of their answers, and no payload") {
  const PingFields fields = fieldsOf(true, kPayload);
  const Bytes timestamp = concat({hex("0d 00 0000 deadbeef"), Bytes(12, 0)});
  CHECK(written([&](auto* into) { return writeTimestamp(fields, into); }) ==
        concat({ipHeader(true, 1, 20), message({}, timestamp, 2, {})}));
  const Bytes mask = concat({hex("11 00 0000 deadbeef"), Bytes(4, 0)});
  CHECK(written([&](auto* into) { return writeAddressMask(fields, into); }) ==
        concat({ipHeader(true, 1, 12), message({}, mask, 2, {})}));
}

TEST_CASE("a UDP header counts and covers the payload") {
  for (const bool isV4 : {true, false}) {
    const Bytes payload{kPayload.begin(), kPayload.end()};
    CHECK(written([&](auto* into) { return writeUdp(fieldsOf(isV4, kPayload), into); }) ==
          concat({ipHeader(isV4, 17, 13),
                  message(pseudoHeader(isV4, 17, 13), hex("9c41 01bb 000d 0000"), 6, payload)}));
  }
}

TEST_CASE("a UDP checksum is never 0, which would say that there is none") {
  PingFields fields = fieldsOf(true);
  for (unsigned port = 0; port < 65536; port++) {
    fields.sourcePort = static_cast<std::uint16_t>(port);
    const Bytes packet = written([&](auto* into) { return writeUdp(fields, into); });
    if (packet[26] == 0 && packet[27] == 0) FAIL("the checksum is 0");
  }
}

TEST_CASE("a protocol is asked for with a message that its implementations read") {
  struct Row {
    bool isV4;
    unsigned protocol;
    std::size_t bytes;
  };
  for (const Row& row : {Row{true, 1, 8}, Row{false, 58, 8}, Row{true, 58, 0}, Row{false, 1, 0},
                         Row{true, 2, 12}, Row{true, 6, 20}, Row{false, 6, 20}, Row{true, 17, 8},
                         Row{false, 17, 8}, Row{true, 4, 0}, Row{true, 253, 0}, Row{true, 0, 0}}) {
    CAPTURE(row.protocol);
    const Bytes packet = written([&](auto* into) {
      return writeProtocol(static_cast<std::uint8_t>(row.protocol), fieldsOf(row.isV4, kPayload),
                           into);
    });
    const Bytes header = ipHeader(row.isV4, row.protocol, row.bytes);
    CHECK(packet.size() == header.size() + row.bytes);
    CHECK(prefix(packet, header.size()) == header);
  }
}

TEST_CASE("an IGMP query is one of version 3, with a right checksum") {
  const Bytes packet = written([](auto* into) { return writeProtocol(2, fieldsOf(true), into); });
  const Bytes query = concat({hex("11 01 0000"), Bytes(8, 0)});
  CHECK(Bytes(packet.begin() + 20, packet.end()) == message({}, query, 2, {}));
}

}  // namespace halfopen
