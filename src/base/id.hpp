#pragma once
// 64-bit ids, ordered by time, with the node's number inside so that nodes can be joined later:
// 41 bits of milliseconds since 2020, 8 bits of node, 14 bits of counter.

#include <atomic>
#include <cstdint>

#include "base/clock.hpp"

namespace jishi {

using Id = std::int64_t;

/// Stands for "none" where an id is not optional; never given out.
inline constexpr Id kNoId = 0;

class IdSource {
 public:
  IdSource(const Clock& clock, unsigned node) : clock_(clock), node_(node & 0xFFU) {}

  /// Goes on under another node's number; ids stay in order.
  void take_node(unsigned node);

  /// Makes ids greater than `last`, so that a clock set back cannot repeat what a store already
  /// holds.
  void start_after(Id last);

  /// The last id given out, or the one that start_after() named; kNoId before either.
  Id last() const;

  /// The next id: greater than every id before it, also when the clock stands still or goes
  /// backwards. Thread-safe.
  Id next();

 private:
  const Clock& clock_;
  std::atomic<std::uint64_t> node_;
  std::atomic<std::uint64_t> last_tick_{0};  // milliseconds and counter, without the node
};

}  // namespace jishi
