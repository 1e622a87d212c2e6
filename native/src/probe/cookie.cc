#include "probe/cookie.h"

#include <algorithm>

#include "probe/sip_hash.h"
#include "wire/byte_order.h"

namespace halfopen {

namespace {

constexpr std::size_t kMaxMessageBytes = 2 * kIpv6AddressBytes + 3;

}  // namespace

SeqNumber Cookie::of(const IpAddress& source, const IpAddress& target, std::uint16_t targetPort,
                     std::uint8_t attempt) const noexcept {
  // The length tells the families apart, so no two tuples have one message.
  std::array<std::uint8_t, kMaxMessageBytes> message;
  std::uint8_t* end = message.data();
  end = std::copy(source.bytes().begin(), source.bytes().end(), end);
  end = std::copy(target.bytes().begin(), target.bytes().end(), end);
  storeBe16(end, targetPort);
  end[2] = attempt;
  const auto size = static_cast<std::size_t>(end + 3 - message.data());
  return SeqNumber{static_cast<std::uint32_t>(sipHash24(key_, std::span{message}.first(size)))};
}

}  // namespace halfopen
