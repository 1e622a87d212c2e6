// Answers probes with forged packets, to show what a scanner makes of them.
//
// Usage: responder DEVICE RULE...
//
// RULE is WHOM:KIND[,KEY=VALUE...]. WHOM is a port, for SYNs to it, or an address, for every probe
// to it. Its rules are its answers, sent for every probe.
//
//   KIND tcp   flags=LETTERS  of FSRPAUEC, default SA
//              ack=N          acknowledges the asked sequence number plus N, default 1
//              seq=N          its own sequence number
//              next=N         its own sequence number is the one that the probe acknowledges plus N
//   KIND icmp  an error:
//              type=N code=N
//              quote=N        bytes behind the IP header that it quotes, default 8
//              seq=N          added to what it quotes of bytes 4 to 7: the sequence number of TCP,
//                             identifier and sequence number of ICMP
//              id=N           added to the identification of the IPv4 header that it quotes
//              asked=ADDRESS  the destination that it quotes, default: the real one
//              quoted=NAMES   IPv6 extension headers in the quote
//   KIND query the answer to an ICMP query:
//              type=N         default: the one that belongs to the query
//              id=N seq=N     added to identifier and sequence number
//              length=N       bytes of it, default: as many as the query has
//   KIND udp   port=N         added to the port that it comes from
//   KIND ip    protocol=N     an empty packet of this protocol, default: that of the probe
//   KIND arp   answers ARP requests:
//              op=N           default 2
//              mac=MAC        default 02:66:00:00:00:01
//              to=ADDRESS     whom it tells, default: who asked
//   KIND na    answers neighbour solicitations:
//              mac=MAC        as of ARP
//              asked=ADDRESS  the target that it tells of, default: the real one
//   all        from=ADDRESS   default: the address that was asked
//              delay=MS       after the probe
//              copies=N       default 1
//              skip=N         probes that go unanswered first
//   of IP      ttl=N          default 64; 255 for neighbour advertisements
//              corrupt=N      added to the checksum of TCP, UDP or ICMP
//              extensions=NAMES  IPv6 extension headers of the answer, in this order, with `+`
//                             between: hop, routing, options, fragment (the first), later (another)
//
// Answers IPv4 by IPv4 and IPv6 by IPv6. Prints "ready" when it sees packets. Ends with its parent.
// Ethernet only.

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/icmp6.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t kLongestFrame = 2048;
constexpr std::size_t kArpPayload = 28;                // Of Ethernet and IPv4 (RFC 826).
constexpr std::uint8_t kNeighbourHopLimit = 255;       // RFC 4861 §7.1.2.
constexpr std::string_view kFlagLetters = "FSRPAUEC";  // From the lowest bit of the flag byte up.

[[noreturn]] void fail(const std::string& problem) {
  std::fprintf(stderr, "responder: %s\n", problem.c_str());
  std::exit(1);
}

// An IPv4 address has 4 bytes, an IPv6 address 16.
using Address = Bytes;
using Mac = std::array<std::uint8_t, ETH_ALEN>;

enum class Kind : std::uint8_t { kTcp, kIcmp, kQuery, kUdp, kIp, kArp, kNa };

// One forged answer to the probes for one port or one address.
struct Rule {
  std::string whom;
  Kind kind = Kind::kTcp;
  std::uint8_t flags = TH_SYN | TH_ACK;
  std::uint32_t ack = 1;
  std::uint32_t seq = 0;
  std::optional<std::uint32_t> next;
  std::uint16_t id = 0;
  std::uint16_t port = 0;
  std::uint16_t op = ARPOP_REPLY;
  std::optional<std::uint8_t> type;
  std::uint8_t code = 0;
  std::optional<std::uint8_t> protocol;
  std::size_t quote = 8;
  std::optional<std::size_t> length;
  std::uint16_t corrupt = 0;
  Mac mac{0x02, 0x66, 0, 0, 0, 1};
  std::optional<Address> from;
  std::optional<Address> to;
  std::optional<Address> asked;
  std::vector<std::string_view> extensions;
  std::vector<std::string_view> quotedExtensions;
  Milliseconds delay{0};
  int copies = 1;
  int skip = 0;
  std::optional<std::uint8_t> ttl;

  [[nodiscard]] bool isForNeighbours() const { return kind == Kind::kArp || kind == Kind::kNa; }
};

// A probe as it came: the frame, and where its parts begin.
struct Probe {
  Bytes frame;
  std::uint16_t etherType = 0;
  std::uint8_t protocol = 0;  // Of IP.
  std::size_t payload = 0;    // Where the header of TCP, UDP or ICMP begins, or ARP.

  [[nodiscard]] const ethhdr& ethernet() const {
    return *reinterpret_cast<const ethhdr*>(frame.data());
  }
  [[nodiscard]] bool isArp() const { return etherType == ETH_P_ARP; }
  [[nodiscard]] bool isV6() const { return etherType == ETH_P_IPV6; }
  [[nodiscard]] bool isSolicitation() const {
    return isV6() && protocol == IPPROTO_ICMPV6 &&
           frame.size() >= payload + sizeof(nd_neighbor_solicit) &&
           frame[payload] == ND_NEIGHBOR_SOLICIT;
  }
  [[nodiscard]] bool isForNeighbours() const { return isArp() || isSolicitation(); }
  // What kernels say of forged answers: to answer that as well would have no end.
  [[nodiscard]] bool isAnswer() const {
    if (protocol == IPPROTO_TCP) return hasTcp() && tcp().rst;
    return (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6) && !isQuery() &&
           !isSolicitation();
  }
  [[nodiscard]] bool isQuery() const {
    if (frame.size() < payload + sizeof(icmphdr)) return false;
    const std::uint8_t type = frame[payload];
    if (protocol == IPPROTO_ICMPV6) return type == ICMP6_ECHO_REQUEST;
    return protocol == IPPROTO_ICMP &&
           (type == ICMP_ECHO || type == ICMP_TIMESTAMP || type == ICMP_ADDRESS);
  }
  [[nodiscard]] bool hasTcp() const {
    return protocol == IPPROTO_TCP && frame.size() >= payload + sizeof(tcphdr);
  }
  [[nodiscard]] bool isSyn() const { return hasTcp() && tcp().syn && !tcp().ack; }
  [[nodiscard]] const tcphdr& tcp() const {
    return *reinterpret_cast<const tcphdr*>(frame.data() + payload);
  }
  [[nodiscard]] const udphdr& udp() const {
    return *reinterpret_cast<const udphdr*>(frame.data() + payload);
  }

  // Who asks, and who is asked.
  [[nodiscard]] Address source() const {
    if (isArp()) return addressAt(payload + 14, sizeof(in_addr));
    return isV6() ? addressAt(sizeof(ethhdr) + 8, sizeof(in6_addr))
                  : addressAt(sizeof(ethhdr) + 12, sizeof(in_addr));
  }
  [[nodiscard]] Address target() const {
    if (isArp()) return addressAt(payload + 24, sizeof(in_addr));
    if (isSolicitation()) return addressAt(payload + 8, sizeof(in6_addr));
    return isV6() ? addressAt(sizeof(ethhdr) + 24, sizeof(in6_addr))
                  : addressAt(sizeof(ethhdr) + 16, sizeof(in_addr));
  }

 private:
  [[nodiscard]] Address addressAt(std::size_t offset, std::size_t length) const {
    const auto begin = frame.begin() + static_cast<std::ptrdiff_t>(offset);
    return {begin, begin + static_cast<std::ptrdiff_t>(length)};
  }
};

// --- Rules ---------------------------------------------------------------------------------------

std::uint8_t parseFlags(std::string_view letters) {
  std::uint8_t flags = 0;
  for (const char letter : letters) {
    const std::size_t bit = kFlagLetters.find(letter);
    if (bit == std::string_view::npos) fail("no such flag: " + std::string(1, letter));
    flags |= static_cast<std::uint8_t>(1U << bit);
  }
  return flags;
}

std::int64_t parseNumber(std::string_view text, int base = 10) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) {
    fail("not a number: " + std::string(text));
  }
  return value;
}

Address parseAddress(std::string_view text) {
  const bool isV6 = text.find(':') != std::string_view::npos;
  Address address(isV6 ? sizeof(in6_addr) : sizeof(in_addr));
  if (inet_pton(isV6 ? AF_INET6 : AF_INET, std::string(text).c_str(), address.data()) != 1) {
    fail("not an address: " + std::string(text));
  }
  return address;
}

std::string formatAddress(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(address.size() == sizeof(in_addr) ? AF_INET : AF_INET6, address.data(), text.data(),
            text.size());
  return text.data();
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Mac parseMac(std::string_view text) {
  const std::vector<std::string_view> bytes = split(text, ':');
  Mac mac{};
  if (bytes.size() != mac.size()) fail("not a link-layer address: " + std::string(text));
  for (std::size_t index = 0; index < mac.size(); ++index) {
    mac[index] = static_cast<std::uint8_t>(parseNumber(bytes[index], 16));
  }
  return mac;
}

using Setter = void (*)(Rule&, std::string_view);

template <typename Number>
void store(Number& to, std::int64_t number) {
  to = static_cast<Number>(number);
}

template <typename Number>
void store(std::optional<Number>& to, std::int64_t number) {
  to = static_cast<Number>(number);
}

void store(Milliseconds& to, std::int64_t number) { to = Milliseconds(number); }

template <auto kMember>
void setNumber(Rule& rule, std::string_view value) {
  store(rule.*kMember, parseNumber(value));
}

template <auto kMember, auto kParse>
void setParsed(Rule& rule, std::string_view value) {
  rule.*kMember = kParse(value);
}

void setExtensions(Rule& rule, std::string_view value) { rule.extensions = split(value, '+'); }
void setQuoted(Rule& rule, std::string_view value) { rule.quotedExtensions = split(value, '+'); }

const std::map<std::string_view, Setter>& setters() {
  static const std::map<std::string_view, Setter> kSetters = {
      {"flags", setParsed<&Rule::flags, parseFlags>},
      {"ack", setNumber<&Rule::ack>},
      {"seq", setNumber<&Rule::seq>},
      {"next", setNumber<&Rule::next>},
      {"id", setNumber<&Rule::id>},
      {"port", setNumber<&Rule::port>},
      {"op", setNumber<&Rule::op>},
      {"type", setNumber<&Rule::type>},
      {"code", setNumber<&Rule::code>},
      {"protocol", setNumber<&Rule::protocol>},
      {"quote", setNumber<&Rule::quote>},
      {"length", setNumber<&Rule::length>},
      {"corrupt", setNumber<&Rule::corrupt>},
      {"mac", setParsed<&Rule::mac, parseMac>},
      {"from", setParsed<&Rule::from, parseAddress>},
      {"to", setParsed<&Rule::to, parseAddress>},
      {"asked", setParsed<&Rule::asked, parseAddress>},
      {"extensions", setExtensions},
      {"quoted", setQuoted},
      {"delay", setNumber<&Rule::delay>},
      {"copies", setNumber<&Rule::copies>},
      {"skip", setNumber<&Rule::skip>},
      {"ttl", setNumber<&Rule::ttl>},
  };
  return kSetters;
}

const std::map<std::string_view, Kind>& kinds() {
  static const std::map<std::string_view, Kind> kKinds = {
      {"tcp", Kind::kTcp}, {"icmp", Kind::kIcmp}, {"query", Kind::kQuery}, {"udp", Kind::kUdp},
      {"ip", Kind::kIp},   {"arp", Kind::kArp},   {"na", Kind::kNa},
  };
  return kKinds;
}

// Ports and addresses as they are compared, in one spelling.
std::string parseWhom(std::string_view text) {
  const bool isPort = text.find_first_not_of("0123456789") == std::string_view::npos;
  return isPort ? std::to_string(parseNumber(text)) : formatAddress(parseAddress(text));
}

Rule parseRule(std::string_view text) {
  const std::vector<std::string_view> words = split(text, ',');
  const std::size_t colon = words[0].rfind(':');
  if (colon == std::string_view::npos) fail("not a rule: " + std::string(text));
  Rule rule;
  rule.whom = parseWhom(words[0].substr(0, colon));
  const auto kind = kinds().find(words[0].substr(colon + 1));
  if (kind == kinds().end()) fail("no such kind: " + std::string(words[0].substr(colon + 1)));
  rule.kind = kind->second;
  for (std::size_t index = 1; index < words.size(); ++index) {
    const std::size_t equals = words[index].find('=');
    if (equals == std::string_view::npos) fail("not KEY=VALUE: " + std::string(words[index]));
    const auto setter = setters().find(words[index].substr(0, equals));
    if (setter == setters().end()) fail("no such key: " + std::string(words[index]));
    setter->second(rule, words[index].substr(equals + 1));
  }
  return rule;
}

// --- Packets -------------------------------------------------------------------------------------

// The Internet checksum (RFC 1071) of an even or odd number of bytes, on top of `sum`.
std::uint16_t checksum(std::span<const std::uint8_t> bytes, std::uint32_t sum = 0) {
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    sum += index % 2 == 0 ? std::uint32_t{bytes[index]} << 8 : bytes[index];
  }
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return htons(static_cast<std::uint16_t>(~sum));
}

// Of TCP and UDP over IPv4 and IPv6 (RFC 9293 §3.1, RFC 8200 §8.1), and of ICMPv6.
std::uint32_t pseudoHeaderSum(const Address& from, const Address& to, unsigned protocol,
                              std::size_t length) {
  std::uint32_t sum = protocol + static_cast<std::uint32_t>(length);
  for (const Address& address : {from, to}) {
    for (std::size_t index = 0; index < address.size(); index += 2) {
      sum += std::uint32_t{address[index]} << 8 | address[index + 1];
    }
  }
  return sum;
}

// What an IP packet carries: `checksumOffset` is where its checksum belongs, when it has one.
struct Payload {
  std::uint8_t protocol;
  Bytes bytes;
  std::optional<std::size_t> checksumOffset;
};

std::uint16_t readShort(const Bytes& bytes, std::size_t offset) {
  return static_cast<std::uint16_t>(bytes[offset] << 8 | bytes[offset + 1]);
}

void writeShort(Bytes& bytes, std::size_t offset, std::uint16_t value) {
  bytes[offset] = static_cast<std::uint8_t>(value >> 8);
  bytes[offset + 1] = static_cast<std::uint8_t>(value);
}

void addShort(Bytes& bytes, std::size_t offset, std::uint16_t value) {
  writeShort(bytes, offset, static_cast<std::uint16_t>(readShort(bytes, offset) + value));
}

Payload tcpSegment(const Rule& rule, const Probe& probe) {
  Bytes segment(sizeof(tcphdr));
  auto& tcp = *reinterpret_cast<tcphdr*>(segment.data());
  tcp.source = probe.tcp().dest;
  tcp.dest = probe.tcp().source;
  tcp.seq = htonl(rule.next ? ntohl(probe.tcp().ack_seq) + *rule.next : rule.seq);
  if ((rule.flags & TH_ACK) != 0) tcp.ack_seq = htonl(ntohl(probe.tcp().seq) + rule.ack);
  tcp.doff = sizeof(tcphdr) / 4;
  segment[13] = rule.flags;
  tcp.window = htons(1024);
  return {IPPROTO_TCP, segment, offsetof(tcphdr, check)};
}

Payload udpDatagram(const Rule& rule, const Probe& probe) {
  Bytes datagram(sizeof(udphdr) + 4);
  auto& udp = *reinterpret_cast<udphdr*>(datagram.data());
  udp.source = htons(static_cast<std::uint16_t>(ntohs(probe.udp().dest) + rule.port));
  udp.dest = probe.udp().source;
  udp.len = htons(static_cast<std::uint16_t>(datagram.size()));
  return {IPPROTO_UDP, datagram, offsetof(udphdr, check)};
}

Payload emptyPacket(const Rule& rule, const Probe& probe) {
  return {rule.protocol.value_or(probe.protocol), Bytes(8), std::nullopt};
}

// Of an ICMP query (RFC 792, RFC 950) or an ICMPv6 echo request (RFC 4443 §4.1).
std::uint8_t answerTypeOf(const Probe& probe) {
  const std::uint8_t asked = probe.frame[probe.payload];
  return asked == ICMP_ECHO ? ICMP_ECHOREPLY : static_cast<std::uint8_t>(asked + 1);
}

// The query itself, turned around.
Payload queryAnswer(const Rule& rule, const Probe& probe) {
  Bytes message(probe.frame.begin() + static_cast<std::ptrdiff_t>(probe.payload),
                probe.frame.end());
  message[0] = rule.type.value_or(answerTypeOf(probe));
  message[1] = rule.code;
  writeShort(message, 2, 0);
  addShort(message, 4, rule.id);
  addShort(message, 6, static_cast<std::uint16_t>(rule.seq));
  message.resize(rule.length.value_or(message.size()));
  return {probe.isV6() ? std::uint8_t{IPPROTO_ICMPV6} : std::uint8_t{IPPROTO_ICMP}, message, 2};
}

Payload neighbourAdvertisement(const Rule& rule, const Probe& probe) {
  Bytes message(sizeof(nd_neighbor_advert));
  message[0] = ND_NEIGHBOR_ADVERT;
  message[4] = 0x60;  // Solicited, override.
  const Address told = rule.asked.value_or(probe.target());
  std::copy(told.begin(), told.end(), message.begin() + 8);
  message.insert(message.end(), {ND_OPT_TARGET_LINKADDR, 1});
  message.insert(message.end(), rule.mac.begin(), rule.mac.end());
  return {IPPROTO_ICMPV6, message, 2};
}

// --- IPv6 extension headers (RFC 8200 §4) --------------------------------------------------------

struct Extension {
  std::string_view name;
  std::uint8_t protocol;
  Bytes body;  // Without the number of the next header.
};

const Extension& extensionNamed(std::string_view name) {
  static const std::vector<Extension> kExtensions = {
      {"hop", IPPROTO_HOPOPTS, {0, 1, 4, 0, 0, 0, 0}},  // One option: padding.
      {"routing", IPPROTO_ROUTING, {0, 253, 0, 0, 0, 0, 0}},
      {"options", IPPROTO_DSTOPTS, {0, 1, 4, 0, 0, 0, 0}},
      {"fragment", IPPROTO_FRAGMENT, {0, 0, 1, 0, 0, 0, 7}},  // More fragments follow.
      {"later", IPPROTO_FRAGMENT, {0, 0, 0x40, 0, 0, 0, 7}},  // 64 bytes in.
  };
  for (const Extension& extension : kExtensions) {
    if (extension.name == name) return extension;
  }
  fail("no such extension header: " + std::string(name));
}

struct Chain {
  std::uint8_t first;  // The protocol number of what it begins with.
  Bytes bytes;
};

// A payload behind extension headers.
Chain behindExtensions(const std::vector<std::string_view>& names, std::uint8_t protocol,
                       const Bytes& payload) {
  Chain chain{protocol, payload};
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    const Extension& extension = extensionNamed(*name);
    Bytes header{chain.first};
    header.insert(header.end(), extension.body.begin(), extension.body.end());
    chain.bytes.insert(chain.bytes.begin(), header.begin(), header.end());
    chain.first = extension.protocol;
  }
  return chain;
}

// --- Packets, continued --------------------------------------------------------------------------

// The beginning of the probe as the rule has it quoted.
Bytes quoteOf(const Rule& rule, const Probe& probe) {
  const std::size_t available = probe.frame.size() - probe.payload;
  const auto ip = probe.frame.begin() + sizeof(ethhdr);
  const auto payload = probe.frame.begin() + static_cast<std::ptrdiff_t>(probe.payload);
  Bytes header(ip, payload);
  Bytes quoted(payload, payload + static_cast<std::ptrdiff_t>(std::min(rule.quote, available)));
  if (rule.seq != 0 && quoted.size() >= 8) {
    std::uint32_t number = 0;
    std::memcpy(&number, quoted.data() + 4, sizeof number);
    number = htonl(ntohl(number) + rule.seq);
    std::memcpy(quoted.data() + 4, &number, sizeof number);
  }
  if (rule.id != 0 && !probe.isV6()) addShort(header, 4, rule.id);
  if (rule.asked) {
    std::copy(rule.asked->begin(), rule.asked->end(), header.begin() + (probe.isV6() ? 24 : 16));
  }
  if (probe.isV6()) {
    Chain chain = behindExtensions(rule.quotedExtensions, probe.protocol, quoted);
    header[6] = chain.first;
    quoted = std::move(chain.bytes);
  }
  header.insert(header.end(), quoted.begin(), quoted.end());
  return header;
}

Payload icmpError(const Rule& rule, const Probe& probe) {
  Bytes message(sizeof(icmphdr));
  message[0] = rule.type.value_or(0);
  message[1] = rule.code;
  const Bytes quote = quoteOf(rule, probe);
  message.insert(message.end(), quote.begin(), quote.end());
  return {probe.isV6() ? std::uint8_t{IPPROTO_ICMPV6} : std::uint8_t{IPPROTO_ICMP}, message, 2};
}

Payload payloadOf(const Rule& rule, const Probe& probe) {
  switch (rule.kind) {
    case Kind::kTcp:
      return tcpSegment(rule, probe);
    case Kind::kIcmp:
      return icmpError(rule, probe);
    case Kind::kQuery:
      return queryAnswer(rule, probe);
    case Kind::kUdp:
      return udpDatagram(rule, probe);
    case Kind::kNa:
      return neighbourAdvertisement(rule, probe);
    default:
      return emptyPacket(rule, probe);
  }
}

void sign(const Rule& rule, const Address& from, const Address& to, Payload& payload) {
  if (!payload.checksumOffset) return;
  const std::uint32_t pseudo =
      payload.protocol == IPPROTO_ICMP
          ? 0
          : pseudoHeaderSum(from, to, payload.protocol, payload.bytes.size());
  const std::uint16_t sum = checksum(payload.bytes, pseudo);
  std::memcpy(payload.bytes.data() + *payload.checksumOffset, &sum, sizeof sum);
  addShort(payload.bytes, *payload.checksumOffset, rule.corrupt);
}

Bytes ipv4Header(const Rule& rule, const Probe& probe, const Address& from,
                 const Payload& payload) {
  iphdr ip{};
  ip.version = 4;
  ip.ihl = sizeof(iphdr) / 4;
  ip.ttl = rule.ttl.value_or(IPDEFTTL);
  ip.protocol = payload.protocol;
  std::memcpy(&ip.saddr, from.data(), sizeof ip.saddr);
  std::memcpy(&ip.daddr, probe.source().data(), sizeof ip.daddr);
  ip.tot_len = htons(static_cast<std::uint16_t>(sizeof(iphdr) + payload.bytes.size()));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&ip);
  ip.check = checksum({bytes, sizeof ip});
  return {bytes, bytes + sizeof ip};
}

Bytes ipv6Header(const Rule& rule, const Probe& probe, const Address& from, const Chain& chain) {
  ip6_hdr ip{};
  ip.ip6_vfc = 6 << 4;
  ip.ip6_plen = htons(static_cast<std::uint16_t>(chain.bytes.size()));
  ip.ip6_nxt = chain.first;
  ip.ip6_hlim = rule.ttl.value_or(rule.kind == Kind::kNa ? kNeighbourHopLimit : IPDEFTTL);
  std::memcpy(&ip.ip6_src, from.data(), sizeof ip.ip6_src);
  std::memcpy(&ip.ip6_dst, probe.source().data(), sizeof ip.ip6_dst);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&ip);
  return {bytes, bytes + sizeof ip};
}

Bytes ipPacket(const Rule& rule, const Probe& probe) {
  const Address from =
      rule.from && rule.from->size() == probe.target().size() ? *rule.from : probe.target();
  Payload payload = payloadOf(rule, probe);
  sign(rule, from, probe.source(), payload);
  Bytes packet;
  if (probe.isV6()) {
    const Chain chain = behindExtensions(rule.extensions, payload.protocol, payload.bytes);
    packet = ipv6Header(rule, probe, from, chain);
    payload.bytes = chain.bytes;
  } else {
    packet = ipv4Header(rule, probe, from, payload);
  }
  packet.insert(packet.end(), payload.bytes.begin(), payload.bytes.end());
  return packet;
}

Bytes arpPacket(const Rule& rule, const Probe& probe) {
  Bytes packet(probe.frame.begin() + static_cast<std::ptrdiff_t>(probe.payload),
               probe.frame.begin() + static_cast<std::ptrdiff_t>(probe.payload + 8));
  writeShort(packet, 6, rule.op);
  const auto append = [&packet](const auto& bytes) {
    packet.insert(packet.end(), bytes.begin(), bytes.end());
  };
  append(rule.mac);
  append(rule.from.value_or(probe.target()));
  append(std::span(probe.ethernet().h_source));
  append(rule.to.value_or(probe.source()));
  return packet;
}

Bytes buildFrame(const Rule& rule, const Probe& probe) {
  ethhdr ethernet{};
  std::copy_n(probe.ethernet().h_source, ETH_ALEN, ethernet.h_dest);
  if (rule.isForNeighbours()) {
    std::copy(rule.mac.begin(), rule.mac.end(), ethernet.h_source);
  } else {
    std::copy_n(probe.ethernet().h_dest, ETH_ALEN, ethernet.h_source);
  }
  ethernet.h_proto = probe.ethernet().h_proto;

  const Bytes packet = rule.kind == Kind::kArp ? arpPacket(rule, probe) : ipPacket(rule, probe);
  Bytes frame(sizeof ethernet);
  std::memcpy(frame.data(), &ethernet, sizeof ethernet);
  frame.insert(frame.end(), packet.begin(), packet.end());
  return frame;
}

// Whether there is enough of the probe for this answer, and it is of the right kind.
bool answers(const Rule& rule, const Probe& probe) {
  switch (rule.kind) {
    case Kind::kArp:
      return probe.isArp();
    case Kind::kNa:
      return probe.isSolicitation();
    case Kind::kTcp:
      return probe.hasTcp();
    case Kind::kUdp:
      return probe.protocol == IPPROTO_UDP && probe.frame.size() >= probe.payload + sizeof(udphdr);
    case Kind::kQuery:
      return probe.isQuery();
    default:
      return !probe.isForNeighbours();
  }
}

// ARP requests and IP packets; nothing for other frames and those that are too short.
std::optional<Probe> parseProbe(std::span<const std::uint8_t> frame) {
  if (frame.size() < sizeof(ethhdr)) return std::nullopt;
  Probe probe{.frame = Bytes(frame.begin(), frame.end())};
  probe.etherType = ntohs(probe.ethernet().h_proto);
  const std::span<const std::uint8_t> network = frame.subspan(sizeof(ethhdr));
  if (probe.isArp()) {
    if (network.size() < kArpPayload || network[7] != ARPOP_REQUEST) return std::nullopt;
    probe.payload = sizeof(ethhdr);
    return probe;
  }
  if (!probe.isV6() && probe.etherType != ETH_P_IP) return std::nullopt;
  const std::size_t header = probe.isV6() ? sizeof(ip6_hdr) : sizeof(iphdr);
  if (network.size() < header) return std::nullopt;
  probe.protocol = network[probe.isV6() ? 6 : 9];
  probe.payload = sizeof(ethhdr) + (probe.isV6() ? header : std::size_t{network[0]} % 16 * 4);
  // Ethernet pads what is short.
  const std::size_t end = sizeof(ethhdr) + (probe.isV6() ? header : 0) +
                          readShort(Bytes(network.begin(), network.end()), probe.isV6() ? 4 : 2);
  if (end < probe.payload || end > frame.size()) return std::nullopt;
  probe.frame.resize(end);
  return probe;
}

// --- The wire ------------------------------------------------------------------------------------

int openDevice(const char* device) {
  const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
  if (socket < 0) fail(std::string("socket: ") + std::strerror(errno));
  const int ignoreOutgoing = 1;
  setsockopt(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, &ignoreOutgoing, sizeof ignoreOutgoing);
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(if_nametoindex(device));
  if (address.sll_ifindex == 0) fail(std::string("no such device: ") + device);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail(std::string("bind: ") + std::strerror(errno));
  }
  return socket;
}

class Responder {
 public:
  Responder(int socket, std::vector<Rule> rules) : socket_(socket), rules_(std::move(rules)) {}

  [[noreturn]] void run() {
    for (;;) {
      pollfd input{.fd = socket_, .events = POLLIN, .revents = 0};
      poll(&input, 1, millisecondsToNext());
      if (input.revents != 0) receive();
      sendDue();
    }
  }

 private:
  void receive() {
    std::array<std::uint8_t, kLongestFrame> buffer{};
    const ssize_t length = recv(socket_, buffer.data(), buffer.size(), 0);
    if (length <= 0) return;
    const std::optional<Probe> probe =
        parseProbe({buffer.data(), static_cast<std::size_t>(length)});
    if (!probe || probe->isAnswer()) return;
    answer(*probe, formatAddress(probe->target()));
    if (probe->isSyn()) answer(*probe, std::to_string(ntohs(probe->tcp().dest)));
  }

  void answer(const Probe& probe, const std::string& whom) {
    const int seenBefore = probesSeen_[{whom, probe.isForNeighbours()}]++;
    for (const Rule& rule : rules_) {
      if (rule.whom != whom || !answers(rule, probe) || seenBefore < rule.skip) continue;
      for (int copy = 0; copy < rule.copies; ++copy) {
        waiting_.emplace(Clock::now() + rule.delay, buildFrame(rule, probe));
      }
    }
  }

  void sendDue() {
    while (!waiting_.empty() && waiting_.begin()->first <= Clock::now()) {
      const Bytes& frame = waiting_.begin()->second;
      if (send(socket_, frame.data(), frame.size(), 0) < 0) std::perror("responder: send");
      waiting_.erase(waiting_.begin());
    }
  }

  [[nodiscard]] int millisecondsToNext() const {
    if (waiting_.empty()) return -1;
    const auto left = std::chrono::ceil<Milliseconds>(waiting_.begin()->first - Clock::now());
    return static_cast<int>(std::max<Milliseconds::rep>(left.count(), 0));
  }

  int socket_;
  std::vector<Rule> rules_;
  std::map<std::pair<std::string, bool>, int> probesSeen_;
  std::multimap<Clock::time_point, Bytes> waiting_;  // Equal times keep their order.
};

}  // namespace

int main(int count, char** arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (count < 3) fail("usage: responder DEVICE RULE...");

  std::vector<Rule> rules;
  for (int index = 2; index < count; ++index) rules.push_back(parseRule(arguments[index]));
  Responder responder(openDevice(arguments[1]), std::move(rules));

  std::puts("ready");
  std::fflush(stdout);
  responder.run();
}
