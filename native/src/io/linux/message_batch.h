// Hands many packets to one socket in one system call.
#pragma once

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>

#include "io/sender.h"

namespace halfopen {

// `Address` is the kind of socket address that says where a packet goes.
template <typename Address>
class MessageBatch {
 public:
  MessageBatch() noexcept {
    for (std::size_t index = 0; index < kMaxSendBatch; ++index) {
      msghdr& message = messages_[index].msg_hdr;
      message.msg_name = &addresses_[index];
      message.msg_namelen = sizeof(Address);
      message.msg_iov = slices_[index].data();
    }
  }
  MessageBatch(const MessageBatch&) = delete;
  MessageBatch& operator=(const MessageBatch&) = delete;

  // `fill(packet, address)` writes the address of a packet.
  template <typename Fill>
  [[nodiscard]] SendOutcome send(int socket, std::span<const OutgoingPacket> packets,
                                 Fill fill) noexcept {
    packets = packets.first(std::min(packets.size(), kMaxSendBatch));
    for (std::size_t index = 0; index < packets.size(); ++index) {
      const std::span<const std::uint8_t> payload = packets[index].payload();
      slices_[index] = {sliceOf(packets[index].bytes), sliceOf(payload)};
      messages_[index].msg_hdr.msg_iovlen = payload.empty() ? 1 : 2;
      fill(packets[index], addresses_[index]);
    }
    // Says why a message failed only when it is the first; otherwise it returns the count before.
    const int taken = ::sendmmsg(socket, messages_.data(),
                                 static_cast<unsigned int>(packets.size()), MSG_DONTWAIT);
    if (taken < 0) return {0, errno};
    return {static_cast<std::size_t>(taken), 0};
  }

 private:
  using Slices = std::array<iovec, 2>;  // Headers and payload.

  static iovec sliceOf(std::span<const std::uint8_t> bytes) noexcept {
    return {const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
  }

  std::array<mmsghdr, kMaxSendBatch> messages_{};
  std::array<Slices, kMaxSendBatch> slices_{};
  std::array<Address, kMaxSendBatch> addresses_{};
};

}  // namespace halfopen
