#include "io/linux/interfaces.h"

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include <algorithm>
#include <cstring>

namespace halfopen {

namespace {

std::string textIn(std::span<const std::uint8_t> value) {
  return {value.begin(), std::find(value.begin(), value.end(), 0)};
}

// Our own end, which on point-to-point links differs from IFA_ADDRESS.
std::optional<IpAddress> ownAddressIn(const NetlinkMessage& message) noexcept {
  const auto local = message.attribute(sizeof(ifaddrmsg), IFA_LOCAL);
  const auto address = local ? local : message.attribute(sizeof(ifaddrmsg), IFA_ADDRESS);
  return address ? addressIn(*address) : std::nullopt;
}

void addAddress(std::vector<NetworkInterface>& interfaces, const NetlinkMessage& message) {
  const std::optional<ifaddrmsg> fixed = message.fixed<ifaddrmsg>();
  const std::optional<IpAddress> address = ownAddressIn(message);
  if (!fixed || !address) return;
  const auto owner = std::find_if(interfaces.begin(), interfaces.end(), [&](const auto& interface) {
    return interface.index == static_cast<int>(fixed->ifa_index);
  });
  if (owner != interfaces.end()) owner->addresses.push_back({*address, fixed->ifa_prefixlen});
}

}  // namespace

Result<std::vector<NetworkInterface>> listInterfaces(NetlinkSocket& socket) {
  std::vector<NetworkInterface> interfaces;
  NetlinkRequest links{RTM_GETLINK, NLM_F_DUMP, ifinfomsg{}};
  int refused = socket.ask(links, [&](const NetlinkMessage& message) {
    if (auto interface = readInterface(message)) interfaces.push_back(std::move(*interface));
  });
  if (refused != 0) return SystemError{"RTM_GETLINK", refused};

  NetlinkRequest addresses{RTM_GETADDR, NLM_F_DUMP, ifaddrmsg{}};
  refused = socket.ask(addresses, [&](const NetlinkMessage& message) {
    if (message.type == RTM_NEWADDR) addAddress(interfaces, message);
  });
  if (refused != 0) return SystemError{"RTM_GETADDR", refused};
  return interfaces;
}

std::optional<NetworkInterface> readInterface(const NetlinkMessage& message) {
  const std::optional<ifinfomsg> fixed = message.fixed<ifinfomsg>();
  const auto name = message.attribute(sizeof(ifinfomsg), IFLA_IFNAME);
  if (message.type != RTM_NEWLINK || !fixed || !name) return std::nullopt;

  NetworkInterface interface{
      fixed->ifi_index, textIn(*name), fixed->ifi_type, fixed->ifi_flags, 0, std::nullopt, {}};
  const auto mtu = message.attribute(sizeof(ifinfomsg), IFLA_MTU);
  if (mtu && mtu->size() == sizeof interface.mtu) {
    std::memcpy(&interface.mtu, mtu->data(), sizeof interface.mtu);
  }
  const auto mac = message.attribute(sizeof(ifinfomsg), IFLA_ADDRESS);
  if (mac && mac->size() == kMacBytes) {
    std::copy(mac->begin(), mac->end(), interface.mac.emplace().begin());
  }
  return interface;
}

}  // namespace halfopen
