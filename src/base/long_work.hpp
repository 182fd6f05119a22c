#pragma once
// How work that takes long is watched, and ended before it is done.

#include <functional>

namespace jishi {

/// Both may be called often, from the thread that works.
struct LongWork {
  std::function<bool()> cancelled = [] { return false; };
  std::function<void(double part)> progress = [](double) {};  // 0..1
};

}  // namespace jishi
