#include "modules/orglife/appraisal/appraisal.hpp"

#include <gtest/gtest.h>

namespace jishi::orglife {
namespace {

Appraisal of_grades(int members, std::vector<Grade> grades) {
  return {1, 2026, {}, 4, 4, 4, members, std::move(grades)};
}

TEST(Appraisal, GradesAndSumsAreHeldAgainstTheRules) {
  Appraisal more_present = of_grades(1, {{1, "qualified"}});
  more_present.present = 5;
  Appraisal more_ballots = of_grades(1, {{1, "qualified"}});
  more_ballots.present = 3;
  Appraisal nobody_due = of_grades(1, {{1, "qualified"}});
  nobody_due.due = 0;
  Appraisal not_told = of_grades(1, {{1, "qualified"}});
  not_told.collected = -1;
  const std::pair<Appraisal, std::string> cases[] = {
      {of_grades(3, {{1, "excellent"}, {2, "basic"}, {3, "not_qualified"}}), "done"},
      {of_grades(4, {{1, "excellent"}, {2, "qualified"}}), "done"},
      {of_grades(2, {{1, "excellent"}, {2, "qualified"}}), "orglife.appraisal_third"},
      {of_grades(5, {{1, "excellent"}, {2, "excellent"}}), "orglife.appraisal_third"},
      {of_grades(6, {{1, "excellent"}, {2, "excellent"}}), "done"},
      {of_grades(3, {{1, "good"}}), "orglife.appraisal_grade"},
      {of_grades(3, {{1, "qualified"}, {1, "basic"}}), "orglife.appraisal_twice"},
      {of_grades(3, {}), "orglife.appraisal_empty"},
      {of_grades(9'000, std::vector<Grade>(kMaxGraded + 1)), "orglife.appraisal_too_long"},
      {more_present, "orglife.appraisal_sums"},
      {more_ballots, "orglife.appraisal_sums"},
      {nobody_due, "orglife.appraisal_sums"},
      {not_told, "orglife.appraisal_sums"},
  };
  for (const auto& [appraisal, verdict] : cases) {
    const auto refused = refuse_appraisal(appraisal);
    EXPECT_EQ(refused ? refused->code : "done", verdict);
  }
}

}  // namespace
}  // namespace jishi::orglife
