#pragma once
// Chance, written out: the distributions of the standard library differ from one library to the
// next, and the same seed must give the same city everywhere.

#include <cstdint>

namespace jishi::demo {

/// What a stream of numbers is for. Each organisation and person has a stream of its own for each
/// purpose, so that any part of the city can be made again without the rest.
enum class Stream : std::uint64_t { layout, body, sizes, person, name, posts, activity, dues };

/// SplitMix64 (Steele, Lea, Flood 2014).
class Rng {
 public:
  Rng(std::uint64_t seed, Stream stream, std::uint64_t index = 0)
      : state_(mix(mix(seed + 0x9E3779B97F4A7C15U) + static_cast<std::uint64_t>(stream)) +
               mix(index + 0xD1B54A32D192ED03U)) {}

  std::uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15U); }

  /// 0 … count − 1; `count` must be positive.
  std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>(((next() >> 32U) * count) >> 32U);
  }

  /// low … high, both included.
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
  }

  bool chance(int per_thousand) { return below(1000) < static_cast<std::uint32_t>(per_thousand); }

  /// 0 ≤ x < 1.
  double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

 private:
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

/// A place in 0 … 999 such that any thousand neighbours take every place once: what concerns a few
/// in a thousand so reaches small cities too.
inline int place_in_thousand(std::uint64_t seed, std::uint64_t index) {
  return static_cast<int>((index * 389 + seed % 1000) % 1000);
}

}  // namespace jishi::demo
