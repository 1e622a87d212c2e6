// libpcap, opened when it is first needed.
//
// We compile against its headers only: Debian and others name the library differently, and all but
// raw packets works without it. Everything here is a function of libpcap by its own name.
#pragma once

#include <pcap/pcap.h>

#include <memory>

#include "io/result.h"

namespace halfopen {

class PcapLibrary {
 public:
  // The error's `detail` names the files tried and how to get one.
  [[nodiscard]] static Result<std::shared_ptr<const PcapLibrary>> load();

  PcapLibrary(const PcapLibrary&) = delete;
  PcapLibrary& operator=(const PcapLibrary&) = delete;
  ~PcapLibrary();

  decltype(&::pcap_activate) activate;
  decltype(&::pcap_close) close;
  decltype(&::pcap_compile) compile;
  decltype(&::pcap_create) create;
  decltype(&::pcap_datalink) datalink;
  decltype(&::pcap_datalink_val_to_name) datalinkName;
  decltype(&::pcap_dispatch) dispatch;
  decltype(&::pcap_freecode) freeCode;
  decltype(&::pcap_get_selectable_fd) selectableDescriptor;
  decltype(&::pcap_geterr) errorText;
  decltype(&::pcap_lib_version) version;
  decltype(&::pcap_offline_filter) offlineFilter;
  decltype(&::pcap_open_dead) openDead;
  decltype(&::pcap_set_buffer_size) setBufferSize;
  decltype(&::pcap_set_immediate_mode) setImmediateMode;
  decltype(&::pcap_set_promisc) setPromiscuous;
  decltype(&::pcap_set_snaplen) setSnapLength;
  decltype(&::pcap_set_tstamp_precision) setTimestampPrecision;
  decltype(&::pcap_setfilter) setFilter;
  decltype(&::pcap_setnonblock) setNonBlocking;
  decltype(&::pcap_stats) stats;
  decltype(&::pcap_statustostr) statusText;

 private:
  explicit PcapLibrary(void* library) noexcept : library_(library) {}

  // The name of the first function that the library lacks, or null.
  [[nodiscard]] const char* bindFunctions() noexcept;

  void* library_;
};

}  // namespace halfopen
