#include "wire/tcp.h"

#include <doctest/doctest.h>

#include <vector>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

std::vector<std::uint8_t> kindsIn(const Bytes& options) {
  std::vector<std::uint8_t> kinds;
  TcpOptionReader reader{options};
  while (const auto option = reader.next()) kinds.push_back(option->kind);
  return kinds;
}

using Kinds = std::vector<std::uint8_t>;

}  // namespace

TEST_CASE("a TCP header is taken apart") {
  const Bytes segment = test::tcp({.sourcePort = 443,
                                   .destinationPort = 33001,
                                   .sequence = 0xfedc'ba98,
                                   .acknowledgement = 0x0123'4567,
                                   .flags = 0xd2,
                                   .window = 65535},
                                  test::hex("aa bb"));
  const auto tcp = TcpView::parse(segment);
  REQUIRE(tcp);
  CHECK(tcp->sourcePort() == 443);
  CHECK(tcp->destinationPort() == 33001);
  CHECK(tcp->sequence() == SeqNumber{0xfedc'ba98});
  CHECK(tcp->acknowledgement() == SeqNumber{0x0123'4567});
  CHECK(tcp->flags() == (tcp_flag::kSyn | tcp_flag::kAck | tcp_flag::kEce | tcp_flag::kCwr));
  CHECK(tcp->has(tcp_flag::kSyn | tcp_flag::kAck));
  CHECK_FALSE(tcp->has(tcp_flag::kSyn | tcp_flag::kRst));
  CHECK(tcp->window() == 65535);
  CHECK(tcp->headerBytes() == 20);
  CHECK(tcp->payload().size() == 2);
}

TEST_CASE("a segment that ends within its header or options is refused") {
  const Bytes segment = test::tcp({.options = Bytes(40, 1)});
  for (std::size_t size = 0; size < segment.size(); size++) {
    CAPTURE(size);
    CHECK_FALSE(TcpView::parse(test::prefix(segment, size)));
  }
  CHECK(TcpView::parse(segment)->payload().empty());
}

TEST_CASE("a data offset below the smallest header is refused") {
  Bytes segment = test::tcp({});
  for (const unsigned words : {0U, 1U, 4U}) {
    segment[12] = static_cast<std::uint8_t>(words << 4);
    CHECK_FALSE(TcpView::parse(segment));
  }
}

TEST_CASE("options are read in order, without padding") {
  const Bytes segment = test::tcp({.options = test::hex("020405b4 01 030307 0402 00 ff")});
  auto options = TcpView::parse(segment)->options();
  const auto first = options.next();
  REQUIRE(first);
  CHECK(first->kind == tcp_option::kMaximumSegmentSize);
  CHECK(loadBe16(first->value.data()) == 1460);
  CHECK(options.next()->kind == 3);
  const auto last = options.next();
  REQUIRE(last);
  CHECK(last->kind == 4);
  CHECK(last->value.empty());
  CHECK_FALSE(options.next());
  CHECK_FALSE(options.next());
}

TEST_CASE("options end at the first that is inconsistent") {
  CHECK(kindsIn({}) == Kinds{});
  CHECK(kindsIn(test::hex("01010101")) == Kinds{});
  CHECK(kindsIn(test::hex("0402 0300 0402")) == Kinds{4});     // Length 0 would never end.
  CHECK(kindsIn(test::hex("0402 0301 0402")) == Kinds{4});     // Shorter than itself.
  CHECK(kindsIn(test::hex("0402 0305 0402")) == Kinds{4});     // Longer than what is there.
  CHECK(kindsIn(test::hex("0402 03")) == Kinds{4});            // No length.
  CHECK(kindsIn(test::hex("0402 0304 0402")) == Kinds{4, 3});  // To the last byte.
}

TEST_CASE("eight quoted bytes are enough for ports and sequence number, seven are not") {
  const Bytes segment = test::tcp({.sourcePort = 33000, .destinationPort = 22, .sequence = 77});
  for (std::size_t size = 0; size < 8; size++) {
    CHECK_FALSE(QuotedTcpView::parse(test::prefix(segment, size)));
  }
  const Bytes quoted = test::prefix(segment, 8);
  const auto view = QuotedTcpView::parse(quoted);
  REQUIRE(view);
  CHECK(view->sourcePort() == 33000);
  CHECK(view->destinationPort() == 22);
  CHECK(view->sequence() == SeqNumber{77});
}

}  // namespace halfopen
