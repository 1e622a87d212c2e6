// Captures on one interface through libpcap.
//
// Threads: opened on one, then used by another; never by two at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "io/pcap/pcap_library.h"
#include "io/result.h"
#include "wire/link.h"

namespace halfopen {

class Capture {
 public:
  struct Options {
    std::string device;
    std::string filter;  // In pcap-filter(7) language.
    int bufferBytes;     // In the kernel, for frames that were not read yet.
    // Frames to any multicast group, not only to those that the kernel listens to.
    bool hearsGroups = false;
  };

  // When it returns, frames are being captured.
  [[nodiscard]] static Result<std::unique_ptr<Capture>> open(
      std::shared_ptr<const PcapLibrary> library, const Options& options);

  [[nodiscard]] const std::string& device() const noexcept { return device_; }
  [[nodiscard]] LinkType linkType() const noexcept { return linkType_; }

  // Readable when frames wait.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

  // Hands at most `limit` frames that wait to `handler`; returns how many. Never blocks. Time
  // stamps are of CLOCK_REALTIME, with nanoseconds in `tv_usec`.
  [[nodiscard]] Result<int> dispatch(int limit, pcap_handler handler, void* user);

  // Frames dropped since the last call.
  struct Drops {
    std::uint32_t kernel;     // For want of room in its buffer.
    std::uint32_t interface;  // Before the kernel had them.
  };
  [[nodiscard]] Drops takeDrops() noexcept;

 private:
  struct Closer {
    std::shared_ptr<const PcapLibrary> library;
    void operator()(pcap_t* handle) const noexcept { library->close(handle); }
  };
  using Handle = std::unique_ptr<pcap_t, Closer>;

  Capture(Handle handle, std::string device, LinkType linkType, int descriptor) noexcept
      : handle_(std::move(handle)),
        device_(std::move(device)),
        linkType_(linkType),
        descriptor_(descriptor) {}

  [[nodiscard]] static Result<Handle> activate(std::shared_ptr<const PcapLibrary> library,
                                               const Options& options);

  [[nodiscard]] const PcapLibrary& library() const noexcept {
    return *handle_.get_deleter().library;
  }

  Handle handle_;
  std::string device_;
  LinkType linkType_;
  int descriptor_;
  std::uint32_t dropped_ = 0;  // As last read; libpcap's counts are modulo 2^32.
  std::uint32_t interfaceDropped_ = 0;
};

}  // namespace halfopen
