#pragma once
// Members of a city recorded once more, with the mistakes that rosters have, and strangers who only
// look like others: what a search for duplicates is measured by.

#include <array>
#include <deque>
#include <random>
#include <set>

#include "modules/registry/registry.hpp"

namespace jishi::app::bench {

/// What is different in the second record of one person.
enum class Mistake {
  none,              // the same again, from another branch
  homophone,         // 张 as 章, 伟 as 玮
  character,         // another character of another sound
  blank,             // 王 伟
  birth_day,         // a day before or after
  birth_exchanged,   // day and month
  birth_year,        // a year before or after
  birth_rough,       // the year alone
  joined_confirmed,  // the day of confirmation, a year later, in its place
  joined_missing,
  joined_other,
  homophone_joined  // two mistakes at once
};
BOOST_DESCRIBE_ENUM(Mistake, none, homophone, character, blank, birth_day, birth_exchanged,
                    birth_year, birth_rough, joined_confirmed, joined_missing, joined_other,
                    homophone_joined)

/// Who is not the same, though much agrees.
enum class Stranger {
  same_year,    // the name, and the year of birth
  same_day,     // a common name and the day of birth, both with their citizen ids
  no_id,        // the same, one of them without
  twin,         // of birth: day, branch, day of joining, and all of the name but one character
  family_phone  // a relative with the same phone
};
BOOST_DESCRIBE_ENUM(Stranger, same_year, same_day, no_id, twin, family_phone)

class Planted {
 public:
  struct Score {
    double recall = 0;
    double precision = 0;
    std::string by_mistake;   // recall of each
    std::string by_stranger;  // pairs wrongly named of each
  };

  /// One in 200 has a second record, and one in 200 somebody who looks like them.
  explicit Planted(std::span<const registry::Traits> persons);

  std::span<const registry::Traits> persons() const { return persons_; }
  std::size_t count() const { return twins_.size() + strangers_.size(); }
  /// Whether the ids of two records differ by a slip.
  bool slip_of_ids(Id first, Id second) const { return slips_.contains({first, second}); }
  Score score(const std::vector<registry::LikelyPair>& pairs) const;

 private:
  template <class Kind>
  struct Copy {
    Id original = kNoId;
    Kind kind{};
  };

  void record_again(const registry::Traits& original, Mistake mistake);
  void add_stranger(const registry::Traits& original, Stranger kind);
  void mistake_name(registry::Traits& record, bool same_sound);
  void mistake(registry::Traits& record, Mistake kind);
  void vary(registry::Traits& record);
  std::u16string_view keep(std::u16string name);
  bool chance(int percent) { return static_cast<int>(random_() % 100) < percent; }

  std::mt19937_64 random_{1};
  std::vector<registry::Traits> persons_;
  std::deque<std::u16string> names_;
  std::vector<std::u16string> by_sound_;  // characters of names that sound alike, together
  std::vector<std::uint16_t> sounds_;     // which of them a character is of
  std::map<Id, Copy<Mistake>> twins_;
  std::map<Id, Copy<Stranger>> strangers_;
  std::set<std::pair<Id, Id>> slips_;
};

}  // namespace jishi::app::bench
