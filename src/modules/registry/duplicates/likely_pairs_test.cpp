#include "modules/registry/duplicates/likely_pairs.hpp"

#include <gtest/gtest.h>

namespace jishi::registry {
namespace {

Traits person(Id id, std::u16string_view name, std::int32_t birth, std::int32_t joined) {
  return {id, name, birth, joined, 1, 1, static_cast<std::uint32_t>(id)};
}

std::string pairs_of(const std::vector<Traits>& persons, std::size_t limit = 100) {
  std::string line;
  for (const LikelyPair& pair : likely_pairs(persons, limit)) {
    line += fmt::format("{}{}-{}", line.empty() ? "" : " ", pair.first, pair.second);
  }
  return line;
}

TEST(LikelyPairs, OnePersonRecordedTwiceIsFoundDespiteOneMistake) {
  const std::int32_t birth = to_days(*make_date(1980, 3, 5));
  const std::int32_t exchanged = to_days(*make_date(1980, 5, 3));
  const Traits one = person(1, u"张伟民", birth, 15'000);
  EXPECT_EQ(pairs_of({one, person(2, u"张伟民", birth, 15'000)}), "1-2");
  EXPECT_EQ(pairs_of({one, person(2, u"章伟民", birth, 15'000)}), "1-2");
  EXPECT_EQ(pairs_of({one, person(2, u"张卫国", birth, 15'000)}), "");
  EXPECT_EQ(pairs_of({one, person(2, u"张伟明", birth, 15'000)}), "1-2");
  EXPECT_EQ(pairs_of({one, person(2, u"张伟民", exchanged, 15'000)}), "1-2");
  EXPECT_EQ(pairs_of({one, person(2, u"张伟民", birth, 16'000)}), "1-2");
  EXPECT_EQ(pairs_of({one, person(2, u"张伟民", birth, RollRow::kNoDay)}), "1-2");
}

TEST(LikelyPairs, DifferentPeopleAreNotNamed) {
  const Traits one = person(1, u"张伟", 4'000, 15'000);
  Traits other = person(2, u"张伟", 4'000, 15'000);
  other.sex = 2;
  EXPECT_EQ(pairs_of({one, other}), "");
  EXPECT_EQ(pairs_of({one, person(2, u"张伟", 9'999, 13'111)}), "");
  EXPECT_EQ(pairs_of({one, one}), "");
  EXPECT_EQ(pairs_of({}), "");
}

TEST(LikelyPairs, MostAlikeFirstAndNoMoreThanAsked) {
  const std::vector<Traits> persons{
      person(1, u"张伟民", 4'000, 15'000), person(2, u"张伟民", 4'000, 16'000),
      person(3, u"李秀英", 5'000, 15'000), person(4, u"李秀英", 5'000, 15'000)};
  EXPECT_EQ(pairs_of(persons), "3-4 1-2");
  EXPECT_EQ(pairs_of(persons, 1), "3-4");
}

}  // namespace
}  // namespace jishi::registry
