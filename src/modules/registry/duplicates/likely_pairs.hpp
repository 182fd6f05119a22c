#pragma once
// Which members of a whole city may be one person, recorded twice: blocking keys bring those
// together who could be, a likeness judges each pair.

#include "modules/registry/duplicates/likeness.hpp"

namespace jishi::registry {

/// Two records that may be of one person.
struct LikelyPair {
  Id first = kNoId;
  Id second = kNoId;
  double likelihood = 0;  // 0..1

  friend bool operator==(const LikelyPair&, const LikelyPair&) = default;
};
BOOST_DESCRIBE_STRUCT(LikelyPair, (), (first, second, likelihood))

/// Persons that one blocking key may bring together; a key that more share tells nobody apart.
inline constexpr std::size_t kMaxBlock = 60;
/// Pairs less likely than this are not named.
inline constexpr double kLeastLikelihood = 0.5;
/// Pairs that one search names, at most.
inline constexpr std::size_t kMaxLikelyPairs = 100'000;

struct SearchOfPairs {
  std::size_t limit = kMaxLikelyPairs;
  /// Whether the citizen ids of two persons differ by a slip; asked of few. None: no ids do.
  std::function<bool(Id first, Id second)> slip_of_ids = {};
  /// Told how far it has come, 0..1; false ends the search.
  std::function<bool(double part)> go_on = {};
};

/// The likely pairs of all these persons, each once, most likely first. Of a search that was ended,
/// none.
std::vector<LikelyPair> likely_pairs(std::span<const Traits> persons,
                                     const SearchOfPairs& search = {});

}  // namespace jishi::registry
