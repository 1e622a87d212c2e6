// Our own addresses, as far as probes leave from them.
//
// Threads: JavaScript's adds; the receiver thread asks, for answers that have no other proof of
// being ours.
#pragma once

#include <algorithm>
#include <mutex>
#include <vector>

#include "wire/ip_address.h"
#include "wire/mac_address.h"

namespace halfopen {

class OwnAddresses {
 public:
  void add(const IpAddress& address) { addTo(addresses_, address); }
  void add(const MacAddress& mac) { addTo(macs_, mac); }

  [[nodiscard]] bool has(const IpAddress& address) const { return isIn(addresses_, address); }
  [[nodiscard]] bool has(const MacAddress& mac) const { return isIn(macs_, mac); }

 private:
  template <typename Value>
  void addTo(std::vector<Value>& values, const Value& value) {
    const std::lock_guard lock{mutex_};
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  template <typename Value>
  [[nodiscard]] bool isIn(const std::vector<Value>& values, const Value& value) const {
    const std::lock_guard lock{mutex_};
    return std::find(values.begin(), values.end(), value) != values.end();
  }

  mutable std::mutex mutex_;
  std::vector<IpAddress> addresses_;  // A few: those of the interfaces that are used.
  std::vector<MacAddress> macs_;
};

}  // namespace halfopen
