#include "io/path_table.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

namespace halfopen {

namespace {

OutgoingPath pathThrough(int interfaceIndex) {
  return OutgoingPath::overRawIp(IpAddress::v4(0x0a000001), interfaceIndex);
}

}  // namespace

TEST_CASE("a number names nothing until its path is set") {
  PathTable table;
  CHECK(table.find(0) == nullptr);
  CHECK(table.set(0, pathThrough(5)));
  REQUIRE(table.find(0) != nullptr);
  CHECK(table.find(0)->interfaceIndex() == 5);
  CHECK(table.find(1) == nullptr);
}

TEST_CASE("a number names nothing once it is cleared, and can be set again") {
  PathTable table;
  CHECK(table.set(300, pathThrough(5)));
  table.clear(300);
  CHECK(table.find(300) == nullptr);
  CHECK(table.set(300, pathThrough(6)));
  CHECK(table.find(300)->interfaceIndex() == 6);
}

TEST_CASE("numbers beyond the table are refused") {
  PathTable table;
  CHECK(table.set(PathTable::kCapacity - 1, pathThrough(5)));
  CHECK_FALSE(table.set(PathTable::kCapacity, pathThrough(5)));
  CHECK(table.find(PathTable::kCapacity) == nullptr);
  table.clear(0xffff'ffff);
  CHECK(table.find(0xffff'ffff) == nullptr);
}

TEST_CASE("a reader sees whole paths while the table grows") {
  PathTable table;
  std::atomic<bool> isDone{false};
  std::thread reader{[&] {
    while (!isDone.load()) {
      for (std::uint32_t id = 0; id < 2000; ++id) {
        const OutgoingPath* path = table.find(id);
        if (path != nullptr && path->interfaceIndex() != static_cast<int>(id)) isDone.store(true);
      }
    }
  }};
  bool wasRight = true;
  for (std::uint32_t id = 0; id < 2000; ++id) {
    wasRight = wasRight && table.set(id, pathThrough(static_cast<int>(id)));
  }
  CHECK_FALSE(isDone.exchange(true));
  reader.join();
  CHECK(wasRight);
}

}  // namespace halfopen
