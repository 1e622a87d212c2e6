// Questions to the kernel's routing tables (rtnetlink(7)).
//
// Threads: a socket is used by one thread at a time.
#pragma once

#include <linux/rtnetlink.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "io/linux/file_descriptor.h"
#include "io/result.h"
#include "wire/ip_address.h"

namespace halfopen {

// A message to the kernel: a fixed part, then attributes.
class NetlinkRequest {
 public:
  // `fixed` is the structure that messages of this type begin with.
  template <typename Fixed>
  NetlinkRequest(std::uint16_t type, std::uint16_t flags, const Fixed& fixed) noexcept {
    const nlmsghdr header{0, type, static_cast<std::uint16_t>(flags | NLM_F_REQUEST), 0, 0};
    append(&header, sizeof header);
    append(&fixed, sizeof fixed);
  }

  void addAttribute(std::uint16_t type, std::span<const std::uint8_t> value) noexcept;
  void addAttribute(std::uint16_t type, std::uint32_t value) noexcept;

  // The finished message, with its length and this sequence number.
  [[nodiscard]] std::span<const std::uint8_t> finish(std::uint32_t sequence) noexcept;

 private:
  void append(const void* bytes, std::size_t count) noexcept;

  alignas(nlmsghdr) std::array<std::uint8_t, 256> bytes_{};
  std::size_t size_ = 0;
};

// One message of an answer.
struct NetlinkMessage {
  std::uint16_t type;
  std::span<const std::uint8_t> body;  // From the fixed part on.
  std::uint16_t flags = 0;             // NLM_F_ of netlink(7).

  // The fixed part; nothing when the message is too short for it.
  template <typename Fixed>
  [[nodiscard]] std::optional<Fixed> fixed() const noexcept {
    if (body.size() < sizeof(Fixed)) return std::nullopt;
    Fixed value;
    std::memcpy(&value, body.data(), sizeof value);
    return value;
  }

  // Shows each attribute behind a fixed part of `fixedBytes` to `visit(type, value)`, until that
  // returns false.
  template <typename Visit>
  void forEachAttribute(std::size_t fixedBytes, Visit visit) const noexcept;

  // The value of the first attribute of the wanted type behind a fixed part of `fixedBytes`.
  [[nodiscard]] std::optional<std::span<const std::uint8_t>> attribute(
      std::size_t fixedBytes, std::uint16_t wanted) const noexcept;
};

template <typename Visit>
void NetlinkMessage::forEachAttribute(std::size_t fixedBytes, Visit visit) const noexcept {
  std::span<const std::uint8_t> rest = body;
  for (std::size_t step = NLMSG_ALIGN(fixedBytes); step <= rest.size();) {
    rest = rest.subspan(step);
    if (rest.size() < sizeof(rtattr)) return;
    rtattr header;
    std::memcpy(&header, rest.data(), sizeof header);
    if (header.rta_len < sizeof header || header.rta_len > rest.size()) return;
    const std::span value = rest.subspan(RTA_LENGTH(0), header.rta_len - RTA_LENGTH(0));
    if (!visit(static_cast<std::uint16_t>(header.rta_type & NLA_TYPE_MASK), value)) return;
    step = RTA_ALIGN(header.rta_len);
  }
}

class NetlinkSocket {
 public:
  using Visitor = std::function<void(const NetlinkMessage&)>;

  [[nodiscard]] static Result<NetlinkSocket> open();

  // Sends a request and shows each message of the answer to `visit`. Returns the errno with which
  // the kernel refused it, or 0.
  [[nodiscard]] int ask(NetlinkRequest& request, const Visitor& visit);

 private:
  explicit NetlinkSocket(FileDescriptor socket) : socket_(std::move(socket)) {}

  FileDescriptor socket_;
  std::uint32_t sequence_ = 0;
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(32768);  // As netlink(7) advises.
};

// The address in an attribute of 4 or 16 bytes.
[[nodiscard]] std::optional<IpAddress> addressIn(std::span<const std::uint8_t> value) noexcept;

// AF_INET or AF_INET6.
[[nodiscard]] std::uint8_t addressFamilyOf(const IpAddress& address) noexcept;

}  // namespace halfopen
