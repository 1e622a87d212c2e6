// Room in the kernel for packets that a sending socket has handed over and a device has not sent.
#pragma once

#include <sys/socket.h>

namespace halfopen {

inline constexpr int kSendBufferBytes = 4 << 20;

// Best effort: beyond the system's limit only with CAP_NET_ADMIN. A smaller buffer means waiting
// sooner, not losing packets.
inline void enlargeSendBuffer(int socket) noexcept {
  if (::setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &kSendBufferBytes,
                   sizeof kSendBufferBytes) != 0) {
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &kSendBufferBytes, sizeof kSendBufferBytes);
  }
}

}  // namespace halfopen
