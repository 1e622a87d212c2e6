// Wakes the engine's thread. The native threads know it only by this interface.
#pragma once

namespace halfopen {

class Bell {
 public:
  virtual ~Bell() = default;

  // Called from any native thread. Never blocks; rings that come close together may become one.
  virtual void ring() noexcept = 0;
};

}  // namespace halfopen
