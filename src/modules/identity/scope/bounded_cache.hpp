#pragma once
// Answers kept in memory until what they rest on changes. Bounded: a shard that is full starts
// anew.

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

namespace jishi::identity {

/// Thread-safe. Whoever fills it takes generation() first, then reads the store, then puts: what
/// was dropped in between is not put back as it was before.
template <class Key, class Value, class Hash = std::hash<Key>>
class BoundedCache {
 public:
  explicit BoundedCache(std::size_t most) : most_of_a_shard_(most / kShards + 1) {}

  std::uint64_t generation() const { return generation_.load(); }

  std::optional<Value> find(const Key& key) const {
    const Shard& shard = shard_of(key);
    const std::shared_lock lock(shard.mutex);
    const auto found = shard.values.find(key);
    if (found == shard.values.end()) return std::nullopt;
    return found->second;
  }

  void put(const Key& key, Value value, std::uint64_t generation) {
    Shard& shard = shard_of(key);
    const std::unique_lock lock(shard.mutex);
    if (generation_.load() != generation) return;
    if (shard.values.size() >= most_of_a_shard_) shard.values.clear();
    shard.values.insert_or_assign(key, std::move(value));
  }

  void erase(const Key& key) {
    ++generation_;
    Shard& shard = shard_of(key);
    const std::unique_lock lock(shard.mutex);
    shard.values.erase(key);
  }

  /// Drops every value of which `drop(value)` is true.
  template <class Drop>
  void erase_if(Drop drop) {
    ++generation_;
    for (Shard& shard : shards_) {
      const std::unique_lock lock(shard.mutex);
      std::erase_if(shard.values, [&](const auto& entry) { return drop(entry.second); });
    }
  }

  void clear() {
    erase_if([](const Value&) { return true; });
  }

  /// Calls `visit(value)` for every value.
  template <class Visit>
  void each(Visit visit) const {
    for (const Shard& shard : shards_) {
      const std::shared_lock lock(shard.mutex);
      for (const auto& [key, value] : shard.values) visit(value);
    }
  }

 private:
  static constexpr std::size_t kShards = 16;

  struct Shard {
    mutable std::shared_mutex mutex;
    std::unordered_map<Key, Value, Hash> values;
  };

  // The low bits of an id count what was made in one millisecond: they are mixed first.
  static std::size_t place(const Key& key) {
    return (Hash()(key) * std::uint64_t{0x9E3779B97F4A7C15}) >> 60U;
  }
  Shard& shard_of(const Key& key) { return shards_[place(key)]; }
  const Shard& shard_of(const Key& key) const { return shards_[place(key)]; }

  const std::size_t most_of_a_shard_;
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint64_t> generation_{0};
};

}  // namespace jishi::identity
