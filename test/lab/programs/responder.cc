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
//   both       from=ADDRESS   default: the address that was asked
//              delay=MS       after the SYN
//              copies=N       default 1
//              skip=N         SYNs to this port that go unanswered first
//              ttl=N          default 64
//
// Prints "ready" when it sees packets. Ends with its parent. IPv4 over Ethernet only.

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/ip.h>
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
  std::optional<in_addr_t> from;
  std::optional<in_addr_t> asked;
  Milliseconds delay{0};
  int copies = 1;
  int skip = 0;
  std::uint8_t ttl = 64;
};

// A SYN as it came: the frame, and where its parts begin.
struct Syn {
  Bytes frame;
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

in_addr_t parseAddress(std::string_view text) {
  in_addr address{};
  if (inet_pton(AF_INET, std::string(text).c_str(), &address) != 1) {
    fail("not an address: " + std::string(text));
  }
  return address.s_addr;
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

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
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

std::uint32_t pseudoHeaderSum(const iphdr& ip, std::size_t length) {
  const std::uint32_t source = ntohl(ip.saddr);
  const std::uint32_t destination = ntohl(ip.daddr);
  return (source >> 16) + (source & 0xffff) + (destination >> 16) + (destination & 0xffff) +
         IPPROTO_TCP + static_cast<std::uint32_t>(length);
}

Bytes tcpSegment(const Rule& rule, const Syn& syn, const iphdr& ip) {
  Bytes segment(sizeof(tcphdr));
  auto& tcp = *reinterpret_cast<tcphdr*>(segment.data());
  tcp.source = syn.tcp().dest;
  tcp.dest = syn.tcp().source;
  tcp.seq = htonl(rule.seq);
  if ((rule.flags & TH_ACK) != 0) tcp.ack_seq = htonl(ntohl(syn.tcp().seq) + rule.ack);
  tcp.doff = sizeof(tcphdr) / 4;
  segment[13] = rule.flags;
  tcp.window = htons(1024);
  tcp.check = checksum(segment, pseudoHeaderSum(ip, segment.size()));
  return segment;
}

Bytes icmpMessage(const Rule& rule, const Syn& syn) {
  const std::size_t ipHeader = std::size_t{syn.ip().ihl} * 4;
  const std::size_t available = syn.frame.size() - syn.tcpOffset;
  Bytes message(sizeof(icmphdr));
  message[0] = rule.type;
  message[1] = rule.code;
  const auto quoted = syn.frame.begin() + sizeof(ethhdr);
  message.insert(message.end(), quoted,
                 quoted + static_cast<std::ptrdiff_t>(ipHeader + std::min(rule.quote, available)));
  if (rule.asked) {
    reinterpret_cast<iphdr*>(message.data() + sizeof(icmphdr))->daddr = *rule.asked;
  }
  if (rule.quote >= 8) {
    auto& tcp = *reinterpret_cast<tcphdr*>(message.data() + sizeof(icmphdr) + ipHeader);
    tcp.seq = htonl(ntohl(tcp.seq) + rule.seq);
  }
  const std::uint16_t sum = checksum(message);
  std::memcpy(message.data() + 2, &sum, sizeof sum);
  return message;
}

Bytes buildFrame(const Rule& rule, const Syn& syn) {
  iphdr ip{};
  ip.version = 4;
  ip.ihl = sizeof(iphdr) / 4;
  ip.ttl = rule.ttl;
  ip.protocol = rule.isIcmp ? IPPROTO_ICMP : IPPROTO_TCP;
  ip.saddr = rule.from.value_or(syn.ip().daddr);
  ip.daddr = syn.ip().saddr;
  const Bytes payload = rule.isIcmp ? icmpMessage(rule, syn) : tcpSegment(rule, syn, ip);
  ip.tot_len = htons(static_cast<std::uint16_t>(sizeof(iphdr) + payload.size()));
  ip.check = checksum({reinterpret_cast<const std::uint8_t*>(&ip), sizeof ip});

  ethhdr ethernet{};
  std::copy_n(syn.ethernet().h_source, ETH_ALEN, ethernet.h_dest);
  std::copy_n(syn.ethernet().h_dest, ETH_ALEN, ethernet.h_source);
  ethernet.h_proto = htons(ETH_P_IP);

  Bytes frame(sizeof ethernet + sizeof ip);
  std::memcpy(frame.data(), &ethernet, sizeof ethernet);
  std::memcpy(frame.data() + sizeof ethernet, &ip, sizeof ip);
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

std::optional<Syn> parseSyn(std::span<const std::uint8_t> frame) {
  if (frame.size() < sizeof(ethhdr) + sizeof(iphdr)) return std::nullopt;
  Syn syn{.frame = Bytes(frame.begin(), frame.end()), .tcpOffset = 0};
  syn.tcpOffset = sizeof(ethhdr) + std::size_t{syn.ip().ihl} * 4;
  const bool isTcp = syn.ethernet().h_proto == htons(ETH_P_IP) && syn.ip().version == 4 &&
                     syn.ip().protocol == IPPROTO_TCP &&
                     frame.size() >= syn.tcpOffset + sizeof(tcphdr);
  if (!isTcp || !syn.tcp().syn || syn.tcp().ack) return std::nullopt;
  return syn;
}

// --- The wire ------------------------------------------------------------------------------------

int openDevice(const char* device) {
  const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_IP));
  if (socket < 0) fail(std::string("socket: ") + std::strerror(errno));
  const int ignoreOutgoing = 1;
  setsockopt(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, &ignoreOutgoing, sizeof ignoreOutgoing);
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_IP);
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
