// Sends through raw IP sockets: the kernel routes, resolves neighbours and adds the link header.
//
// Works everywhere, loopback and devices without link-layer addresses included.
#pragma once

#include <netinet/in.h>

#include <memory>
#include <optional>
#include <string>

#include "io/linux/file_descriptor.h"
#include "io/linux/message_batch.h"
#include "io/result.h"
#include "io/sender.h"

namespace halfopen {

class RawIpSender final : public Sender {
 public:
  // With a device, every packet leaves there whatever the routes say.
  [[nodiscard]] static Result<std::unique_ptr<RawIpSender>> open(
      const std::optional<std::string>& device);

  [[nodiscard]] SendOutcome send(std::span<const OutgoingPacket> packets) noexcept override;

 private:
  RawIpSender(FileDescriptor v4, std::optional<FileDescriptor> v6) noexcept
      : v4_(std::move(v4)), v6_(std::move(v6)) {}

  [[nodiscard]] SendOutcome sendV4(std::span<const OutgoingPacket> packets) noexcept;
  [[nodiscard]] SendOutcome sendV6(std::span<const OutgoingPacket> packets) noexcept;

  FileDescriptor v4_;
  std::optional<FileDescriptor> v6_;  // Absent where the kernel has no IPv6.
  MessageBatch<sockaddr_in> batchV4_;
  MessageBatch<sockaddr_in6> batchV6_;
};

}  // namespace halfopen
