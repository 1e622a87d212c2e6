#include "io/linux/packet_sender.h"

#include <linux/if_packet.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "io/linux/send_buffer.h"

namespace halfopen {

Result<std::unique_ptr<PacketSender>> PacketSender::open() {
  // Protocol 0: the socket receives nothing, so the kernel queues nothing on it.
  FileDescriptor socket{::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0)};
  if (socket.get() < 0) return SystemError{"socket(AF_PACKET, SOCK_RAW)", errno};
  enlargeSendBuffer(socket.get());
  // Straight to the driver. Without it (before Linux 3.14) frames pass the queueing discipline.
  const int on = 1;
  ::setsockopt(socket.get(), SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on);
  return std::unique_ptr<PacketSender>{new PacketSender{std::move(socket)}};
}

SendOutcome PacketSender::send(std::span<const OutgoingPacket> packets) noexcept {
  return batch_.send(socket_.get(), packets,
                     [](const OutgoingPacket& packet, sockaddr_ll& address) {
                       const std::span<const std::uint8_t> header = packet.bytes;
                       address.sll_family = AF_PACKET;
                       address.sll_ifindex = packet.path->interfaceIndex();
                       address.sll_halen = kMacBytes;
                       std::copy_n(header.begin(), kMacBytes, address.sll_addr);
                       std::memcpy(&address.sll_protocol, &header[ethernet_offset::kEtherType],
                                   sizeof address.sll_protocol);
                     });
}

}  // namespace halfopen
