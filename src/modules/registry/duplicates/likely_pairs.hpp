#pragma once
// Which members of a whole city may be one person, recorded twice: blocking keys bring those
// together who could be, a similarity judges each pair.

#include "modules/registry/roll/roll.hpp"

namespace jishi::registry {

/// What is compared of a person.
struct Traits {
  Id person = kNoId;
  std::u16string_view name;
  std::int32_t birth = RollRow::kNoDay;
  std::int32_t joined = RollRow::kNoDay;
  RollRow::Word sex = 0;
  RollRow::Word education = 0;
  std::uint32_t organisation = 0;
};

/// Two records that may be of one person.
struct LikelyPair {
  Id first = kNoId;
  Id second = kNoId;
  double similarity = 0;  // 0..1

  friend bool operator==(const LikelyPair&, const LikelyPair&) = default;
};
BOOST_DESCRIBE_STRUCT(LikelyPair, (), (first, second, similarity))

/// Persons that one blocking key may bring together; a key that more share tells nobody apart.
inline constexpr std::size_t kMaxBlock = 60;
/// Pairs less similar than this are not named.
inline constexpr double kLeastSimilarity = 0.75;

/// How alike two persons are, from 0 to 1: by name (the same, the same when spoken, one character
/// apart), birth (the same, day and month exchanged, one digit apart), day of joining, sex,
/// education and organisation. Different sexes are 0.
double similarity(const Traits& left, const Traits& right);

/// The likely pairs of all these persons, each once, most similar first; at most `limit`.
std::vector<LikelyPair> likely_pairs(std::span<const Traits> persons, std::size_t limit);

/// The likely pairs of whom the roll knows within the scope.
std::vector<LikelyPair> likely_pairs(db::Reader& reader, Roll& roll, const Scope& scope,
                                     std::size_t limit);

}  // namespace jishi::registry
