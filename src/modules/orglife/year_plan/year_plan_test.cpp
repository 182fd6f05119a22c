#include "modules/orglife/year_plan/year_plan.hpp"

#include <gtest/gtest.h>

#include "ledger/test_store.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {
namespace {

const Date kToday = *make_date(2026, 3, 1);

Id branch_named(Store& store, const std::string& code) {
  registry::CreateOrganisation command;
  command.name = code;
  command.code = code;
  command.kind = "branch";
  command.on = *make_date(2001, 1, 1);
  return registry::create_organisation(store, Actor{7}, command)
      ->organisations.front()
      .organisation;
}

TEST(PlannedDays, OfTheOrganisationsThatAreAskedForAndTheDaysBetween) {
  TestStore store(kToday);
  const Id own = branch_named(*store, "A");
  const Id other = branch_named(*store, "B");
  const auto plan = [&](Id organisation, std::vector<PlannedMeeting> meetings) {
    EXPECT_TRUE(store->write(
        Actor{7}, [&](Transaction& tx) { return set_plan(tx, organisation, 2026, meetings); }));
  };
  plan(own, {{"theme_day", *make_date(2026, 5, 5), ""},
             {"members_meeting", *make_date(2026, 3, 10), "一季度"},
             {"theme_day", *make_date(2026, 2, 5), ""}});
  plan(other, {{"lecture", *make_date(2026, 4, 1), ""}});
  const auto days = [&](std::vector<Id> organisations, int limit = 10) {
    return store->read([&](db::Reader& reader) {
      return planned_days(reader, organisations, kToday, *make_date(2026, 12, 31), limit);
    });
  };
  ASSERT_EQ(days({own}).size(), 2U);
  EXPECT_EQ(days({own}).front().kind, "members_meeting");
  EXPECT_EQ(days({own}).front().organisation_name, "A");
  EXPECT_EQ(days({own, other}).size(), 3U);
  EXPECT_EQ(days({own, other}, 1).size(), 1U);
  EXPECT_TRUE(days({}).empty());
}

}  // namespace
}  // namespace jishi::orglife
