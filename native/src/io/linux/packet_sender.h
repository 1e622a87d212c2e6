// Sends whole frames through one AF_PACKET socket, past routing, neighbour lookup and queueing.
//
// One socket serves all interfaces: each frame names its own.
#pragma once

#include <linux/if_packet.h>

#include <memory>

#include "io/linux/file_descriptor.h"
#include "io/linux/message_batch.h"
#include "io/result.h"
#include "io/sender.h"

namespace halfopen {

class PacketSender final : public Sender {
 public:
  [[nodiscard]] static Result<std::unique_ptr<PacketSender>> open();

  // Every packet has an Ethernet header.
  [[nodiscard]] SendOutcome send(std::span<const OutgoingPacket> packets) noexcept override;

 private:
  explicit PacketSender(FileDescriptor socket) noexcept : socket_(std::move(socket)) {}

  FileDescriptor socket_;
  MessageBatch<sockaddr_ll> batch_;
};

}  // namespace halfopen
