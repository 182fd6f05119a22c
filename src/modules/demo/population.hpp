#pragma once
// Who the members are: one table over occupation, age, time of joining, sex and education for each
// setting, fitted to the official margins, from which persons are drawn.

#include <array>
#include <cstdint>
#include <vector>

#include "base/date.hpp"
#include "modules/demo/random.hpp"
#include "modules/demo/shares.hpp"

namespace jishi::demo {

/// When someone joined: the official periods, with the last two years told apart, because their
/// members are counted as newly received.
inline constexpr std::size_t kSlots = 6;
inline constexpr std::uint8_t kSlotYearBefore = 4;
inline constexpr std::uint8_t kSlotLastYear = 5;

/// Dates from … to, both included.
struct Span {
  Date from;
  Date to;
};

/// A cell of the table.
struct Traits {
  std::uint8_t occupation = 0;
  std::uint8_t age = 0;  // band
  std::uint8_t slot = 0;
  std::uint8_t education = 0;
  bool woman = false;
};

/// Draws places by weight in constant time (Vose's alias method); up to 65,535 of them.
class AliasTable {
 public:
  AliasTable() = default;
  explicit AliasTable(const std::vector<double>& weights);
  std::size_t draw(Rng& rng) const;

 private:
  struct Chance {
    std::uint32_t keep = 0;  // of 2^32; else `other`
    std::uint16_t other = 0;
  };
  std::vector<Chance> chances_;
};

class Population {
 public:
  /// Fits the table; some 50 ms.
  Population(const Shares& shares, Date as_of);

  /// One member of a setting.
  Traits draw(Setting setting, Rng& rng) const;

  /// Days of birth of an age band and days of joining of a slot, on the as-of date.
  const Span& births(std::uint8_t age) const { return births_[age]; }
  const Span& joinings(std::uint8_t slot) const { return joinings_[slot]; }

 private:
  std::array<AliasTable, kSettings> tables_;
  std::vector<Traits> cells_;
  std::array<Span, kAgeBands> births_;
  std::array<Span, kSlots> joinings_;
};

}  // namespace jishi::demo
