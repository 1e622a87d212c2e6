// Answers SYNs to chosen ports with forged packets, to show what a scanner makes of them.
//
// Usage: responder DEVICE RULE...
//
// RULE is PORT:KIND[,KEY=VALUE...]. The rules of one port are its answers, sent for every SYN.
//
//   KIND tcp   flags=LETTERS  of FSRPAUEC, default SA
//              ack=N          acknowledges the asked sequence number plus N, default 1
//              seq=N          its own sequence number
//   KIND icmp  type=N code=N
//              quote=N        bytes of the TCP header that it quotes, default 8
//              seq=N          added to the sequence number that it quotes
//              asked=ADDRESS  the destination that it quotes, default: the real one
//              quoted=NAMES   IPv6 extension headers in the quote
//   both       from=ADDRESS   default: the address that was asked
//              delay=MS       after the SYN
//              copies=N       default 1
//              skip=N         SYNs to this port that go unanswered first
//              ttl=N          default 64
//              extensions=NAMES  IPv6 extension headers of the answer, in this order, with `+`
//                             between: hop, routing, options, fragment (the first), later (another)
//
// Answers IPv4 by IPv4 and IPv6 by IPv6. Prints "ready" when it sees packets. Ends with its parent.
// Ethernet only.

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t kLongestFrame = 2048;
constexpr std::string_view kFlagLetters = "FSRPAUEC";  // From the lowest bit of the flag byte up.

[[noreturn]] void fail(const std::string& problem) {
  std::fprintf(stderr, "responder: %s\n", problem.c_str());
  std::exit(1);
}

// An IPv4 address has 4 bytes, an IPv6 address 16.
using Address = Bytes;

// One forged answer to the SYNs of one port.
struct Rule {
  std::uint16_t port = 0;
  bool isIcmp = false;
  std::uint8_t flags = TH_SYN | TH_ACK;
  std::uint32_t ack = 1;
  std::uint32_t seq = 0;
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::size_t quote = 8;
  std::optional<Address> from;
  std::optional<Address> asked;
  std::vector<std::string_view> extensions;
  std::vector<std::string_view> quotedExtensions;
  Milliseconds delay{0};
  int copies = 1;
  int skip = 0;
  std::uint8_t ttl = 64;
};

// A SYN as it came: the frame, and where its parts begin.
struct Syn {
  Bytes frame;
  bool isV6;
  std::size_t tcpOffset;

  [[nodiscard]] const ethhdr& ethernet() const {
    return *reinterpret_cast<const ethhdr*>(frame.data());
  }
  [[nodiscard]] const iphdr& ip() const {
    return *reinterpret_cast<const iphdr*>(frame.data() + sizeof(ethhdr));
  }
  [[nodiscard]] const tcphdr& tcp() const {
    return *reinterpret_cast<const tcphdr*>(frame.data() + tcpOffset);
  }
  [[nodiscard]] Address source() const { return isV6 ? addressAt(8, 16) : addressAt(12, 4); }
  [[nodiscard]] Address target() const { return isV6 ? addressAt(24, 16) : addressAt(16, 4); }

 private:
  // `offset` is that in the IP header.
  [[nodiscard]] Address addressAt(std::size_t offset, std::size_t length) const {
    const auto begin = frame.begin() + static_cast<std::ptrdiff_t>(sizeof(ethhdr) + offset);
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

std::int64_t parseNumber(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
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

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

void setValue(Rule& rule, std::string_view key, std::string_view value) {
  if (key == "flags") {
    rule.flags = parseFlags(value);
    return;
  }
  if (key == "from") {
    rule.from = parseAddress(value);
    return;
  }
  if (key == "asked") {
    rule.asked = parseAddress(value);
    return;
  }
  if (key == "extensions" || key == "quoted") {
    (key == "quoted" ? rule.quotedExtensions : rule.extensions) = split(value, '+');
    return;
  }

  const std::int64_t number = parseNumber(value);
  if (key == "ack") {
    rule.ack = static_cast<std::uint32_t>(number);
  } else if (key == "seq") {
    rule.seq = static_cast<std::uint32_t>(number);
  } else if (key == "type") {
    rule.type = static_cast<std::uint8_t>(number);
  } else if (key == "code") {
    rule.code = static_cast<std::uint8_t>(number);
  } else if (key == "quote") {
    rule.quote = static_cast<std::size_t>(number);
  } else if (key == "delay") {
    rule.delay = Milliseconds(number);
  } else if (key == "copies") {
    rule.copies = static_cast<int>(number);
  } else if (key == "skip") {
    rule.skip = static_cast<int>(number);
  } else if (key == "ttl") {
    rule.ttl = static_cast<std::uint8_t>(number);
  } else {
    fail("no such key: " + std::string(key));
  }
}

Rule parseRule(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) fail("not a rule: " + std::string(text));
  Rule rule;
  rule.port = static_cast<std::uint16_t>(parseNumber(text.substr(0, colon)));
  const std::vector<std::string_view> words = split(text.substr(colon + 1), ',');
  if (words[0] != "tcp" && words[0] != "icmp") fail("no such kind: " + std::string(words[0]));
  rule.isIcmp = words[0] == "icmp";
  for (std::size_t index = 1; index < words.size(); ++index) {
    const std::size_t equals = words[index].find('=');
    if (equals == std::string_view::npos) fail("not KEY=VALUE: " + std::string(words[index]));
    setValue(rule, words[index].substr(0, equals), words[index].substr(equals + 1));
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

// Of TCP over IPv4 and IPv6 (RFC 9293 §3.1, RFC 8200 §8.1), and of ICMPv6.
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

Bytes tcpSegment(const Rule& rule, const Syn& syn, const Address& from) {
  Bytes segment(sizeof(tcphdr));
  auto& tcp = *reinterpret_cast<tcphdr*>(segment.data());
  tcp.source = syn.tcp().dest;
  tcp.dest = syn.tcp().source;
  tcp.seq = htonl(rule.seq);
  if ((rule.flags & TH_ACK) != 0) tcp.ack_seq = htonl(ntohl(syn.tcp().seq) + rule.ack);
  tcp.doff = sizeof(tcphdr) / 4;
  segment[13] = rule.flags;
  tcp.window = htons(1024);
  tcp.check = checksum(segment, pseudoHeaderSum(from, syn.source(), IPPROTO_TCP, segment.size()));
  return segment;
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
Bytes quoteOf(const Rule& rule, const Syn& syn) {
  const std::size_t available = syn.frame.size() - syn.tcpOffset;
  const auto ip = syn.frame.begin() + sizeof(ethhdr);
  const auto tcp = syn.frame.begin() + static_cast<std::ptrdiff_t>(syn.tcpOffset);
  Bytes header(ip, tcp);
  Bytes segment(tcp, tcp + static_cast<std::ptrdiff_t>(std::min(rule.quote, available)));
  if (rule.quote >= 8) {
    auto& quoted = *reinterpret_cast<tcphdr*>(segment.data());
    quoted.seq = htonl(ntohl(quoted.seq) + rule.seq);
  }
  if (rule.asked) {
    std::copy(rule.asked->begin(), rule.asked->end(), header.begin() + (syn.isV6 ? 24 : 16));
  }
  if (syn.isV6) {
    Chain chain = behindExtensions(rule.quotedExtensions, IPPROTO_TCP, segment);
    header[6] = chain.first;
    segment = std::move(chain.bytes);
  }
  header.insert(header.end(), segment.begin(), segment.end());
  return header;
}

Bytes icmpMessage(const Rule& rule, const Syn& syn, const Address& from) {
  Bytes message(sizeof(icmphdr));
  message[0] = rule.type;
  message[1] = rule.code;
  const Bytes quote = quoteOf(rule, syn);
  message.insert(message.end(), quote.begin(), quote.end());
  const std::uint32_t pseudo =
      syn.isV6 ? pseudoHeaderSum(from, syn.source(), IPPROTO_ICMPV6, message.size()) : 0;
  const std::uint16_t sum = checksum(message, pseudo);
  std::memcpy(message.data() + 2, &sum, sizeof sum);
  return message;
}

Bytes ipv4Header(const Rule& rule, const Syn& syn, const Address& from, std::size_t payload) {
  iphdr ip{};
  ip.version = 4;
  ip.ihl = sizeof(iphdr) / 4;
  ip.ttl = rule.ttl;
  ip.protocol = rule.isIcmp ? IPPROTO_ICMP : IPPROTO_TCP;
  std::memcpy(&ip.saddr, from.data(), sizeof ip.saddr);
  ip.daddr = syn.ip().saddr;
  ip.tot_len = htons(static_cast<std::uint16_t>(sizeof(iphdr) + payload));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&ip);
  ip.check = checksum({bytes, sizeof ip});
  return {bytes, bytes + sizeof ip};
}

Bytes ipv6Header(const Rule& rule, const Syn& syn, const Address& from, const Chain& chain) {
  ip6_hdr ip{};
  ip.ip6_vfc = 6 << 4;
  ip.ip6_plen = htons(static_cast<std::uint16_t>(chain.bytes.size()));
  ip.ip6_nxt = chain.first;
  ip.ip6_hlim = rule.ttl;
  std::memcpy(&ip.ip6_src, from.data(), sizeof ip.ip6_src);
  std::memcpy(&ip.ip6_dst, syn.source().data(), sizeof ip.ip6_dst);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&ip);
  return {bytes, bytes + sizeof ip};
}

Bytes buildFrame(const Rule& rule, const Syn& syn) {
  const Address from =
      rule.from && rule.from->size() == syn.target().size() ? *rule.from : syn.target();
  Bytes payload = rule.isIcmp ? icmpMessage(rule, syn, from) : tcpSegment(rule, syn, from);
  Bytes header;
  if (syn.isV6) {
    const std::uint8_t protocol =
        rule.isIcmp ? std::uint8_t{IPPROTO_ICMPV6} : std::uint8_t{IPPROTO_TCP};
    const Chain chain = behindExtensions(rule.extensions, protocol, payload);
    header = ipv6Header(rule, syn, from, chain);
    payload = chain.bytes;
  } else {
    header = ipv4Header(rule, syn, from, payload.size());
  }

  ethhdr ethernet{};
  std::copy_n(syn.ethernet().h_source, ETH_ALEN, ethernet.h_dest);
  std::copy_n(syn.ethernet().h_dest, ETH_ALEN, ethernet.h_source);
  ethernet.h_proto = syn.ethernet().h_proto;

  Bytes frame(sizeof ethernet);
  std::memcpy(frame.data(), &ethernet, sizeof ethernet);
  frame.insert(frame.end(), header.begin(), header.end());
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

// Where TCP begins in a frame; nothing when it carries none, or behind an extension header.
std::optional<std::size_t> tcpOffsetIn(std::span<const std::uint8_t> frame, bool isV6) {
  const std::size_t header = isV6 ? sizeof(ip6_hdr) : sizeof(iphdr);
  if (frame.size() < sizeof(ethhdr) + header) return std::nullopt;
  const std::span<const std::uint8_t> ip = frame.subspan(sizeof(ethhdr));
  if (ip[isV6 ? 6 : 9] != IPPROTO_TCP) return std::nullopt;
  const std::size_t offset = sizeof(ethhdr) + (isV6 ? header : std::size_t{ip[0]} % 16 * 4);
  if (frame.size() < offset + sizeof(tcphdr)) return std::nullopt;
  return offset;
}

std::optional<Syn> parseSyn(std::span<const std::uint8_t> frame) {
  if (frame.size() < sizeof(ethhdr)) return std::nullopt;
  Syn syn{.frame = Bytes(frame.begin(), frame.end()), .isV6 = false, .tcpOffset = 0};
  syn.isV6 = syn.ethernet().h_proto == htons(ETH_P_IPV6);
  if (!syn.isV6 && syn.ethernet().h_proto != htons(ETH_P_IP)) return std::nullopt;
  const std::optional<std::size_t> offset = tcpOffsetIn(frame, syn.isV6);
  if (!offset) return std::nullopt;
  syn.tcpOffset = *offset;
  if (!syn.tcp().syn || syn.tcp().ack) return std::nullopt;
  return syn;
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
    const std::optional<Syn> syn = parseSyn({buffer.data(), static_cast<std::size_t>(length)});
    if (syn) answer(*syn);
  }

  void answer(const Syn& syn) {
    const std::uint16_t port = ntohs(syn.tcp().dest);
    const int seenBefore = synsSeen_[port]++;
    for (const Rule& rule : rules_) {
      if (rule.port != port || seenBefore < rule.skip) continue;
      for (int copy = 0; copy < rule.copies; ++copy) {
        waiting_.emplace(Clock::now() + rule.delay, buildFrame(rule, syn));
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
  std::map<std::uint16_t, int> synsSeen_;
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
