#include "base/id.hpp"

#include <algorithm>

namespace jishi {

namespace {
constexpr std::int64_t kEpochMs = 1'577'836'800'000;  // 2020-01-01 UTC
constexpr unsigned kCounterBits = 14;
constexpr unsigned kNodeBits = 8;
constexpr std::uint64_t kCounterMask = (1ULL << kCounterBits) - 1;

Id id_of(std::uint64_t tick, std::uint64_t node) {
  return static_cast<Id>((tick >> kCounterBits) << (kCounterBits + kNodeBits) |
                         node << kCounterBits | (tick & kCounterMask));
}
}  // namespace

void IdSource::take_node(unsigned node) {
  node_ = node & ((1U << kNodeBits) - 1);
  // The node stands before the counter: only the next millisecond's ids are surely greater.
  last_tick_ |= kCounterMask;
}

void IdSource::start_after(Id last) {
  const auto raw = static_cast<std::uint64_t>(std::max<Id>(last, 0));
  std::uint64_t tick = (raw >> (kCounterBits + kNodeBits)) << kCounterBits | (raw & kCounterMask);
  // The node stands before the counter: only a later millisecond is surely after another node's id.
  if (((raw >> kCounterBits) & ((1ULL << kNodeBits) - 1)) != node_) tick |= kCounterMask;
  std::uint64_t seen = last_tick_.load();
  while (seen < tick && !last_tick_.compare_exchange_weak(seen, tick)) {
  }
}

Id IdSource::last() const {
  const std::uint64_t tick = last_tick_.load();
  return tick == 0 ? kNoId : id_of(tick, node_);
}

Id IdSource::next() {
  const std::int64_t elapsed_ms = std::max<std::int64_t>(clock_.now_ms() - kEpochMs, 1);
  const std::uint64_t now = static_cast<std::uint64_t>(elapsed_ms) << kCounterBits;
  std::uint64_t last = last_tick_.load();
  std::uint64_t tick = 0;
  do {
    tick = std::max(last + 1, now);
  } while (!last_tick_.compare_exchange_weak(last, tick));
  return id_of(tick, node_);
}

}  // namespace jishi
