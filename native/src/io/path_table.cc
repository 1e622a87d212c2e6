#include "io/path_table.h"

namespace halfopen {

PathTable::~PathTable() {
  for (std::atomic<Block*>& block : blocks_) delete block.load(std::memory_order_relaxed);
}

bool PathTable::set(std::uint32_t id, const OutgoingPath& path) {
  if (id >= kCapacity) return false;
  clear(id);
  Slot& slot = blockFor(id)[id % kBlockSlots];
  slot.path = path;
  slot.published.store(true, std::memory_order_release);
  return true;
}

void PathTable::clear(std::uint32_t id) noexcept {
  Slot* slot = slotAt(id);
  if (slot != nullptr) slot->published.store(false, std::memory_order_relaxed);
}

const OutgoingPath* PathTable::find(std::uint32_t id) const noexcept {
  const Slot* slot = slotAt(id);
  if (slot == nullptr || !slot->published.load(std::memory_order_acquire)) return nullptr;
  return &*slot->path;
}

PathTable::Block& PathTable::blockFor(std::uint32_t id) {
  std::atomic<Block*>& block = blocks_[id / kBlockSlots];
  if (block.load(std::memory_order_relaxed) == nullptr) {
    block.store(new Block, std::memory_order_release);
  }
  return *block.load(std::memory_order_relaxed);
}

PathTable::Slot* PathTable::slotAt(std::uint32_t id) const noexcept {
  if (id >= kCapacity) return nullptr;
  Block* block = blocks_[id / kBlockSlots].load(std::memory_order_acquire);
  return block == nullptr ? nullptr : &(*block)[id % kBlockSlots];
}

}  // namespace halfopen
