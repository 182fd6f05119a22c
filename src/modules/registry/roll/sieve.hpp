#pragma once
#include "modules/registry/roll/members_page.hpp"
#include "platform/pinyin/pinyin.hpp"

namespace jishi::registry {

/// A filter made ready to be held against every row of the roll.
class Sieve {
 public:
  /// `spans`: where in the tree members may stand.
  Sieve(const Roll& roll, const RollTree& tree, const MemberFilter& filter,
        std::vector<Span> spans);

  bool passes(const RollRow& row) const {
    return !nobody_ && spans_.holds(tree_.place_of(row.organisation)) &&
           matches(stage_, row.stage) && matches(status_, row.status) && matches(sex_, row.sex) &&
           matches(education_, row.education) && row.birth >= born_from_ && row.birth <= born_to_ &&
           row.joined >= joined_from_ && row.joined <= joined_to_ &&
           (named_.empty() || named_[row.name]) && (!banded_ || in_bands(row));
  }

 private:
  using Word = std::optional<RollRow::Word>;

  static bool matches(const Word& wanted, RollRow::Word held) { return !wanted || *wanted == held; }
  Word wanted(const std::string& word);
  bool in_bands(const RollRow& row) const;

  const Roll& roll_;
  const RollTree& tree_;
  const SpanSet spans_;
  bool nobody_ = false;  // a word was asked for that nobody has
  Word stage_;
  Word status_;
  Word sex_;
  Word education_;
  std::int32_t born_from_;
  std::int32_t born_to_;
  std::int32_t joined_from_;
  std::int32_t joined_to_;
  std::vector<bool> named_;  // by number of the name; empty: whatever the name
  bool banded_ = false;
  // By number of the word: whether its band is asked for.
  std::vector<bool> education_in_;
  std::vector<bool> occupation_in_;
  std::vector<bool> ethnic_in_;
};

}  // namespace jishi::registry
