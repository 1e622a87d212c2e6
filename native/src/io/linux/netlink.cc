#include "io/linux/netlink.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace halfopen {

namespace {

// What one message says about the answer that it belongs to.
struct Progress {
  bool isLast;
  int errnoValue;
};

Progress readControl(const nlmsghdr& header, const NetlinkMessage& message) noexcept {
  if (message.type == NLMSG_DONE) return {true, 0};
  if (message.type == NLMSG_ERROR) {
    const std::optional<nlmsgerr> error = message.fixed<nlmsgerr>();
    return {true, error ? -error->error : EPROTO};
  }
  return {(header.nlmsg_flags & NLM_F_MULTI) == 0, 0};
}

bool isControl(std::uint16_t type) noexcept { return type < NLMSG_MIN_TYPE; }

}  // namespace

void NetlinkRequest::addAttribute(std::uint16_t type,
                                  std::span<const std::uint8_t> value) noexcept {
  const rtattr header{static_cast<std::uint16_t>(RTA_LENGTH(value.size())), type};
  append(&header, sizeof header);
  append(value.data(), value.size());
}

void NetlinkRequest::addAttribute(std::uint16_t type, std::uint32_t value) noexcept {
  std::array<std::uint8_t, sizeof value> bytes;
  std::memcpy(bytes.data(), &value, sizeof value);
  addAttribute(type, bytes);
}

std::span<const std::uint8_t> NetlinkRequest::finish(std::uint32_t sequence) noexcept {
  nlmsghdr header;
  std::memcpy(&header, bytes_.data(), sizeof header);
  header.nlmsg_len = static_cast<std::uint32_t>(size_);
  header.nlmsg_seq = sequence;
  std::memcpy(bytes_.data(), &header, sizeof header);
  return std::span{bytes_}.first(size_);
}

// Requests are of a few known attributes, which fit.
void NetlinkRequest::append(const void* bytes, std::size_t count) noexcept {
  std::memcpy(&bytes_[size_], bytes, count);
  size_ = NLMSG_ALIGN(size_ + count);
}

std::optional<std::span<const std::uint8_t>> NetlinkMessage::attribute(
    std::size_t fixedBytes, std::uint16_t wanted) const noexcept {
  std::optional<std::span<const std::uint8_t>> found;
  forEachAttribute(fixedBytes, [&](std::uint16_t each, std::span<const std::uint8_t> value) {
    if (each == wanted) found = value;
    return !found;
  });
  return found;
}

Result<NetlinkSocket> NetlinkSocket::open() {
  FileDescriptor socket{::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE)};
  if (socket.get() < 0) return SystemError{"socket(AF_NETLINK)", errno};
  // Answers about one thing are to be about that thing; kernels before 4.20 ignore the wish.
  const int on = 1;
  ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
  return NetlinkSocket{std::move(socket)};
}

int NetlinkSocket::ask(NetlinkRequest& request, const Visitor& visit) {
  const std::span<const std::uint8_t> message = request.finish(++sequence_);
  if (::send(socket_.get(), message.data(), message.size(), 0) < 0) return errno;

  while (true) {
    const ssize_t received = ::recv(socket_.get(), buffer_.data(), buffer_.size(), 0);
    if (received < 0 && errno == EINTR) continue;
    if (received < 0) return errno;
    std::span<const std::uint8_t> rest =
        std::span{buffer_}.first(static_cast<std::size_t>(received));
    while (rest.size() >= sizeof(nlmsghdr)) {
      nlmsghdr header;
      std::memcpy(&header, rest.data(), sizeof header);
      if (header.nlmsg_len < sizeof header || header.nlmsg_len > rest.size()) return EPROTO;
      const NetlinkMessage part{header.nlmsg_type,
                                rest.subspan(sizeof header, header.nlmsg_len - sizeof header),
                                header.nlmsg_flags};
      rest = rest.subspan(std::min<std::size_t>(NLMSG_ALIGN(header.nlmsg_len), rest.size()));
      if (header.nlmsg_seq != sequence_) continue;  // Of an answer that was given up.
      if (!isControl(part.type)) visit(part);
      if (const Progress progress = readControl(header, part); progress.isLast) {
        return progress.errnoValue;
      }
    }
  }
}

std::optional<IpAddress> addressIn(std::span<const std::uint8_t> value) noexcept {
  if (value.size() == kIpv4AddressBytes) return IpAddress::v4(value.first<kIpv4AddressBytes>());
  if (value.size() == kIpv6AddressBytes) return IpAddress::v6(value.first<kIpv6AddressBytes>());
  return std::nullopt;
}

std::uint8_t addressFamilyOf(const IpAddress& address) noexcept {
  return address.isV4() ? AF_INET : AF_INET6;
}

}  // namespace halfopen
