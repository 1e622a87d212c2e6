// Drops packets as NullSender does, and answers each SYN with a SYN/ACK that goes the way of a
// captured frame from there on: for measuring all that comes after the kernel.
//
// Threads: used by one sender thread, which is then the producer of the reply ring.
#pragma once

#include "io/reply_collector.h"
#include "io/sender.h"

namespace halfopen {

class EchoSender final : public Sender {
 public:
  explicit EchoSender(ReplyCollector& replies) noexcept : replies_(replies) {}

  [[nodiscard]] SendOutcome send(std::span<const OutgoingPacket> packets) noexcept override;

 private:
  ReplyCollector& replies_;
};

}  // namespace halfopen
