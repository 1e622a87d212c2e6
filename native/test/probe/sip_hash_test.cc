#include "probe/sip_hash.h"

#include <doctest/doctest.h>

#include "packets.h"

namespace halfopen {

using test::Bytes;

namespace {

struct Vector {
  std::size_t size;
  const char* output;  // Little-endian, as published.
};

// From the reference implementation: key 00 01 .. 0f, message 00 01 .. of this size.
constexpr Vector kVectors[] = {
    {0, "310e0edd47db6f72"},  {1, "fd67dc93c539f874"},  {2, "5a4fa9d909806c0d"},
    {3, "2d7efbd796666785"},  {4, "b7877127e09427cf"},  {5, "8da699cd64557618"},
    {6, "cee3fe586e46c9cb"},  {7, "37d1018bf50002ab"},  {8, "6224939a79f5f593"},
    {9, "b0e4a90bdf82009e"},  {10, "f3b9dd94c5bb5d7a"}, {11, "a7ad6b22462fb3f4"},
    {12, "fbe50e86bc8f1e75"}, {13, "903d84c02756ea14"}, {14, "eef27a8e90ca23f7"},
    {15, "e545be4961ca29a1"}, {16, "db9bc2577fcc2a3f"}, {63, "724506eb4c328a95"},
};

}  // namespace

TEST_CASE("SipHash-2-4 gives the published outputs") {
  std::array<std::uint8_t, 16> key;
  for (std::size_t i = 0; i < key.size(); i++) key[i] = static_cast<std::uint8_t>(i);
  for (const Vector& vector : kVectors) {
    CAPTURE(vector.size);
    Bytes message(vector.size);
    for (std::size_t i = 0; i < message.size(); i++) message[i] = static_cast<std::uint8_t>(i);
    Bytes output;
    for (std::uint64_t rest = sipHash24(key, message); output.size() < 8; rest >>= 8) {
      output.push_back(static_cast<std::uint8_t>(rest));
    }
    CHECK(output == test::hex(vector.output));
  }
}

}  // namespace halfopen
