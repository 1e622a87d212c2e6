#include "io/pcap/pcap_library.h"

#include <dlfcn.h>

#include <array>
#include <cerrno>
#include <string>

namespace halfopen {

namespace {

// The soname upstream, and the one that Debian kept.
constexpr std::array kNames{"libpcap.so.1", "libpcap.so.0.8"};

void* openFirst() noexcept {
  for (const char* name : kNames) {
    // It stays when it is closed: with what it links to, loading it again takes milliseconds.
    if (void* library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) return library;
  }
  return nullptr;
}

std::string notFoundText() {
  std::string text = "no ";
  for (const char* name : kNames) text += std::string{name == kNames.front() ? "" : ", no "} + name;
  return text + "; on Debian and Ubuntu: apt-get install libpcap0.8";
}

}  // namespace

Result<std::shared_ptr<const PcapLibrary>> PcapLibrary::load() {
  void* opened = openFirst();
  if (opened == nullptr) return SystemError{"dlopen(libpcap)", ENOENT, notFoundText()};
  std::shared_ptr<PcapLibrary> library{new PcapLibrary{opened}};
  if (const char* missing = library->bindFunctions()) {
    return SystemError{"dlsym(libpcap)", ENOSYS, std::string{"it has no "} + missing};
  }
  return std::shared_ptr<const PcapLibrary>{std::move(library)};
}

PcapLibrary::~PcapLibrary() { ::dlclose(library_); }

const char* PcapLibrary::bindFunctions() noexcept {
  const char* missing = nullptr;
  const auto bind = [&](auto& function, const char* name) {
    function =
        reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library_, name));
    if (function == nullptr) missing = name;
  };
  bind(activate, "pcap_activate");
  bind(close, "pcap_close");
  bind(compile, "pcap_compile");
  bind(create, "pcap_create");
  bind(datalink, "pcap_datalink");
  bind(datalinkName, "pcap_datalink_val_to_name");
  bind(dispatch, "pcap_dispatch");
  bind(freeCode, "pcap_freecode");
  bind(selectableDescriptor, "pcap_get_selectable_fd");
  bind(errorText, "pcap_geterr");
  bind(version, "pcap_lib_version");
  bind(offlineFilter, "pcap_offline_filter");
  bind(openDead, "pcap_open_dead");
  bind(setBufferSize, "pcap_set_buffer_size");
  bind(setImmediateMode, "pcap_set_immediate_mode");
  bind(setPromiscuous, "pcap_set_promisc");
  bind(setSnapLength, "pcap_set_snaplen");
  bind(setTimestampPrecision, "pcap_set_tstamp_precision");
  bind(setFilter, "pcap_setfilter");
  bind(setNonBlocking, "pcap_setnonblock");
  bind(stats, "pcap_stats");
  bind(statusText, "pcap_statustostr");
  return missing;
}

}  // namespace halfopen
