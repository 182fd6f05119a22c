#include "modules/registry/duplicates/likely_pairs.hpp"

#include <gtest/gtest.h>

namespace jishi::registry {
namespace {

std::int32_t day(int year, unsigned month, unsigned of_month) {
  return to_days(*make_date(year, month, of_month));
}

const std::int32_t kBorn = day(1980, 3, 5);
const std::int32_t kJoined = day(2003, 7, 1);

Traits person(Id id, std::u16string_view name, std::int32_t birth = kBorn,
              std::int32_t joined = kJoined) {
  Traits traits;
  traits.person = id;
  traits.name = name;
  traits.birth = birth;
  traits.birth_known = Traits::Precision::day;
  traits.joined = joined;
  traits.sex = 1;
  traits.organisation = static_cast<std::uint32_t>(id);
  return traits;
}

std::string pairs_of(const std::vector<Traits>& persons, const SearchOfPairs& search = {}) {
  std::string line;
  for (const LikelyPair& pair : likely_pairs(persons, search)) {
    line += fmt::format("{}{}-{}", line.empty() ? "" : " ", pair.first, pair.second);
  }
  return line;
}

TEST(LikelyPairs, OnePersonRecordedTwiceIsFoundDespiteAMistake) {
  Traits rough = person(2, u"张伟民", day(1980, 1, 1));
  rough.birth_known = Traits::Precision::year;
  Traits unknown = person(2, u"张伟民");
  unknown.birth_known = Traits::Precision::none;
  const Traits others[] = {
      person(2, u"张伟民"),
      person(2, u"章伟民"),
      person(2, u"张玮民"),
      person(2, u"张伟明"),
      person(2, u"张 伟民"),
      person(2, u"张民伟"),
      person(2, u"张伟民", day(1980, 5, 3)),
      person(2, u"张伟民", day(1980, 3, 6)),
      person(2, u"张伟民", day(1981, 3, 5)),
      person(2, u"张伟民", kBorn, day(2004, 7, 1)),
      person(2, u"张伟民", kBorn, day(2012, 11, 9)),
      person(2, u"张伟民", kBorn, RollRow::kNoDay),
      rough,
      unknown,
  };
  for (const Traits& other : others) {
    EXPECT_EQ(pairs_of({person(1, u"张伟民"), other}), "1-2")
        << to_iso(from_days(other.birth)) << " " << (&other - others);
  }
}

TEST(LikelyPairs, StrangersAreNotNamed) {
  const Traits one = person(1, u"张伟");
  Traits woman = person(2, u"张伟", kBorn, day(2010, 5, 5));
  woman.sex = 2;
  woman.phone = 5;
  EXPECT_EQ(pairs_of({one, person(2, u"张伟", day(1966, 11, 12), day(1990, 1, 1))}), "");
  EXPECT_EQ(pairs_of({one, person(2, u"张伟", day(1980, 9, 22), day(2010, 5, 5))}), "");
  EXPECT_EQ(pairs_of({one, person(2, u"李国")}), "");
  EXPECT_EQ(pairs_of({one, woman}), "");
  EXPECT_EQ(pairs_of({one, one}), "");
  EXPECT_EQ(pairs_of({}), "");
  Traits nothing;
  nothing.person = 3;
  EXPECT_EQ(pairs_of({nothing, Traits{4, u"", 0, {}, 0, 0, 0, 0, 0, 0}}), "");
}

TEST(LikelyPairs, CitizenIdsDecideWhereBothAreOnRecord) {
  Traits one = person(1, u"张伟民");
  Traits other = person(2, u"张伟民", kBorn, day(2012, 11, 9));
  one.citizen = 7;
  EXPECT_EQ(pairs_of({one, other}), "1-2") << "one of them has none";
  other.citizen = 8;
  EXPECT_EQ(pairs_of({one, other}), "") << "they differ";
  SearchOfPairs search;
  int asked = 0;
  search.slip_of_ids = [&](Id first, Id second) {
    ++asked;
    return first == 1 && second == 2;
  };
  EXPECT_EQ(pairs_of({one, other}, search), "1-2") << "they differ by a slip";
  EXPECT_GT(asked, 0);
  asked = 0;
  other.name = u"王小红";
  EXPECT_EQ(pairs_of({one, other}, search), "");
  EXPECT_EQ(asked, 0) << "ids are looked at where they decide, and nowhere else";
}

// Whoever has a rare name is more likely to be the same.
TEST(LikelyPairs, ACommonNameSaysLess) {
  std::vector<Traits> persons;
  for (int i = 0; i < 50'000; ++i) {
    const bool common = i % 100 == 0;
    persons.push_back(person(100 + i, common ? u"王伟" : u"李四光",
                             day(1930, 1, 1) + i * 7 % 20'000, day(1950, 1, 1) + i * 11 % 20'000));
    persons.back().organisation = static_cast<std::uint32_t>(i);
  }
  const std::int32_t birth = day(1999, 12, 31);
  std::vector<Traits> rare = persons;
  rare.push_back(person(1, u"亓官昭", birth, day(2020, 1, 2)));
  rare.push_back(person(2, u"亓官昭", birth, day(2021, 9, 8)));
  std::vector<Traits> common = persons;
  common.push_back(person(1, u"王伟", birth, day(2020, 1, 2)));
  common.push_back(person(2, u"王伟", birth, day(2021, 9, 8)));
  const auto likelihood_of = [](const std::vector<Traits>& among) {
    for (const LikelyPair& pair : likely_pairs(among)) {
      if (pair.first == 1 && pair.second == 2) return pair.likelihood;
    }
    return 0.0;
  };
  EXPECT_GT(likelihood_of(rare), 0.9);
  EXPECT_LT(likelihood_of(common), likelihood_of(rare));
}

TEST(LikelyPairs, MostLikelyFirstAndNoMoreThanAsked) {
  const std::vector<Traits> persons{person(1, u"张伟民"),
                                    person(2, u"张伟民", kBorn, day(2012, 11, 9)),
                                    person(3, u"李秀英"), person(4, u"李秀英")};
  EXPECT_EQ(pairs_of(persons), "3-4 1-2");
  SearchOfPairs search;
  search.limit = 1;
  EXPECT_EQ(pairs_of(persons, search), "3-4");
  search.go_on = [](double) { return false; };
  EXPECT_EQ(pairs_of(persons, search), "");
}

}  // namespace
}  // namespace jishi::registry
