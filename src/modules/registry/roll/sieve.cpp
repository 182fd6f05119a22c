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
      joined_to_(last_day(filter.joined_to, filter.joined_from)) {
  const pinyin::Query typed(filter.name);
  if (typed.empty()) return;
  const Names& names = roll.names();
  named_.resize(names.count());
  for (Names::Number number = 0; number < names.count(); ++number) {
    named_[number] = typed.match(names.text(number)) != pinyin::Match::none;
  }
  nobody_ = nobody_ || named_.empty();
}

Sieve::Word Sieve::wanted(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto known = roll_.word(word);
  nobody_ = nobody_ || !known;
  return known;
}

}  // namespace jishi::registry
