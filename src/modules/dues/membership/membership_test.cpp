#include "modules/dues/membership/membership.hpp"

#include <gtest/gtest.h>

namespace jishi::dues {
namespace {

std::int64_t noon(int year, unsigned month, unsigned day) {
  constexpr std::int64_t kDayMs = 86'400'000;
  return to_days(*make_date(year, month, day)) * kDayMs + kDayMs / 3;
}

TEST(Membership, WhichMonthsAreOwed) {
  const Date joined = *make_date(2026, 5, 21);
  const std::int64_t changed = noon(2026, 9, 10);
  struct Case {
    std::string status;
    std::optional<std::int64_t> changed;
    std::string month;
    std::string verdict;
  };
  const Case cases[] = {
      {"normal", {}, "2026-04", "dues.before_joining"},
      {"normal", {}, "2026-05", ""},
      {"normal", changed, "2026-12", ""},
      {"suspended", changed, "2026-12", ""},
      {"suspended", changed, "2026-04", "dues.before_joining"},
      {"left", changed, "2026-09", ""},
      {"left", changed, "2026-05", ""},
      {"left", changed, "2026-10", "dues.after_leaving"},
      {"left", changed, "2026-04", "dues.before_joining"},
      {"left", {}, "2026-06", "dues.end_unknown"},
      {"transferred_out", changed, "2026-10", "dues.after_transfer"},
      {"deceased", changed, "2026-10", "dues.after_death"},
      {"deceased", changed, "2026-09", ""},
      {"deceased", {}, "2026-10", "dues.end_unknown"},
  };
  for (const Case& one : cases) {
    const Membership membership{1, one.status, joined, one.changed};
    const auto refusal =
        refuse_month(membership, month_index(parse_period(one.month)->first_day()));
    EXPECT_EQ(refusal ? refusal->code : "", one.verdict) << one.status << " " << one.month;
  }
}

}  // namespace
}  // namespace jishi::dues
