#include "modules/registry/structure/reopen/reopen_organisation.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

TEST(RefuseReopen, Table) {
  const Standing parent{2, "P", "某党委", "committee", {}, kToday, kNoId, {}, {}};
  const std::pair<std::string, std::function<void(ReopenView&)>> cases[] = {
      {"", [](ReopenView&) {}},
      {"", [](ReopenView& view) { view.when.on = day(2020, 1, 1); }},
      {"registry.not_ended", [](ReopenView& view) { view.organisation.ended.reset(); }},
      {"registry.not_ended", [](ReopenView& view) { view.organisation.ended = day(2026, 3, 2); }},
      {"registry.before_ending", [](ReopenView& view) { view.when.on = day(2019, 12, 31); }},
      {"registry.date_in_future", [](ReopenView& view) { view.when.on = day(2026, 3, 2); }},
      {"registry.parent_ended", [&](ReopenView& view) { view.ended_parent = parent; }},
      {"registry.name_taken", [](ReopenView& view) { view.name_taken = true; }},
  };
  for (const auto& [verdict, change] : cases) {
    ReopenView view{{1, "C", "某支部", "branch", day(2011, 1, 1), day(2020, 1, 1), 2, {}, {}},
                    {kToday, kToday},
                    {}};
    change(view);
    const auto refusal = refuse_reopen(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

TEST(Reopen, LeavesAGapWhereItStoodNowhere) {
  TestStore store(kToday);
  const Id root = found(*store, "R", {}, day(2000, 1, 1));
  found(*store, "A", "R", day(2001, 1, 1));
  ASSERT_TRUE(abolish_organisation(*store, kTester, {"A", day(2020, 1, 1)}));
  ASSERT_TRUE(reopen_organisation(*store, kTester, {"A", day(2025, 1, 1)}));
  EXPECT_EQ(children_on(*store, root, day(2019, 12, 31)), "A");
  EXPECT_EQ(children_on(*store, root, day(2020, 1, 1)), "");
  EXPECT_EQ(children_on(*store, root, day(2024, 12, 31)), "");
  EXPECT_EQ(children_on(*store, root, day(2025, 1, 1)), "A");
  EXPECT_TRUE(closure_holds(*store));
}

TEST(Reopen, NotUnderAnEndedParentAndNotByAnOldWorkbookUndone) {
  TestStore store(kToday);
  found(*store, "R", {}, day(2000, 1, 1));
  const Id a = found(*store, "A", "R", day(2001, 1, 1));
  ASSERT_TRUE(abolish_organisation(*store, kTester, {"A", {}}));
  ASSERT_TRUE(abolish_organisation(*store, kTester, {"R", {}}));
  EXPECT_EQ(reopen_organisation(*store, kTester, {"A", {}}).error().code, "registry.parent_ended");
  ASSERT_TRUE(reopen_organisation(*store, kTester, {"R", {}}));
  ASSERT_TRUE(reopen_organisation(*store, kTester, {"A", {}}));
  const auto told = store->write(kTester, [&](Transaction& tx) {
    OrganisationRecord record;
    record.ended = kToday;
    return Result<Recorded>(
        record_organisation(tx, origin_of(tx, "workbook", std::nullopt, tx.new_id()), a, record));
  });
  ASSERT_TRUE(told);
  EXPECT_FALSE(store->read([&](db::Reader& reader) { return organisation(reader, a)->ended; }));
}

}  // namespace
}  // namespace jishi::registry
