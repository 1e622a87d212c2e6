#include "wire/seq_number.h"

#include <doctest/doctest.h>

namespace halfopen {

TEST_CASE("sequence numbers are ordered modulo 2^32") {
  CHECK(SeqNumber{1}.isBefore(SeqNumber{2}));
  CHECK_FALSE(SeqNumber{2}.isBefore(SeqNumber{1}));
  CHECK_FALSE(SeqNumber{2}.isBefore(SeqNumber{2}));
  CHECK(SeqNumber{0xffff'fff0}.isBefore(SeqNumber{0x10}));
  CHECK(SeqNumber{0}.isBefore(SeqNumber{0x7fff'ffff}));
  CHECK_FALSE(SeqNumber{0}.isBefore(SeqNumber{0x8000'0001}));
}

TEST_CASE("the neighbours of a sequence number wrap") {
  CHECK(SeqNumber{0xffff'ffff}.next() == SeqNumber{0});
  CHECK(SeqNumber{0}.previous() == SeqNumber{0xffff'ffff});
}

}  // namespace halfopen
