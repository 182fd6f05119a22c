#pragma once
// Ctrl-C during work that can end in good order.

#include <atomic>

namespace jishi::app {

/// While one stands, the first Ctrl-C asks the work to end and the second ends the program at once.
/// Without one, Ctrl-C ends the program at once, and nothing is half-done: all that is kept is kept
/// in one transaction. One at a time.
class Interruptible {
 public:
  Interruptible();
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

  const std::atomic<bool>& asked() const;
};

}  // namespace jishi::app
