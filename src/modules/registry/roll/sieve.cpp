#include "modules/registry/roll/sieve.hpp"

#include <limits>

namespace jishi::registry {

namespace {

// A day that is not known (kNoDay) passes only where no day is asked for.
std::int32_t first_day(const std::optional<Date>& day) {
  return day ? to_days(*day) : std::numeric_limits<std::int32_t>::min();
}

std::int32_t last_day(const std::optional<Date>& day, const std::optional<Date>& first) {
  if (day) return to_days(*day);
  return first ? RollRow::kNoDay - 1 : RollRow::kNoDay;
}

/// Of each word of the roll, whether it lies in a band; empty where none is asked for.
std::vector<bool> words_in(const Roll& roll, const std::string& band,
                           std::string_view (*band_of)(std::string_view)) {
  std::vector<bool> in;
  if (band.empty()) return in;
  for (const std::string& word : roll.words()) in.push_back(band_of(word) == band);
  return in;
}

}  // namespace

Sieve::Sieve(const Roll& roll, const RollTree& tree, const MemberFilter& filter,
             std::vector<Span> spans)
    : roll_(roll),
      tree_(tree),
      spans_(std::move(spans), tree.outline()),
      stage_(wanted(filter.stage)),
      status_(wanted(filter.status)),
      sex_(wanted(filter.sex)),
      education_(wanted(filter.education)),
      born_from_(first_day(filter.born_from)),
      born_to_(last_day(filter.born_to, filter.born_from)),
      joined_from_(first_day(filter.joined_from)),
      joined_to_(last_day(filter.joined_to, filter.joined_from)),
      banded_(filter.bands.any()),
      education_in_(words_in(roll, filter.bands.education_band, education_band)),
      occupation_in_(words_in(roll, filter.bands.occupation_band, occupation_band)),
      ethnic_in_(words_in(roll, filter.bands.ethnic_group, ethnic_group)) {
  const pinyin::Query typed(filter.name);
  if (typed.empty()) return;
  const Names& names = roll.names();
  named_.resize(names.count());
  for (Names::Number number = 0; number < names.count(); ++number) {
    named_[number] = typed.match(names.text(number)) != pinyin::Match::none;
  }
  nobody_ = nobody_ || named_.empty();
}

bool Sieve::in_bands(const RollRow& row) const {
  const auto [ethnic, occupation] = roll_.more_of(row);
  return (education_in_.empty() || education_in_[row.education]) &&
         (occupation_in_.empty() || occupation_in_[occupation]) &&
         (ethnic_in_.empty() || ethnic_in_[ethnic]);
}

Sieve::Word Sieve::wanted(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto known = roll_.word(word);
  nobody_ = nobody_ || !known;
  return known;
}

}  // namespace jishi::registry
