#include "io/pcap/capture.h"

#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace halfopen {

namespace {

// Headers of every answer, and enough of what an ICMP error quotes.
constexpr int kSnapLength = 256;

int errnoOf(int status) noexcept {
  switch (status) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
      return EPERM;
    case PCAP_ERROR_NO_SUCH_DEVICE:
      return ENODEV;
    case PCAP_ERROR_IFACE_NOT_UP:
      return ENETDOWN;
    default:
      return EIO;
  }
}

// What follows takes the descriptor for that of a packet socket, as it is on Linux. Where an option
// fails, nothing is lost that was there before.

// What leaves this host answers nothing, and the kernel need not copy it for us: neither our own
// probes nor what it says itself, such as that nobody waits for a reply. Since Linux 4.20.
void hearNothingOutgoing(int descriptor) noexcept {
  const int yes = 1;
  ::setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
}

// An interface may have no filter for groups.
void hearGroups(int descriptor, const std::string& device) noexcept {
  packet_mreq wish{};
  wish.mr_ifindex = static_cast<int>(::if_nametoindex(device.c_str()));
  wish.mr_type = PACKET_MR_ALLMULTI;
  ::setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &wish, sizeof wish);
}

std::string on(const std::string& device, const std::string& text) { return device + ": " + text; }

}  // namespace

Result<std::unique_ptr<Capture>> Capture::open(std::shared_ptr<const PcapLibrary> library,
                                               const Options& options) {
  Result<Handle> activated = activate(library, options);
  if (!activated) return activated.error();
  pcap_t* handle = activated->get();

  const int dlt = library->datalink(handle);
  const std::optional<LinkType> linkType = linkTypeOf(dlt);
  if (!linkType) {
    const char* name = library->datalinkName(dlt);
    return SystemError{
        "pcap_datalink", EPROTONOSUPPORT,
        on(options.device, std::string{"link type "} + (name ? name : std::to_string(dlt).c_str()) +
                               " is not supported")};
  }

  bpf_program program;
  if (library->compile(handle, &program, options.filter.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
    return SystemError{"pcap_compile", EINVAL, on(options.device, library->errorText(handle))};
  }
  const int status = library->setFilter(handle, &program);
  library->freeCode(&program);
  if (status != 0) {
    return SystemError{"pcap_setfilter", EIO, on(options.device, library->errorText(handle))};
  }

  std::array<char, PCAP_ERRBUF_SIZE> error{};
  if (library->setNonBlocking(handle, 1, error.data()) != 0) {
    return SystemError{"pcap_setnonblock", EIO, on(options.device, error.data())};
  }
  const int descriptor = library->selectableDescriptor(handle);
  hearNothingOutgoing(descriptor);
  if (options.hearsGroups) hearGroups(descriptor, options.device);
  return std::unique_ptr<Capture>{
      new Capture{std::move(*activated), options.device, *linkType, descriptor}};
}

Result<Capture::Handle> Capture::activate(std::shared_ptr<const PcapLibrary> library,
                                          const Options& options) {
  std::array<char, PCAP_ERRBUF_SIZE> error{};
  Handle handle{library->create(options.device.c_str(), error.data()), Closer{library}};
  if (!handle) return SystemError{"pcap_create", EIO, on(options.device, error.data())};

  // These fail only on a handle that is active already.
  library->setSnapLength(handle.get(), kSnapLength);
  library->setPromiscuous(handle.get(), 0);
  library->setImmediateMode(handle.get(), 1);
  library->setBufferSize(handle.get(), options.bufferBytes);
  if (library->setTimestampPrecision(handle.get(), PCAP_TSTAMP_PRECISION_NANO) != 0) {
    return SystemError{"pcap_set_tstamp_precision", ENOTSUP, on(options.device, "no nanoseconds")};
  }

  const int status = library->activate(handle.get());
  if (status < 0) {
    const std::string text = library->errorText(handle.get());
    return SystemError{"pcap_activate", errnoOf(status),
                       on(options.device, text.empty() ? library->statusText(status) : text)};
  }
  return handle;
}

Result<int> Capture::dispatch(int limit, pcap_handler handler, void* user) {
  const int count = library().dispatch(handle_.get(), limit, handler, static_cast<u_char*>(user));
  if (count < 0) {
    return SystemError{"pcap_dispatch", EIO, on(device_, library().errorText(handle_.get()))};
  }
  return count;
}

Capture::Drops Capture::takeDrops() noexcept {
  pcap_stat stats{};
  if (library().stats(handle_.get(), &stats) != 0) return {};
  return {.kernel = stats.ps_drop - std::exchange(dropped_, stats.ps_drop),
          .interface = stats.ps_ifdrop - std::exchange(interfaceDropped_, stats.ps_ifdrop)};
}

}  // namespace halfopen
