// The paths that probe records name by number.
//
// Threads: one thread sets and clears paths (JavaScript's); the sender thread reads them.
// Memory order: a slot is filled, then published (release); the sender looks whether it is
// published (acquire) before it reads it. Slots never move, so a reader is not disturbed when the
// table grows.
// Reuse: a path may be cleared or set again only when no probe record that names it is left in the
// probe ring. The owner of the ring sees to that (packages/native/src/path-slots.ts).
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "io/outgoing_path.h"

namespace halfopen {

class PathTable {
 public:
  static constexpr std::uint32_t kCapacity = 1 << 20;

  PathTable() = default;
  PathTable(const PathTable&) = delete;
  PathTable& operator=(const PathTable&) = delete;
  ~PathTable();

  // Makes `path` what `id` names. False when the number is beyond the table.
  [[nodiscard]] bool set(std::uint32_t id, const OutgoingPath& path);

  // Makes `id` name nothing.
  void clear(std::uint32_t id) noexcept;

  // The path of a probe record, or null when there is none (yet).
  [[nodiscard]] const OutgoingPath* find(std::uint32_t id) const noexcept;

 private:
  static constexpr std::uint32_t kBlockSlots = 256;

  struct Slot {
    std::atomic<bool> published{false};
    std::optional<OutgoingPath> path;
  };
  using Block = std::array<Slot, kBlockSlots>;

  [[nodiscard]] Block& blockFor(std::uint32_t id);
  [[nodiscard]] Slot* slotAt(std::uint32_t id) const noexcept;

  std::array<std::atomic<Block*>, kCapacity / kBlockSlots> blocks_{};
};

}  // namespace halfopen
