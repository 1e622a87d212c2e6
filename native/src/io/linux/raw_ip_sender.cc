#include "io/linux/raw_ip_sender.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "io/linux/send_buffer.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"

namespace halfopen {

namespace {

Result<FileDescriptor> openSocket(int family, const char* operation,
                                  const std::optional<std::string>& device) {
  // IPPROTO_RAW: packets come with their IP header (raw(7)), in either version of IP.
  FileDescriptor socket{::socket(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW)};
  if (socket.get() < 0) return SystemError{operation, errno};
  enlargeSendBuffer(socket.get());
  if (device && ::setsockopt(socket.get(), SOL_SOCKET, SO_BINDTODEVICE, device->data(),
                             static_cast<socklen_t>(device->size())) != 0) {
    return SystemError{"setsockopt(SO_BINDTODEVICE)", errno};
  }
  return socket;
}

// Packets from the first on that are of the same version of IP.
std::span<const OutgoingPacket> leadingFamily(std::span<const OutgoingPacket> packets) noexcept {
  const IpFamily family = packets.front().family();
  const auto end = std::find_if(packets.begin(), packets.end(),
                                [family](const auto& packet) { return packet.family() != family; });
  return packets.first(static_cast<std::size_t>(end - packets.begin()));
}

}  // namespace

Result<std::unique_ptr<RawIpSender>> RawIpSender::open(const std::optional<std::string>& device) {
  Result<FileDescriptor> v4 = openSocket(AF_INET, "socket(AF_INET, SOCK_RAW)", device);
  if (!v4) return v4.error();
  Result<FileDescriptor> v6 = openSocket(AF_INET6, "socket(AF_INET6, SOCK_RAW)", device);
  std::optional<FileDescriptor> maybeV6;
  if (v6) maybeV6.emplace(std::move(*v6));
  return std::unique_ptr<RawIpSender>{new RawIpSender{std::move(*v4), std::move(maybeV6)}};
}

SendOutcome RawIpSender::send(std::span<const OutgoingPacket> packets) noexcept {
  const std::span<const OutgoingPacket> run = leadingFamily(packets);
  return run.front().family() == IpFamily::kV4 ? sendV4(run) : sendV6(run);
}

SendOutcome RawIpSender::sendV4(std::span<const OutgoingPacket> packets) noexcept {
  return batchV4_.send(v4_.get(), packets, [](const OutgoingPacket& packet, sockaddr_in& address) {
    address.sin_family = AF_INET;
    std::memcpy(&address.sin_addr, &packet.bytes[ipv4_offset::kDestination],
                sizeof address.sin_addr);
  });
}

SendOutcome RawIpSender::sendV6(std::span<const OutgoingPacket> packets) noexcept {
  if (!v6_) return {0, EAFNOSUPPORT};
  return batchV6_.send(
      v6_->get(), packets, [](const OutgoingPacket& packet, sockaddr_in6& address) {
        address.sin6_family = AF_INET6;
        std::memcpy(&address.sin6_addr, &packet.bytes[ipv6_offset::kDestination],
                    sizeof address.sin6_addr);
        // Such an address means something on one interface only (RFC 4291 §2.5.6).
        address.sin6_scope_id = IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr)
                                    ? static_cast<std::uint32_t>(packet.path->interfaceIndex())
                                    : 0;
      });
}

}  // namespace halfopen
