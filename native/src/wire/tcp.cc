#include "wire/tcp.h"

namespace halfopen {

namespace {

constexpr std::size_t kOptionLength = 1;    // Offset of the length, which counts the kind
constexpr std::size_t kMinOptionBytes = 2;  // and itself.

}  // namespace

std::optional<TcpOption> TcpOptionReader::next() noexcept {
  while (!rest_.empty() && rest_[0] == tcp_option::kNoOperation) rest_ = rest_.subspan(1);
  if (rest_.size() < kMinOptionBytes || rest_[0] == tcp_option::kEnd) return std::nullopt;
  const std::size_t length = rest_[kOptionLength];
  if (length < kMinOptionBytes || length > rest_.size()) return std::nullopt;
  const TcpOption option{rest_[0], rest_.first(length).subspan(kMinOptionBytes)};
  rest_ = rest_.subspan(length);
  return option;
}

std::optional<TcpView> TcpView::parse(std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.size() < kMinTcpHeaderBytes) return std::nullopt;
  const std::size_t headerBytes = headerBytesOf(bytes);
  if (headerBytes < kMinTcpHeaderBytes || headerBytes > bytes.size()) return std::nullopt;
  return TcpView{bytes};
}

std::optional<QuotedTcpView> QuotedTcpView::parse(std::span<const std::uint8_t> bytes) noexcept {
  if (bytes.size() < kQuotedTcpBytes) return std::nullopt;
  return QuotedTcpView{bytes};
}

}  // namespace halfopen
