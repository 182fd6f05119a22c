#include "modules/registry/structure/merge/merge_organisations.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

Standing standing(Id id) {
  return {id, "C" + std::to_string(id), "某支部", "branch", day(2011, 1, 1), {}, 2, {}, {}};
}

TEST(RefuseMerge, Table) {
  const std::pair<std::string, std::function<void(MergeView&)>> cases[] = {
      {"", [](MergeView&) {}},
      {"",
       [](MergeView& view) {
         view.into = standing(9);
         view.founds = false;
       }},
      {"",
       [](MergeView& view) {
         view.into = standing(9);
         view.founds = false;
         view.ending.pop_back();
       }},
      {"registry.merge_into_what", [](MergeView& view) { view.founds = false; }},
      {"registry.merge_into_what", [](MergeView& view) { view.into = standing(9); }},
      {"registry.too_few_to_merge", [](MergeView& view) { view.ending.pop_back(); }},
      {"registry.too_few_to_merge", [](MergeView& view) { view.ending.clear(); }},
      {"registry.too_many_named", [](MergeView& view) { view.members = kMaxNamed + 1; }},
      {"registry.already_ended", [](MergeView& view) { view.ending[1].ended = kToday; }},
      {"registry.already_ended",
       [](MergeView& view) {
         view.founds = false;
         view.into = standing(9);
         view.into->ended = kToday;
       }},
      {"registry.before_founding", [](MergeView& view) { view.when.on = day(2010, 12, 31); }},
      {"registry.date_in_future", [](MergeView& view) { view.when.on = day(2026, 3, 2); }},
      {"registry.changed_since",
       [](MergeView& view) {
         view.changed = 1;
         view.changed_after = kToday;
       }},
  };
  for (const auto& [verdict, change] : cases) {
    MergeView view{{standing(1), standing(2)}, {}, true, {kToday, kToday}};
    change(view);
    const auto refusal = refuse_merge(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

class Merge : public testing::Test {
 protected:
  std::string merge(const MergeOrganisations& command) {
    const auto done = merge_organisations(*store, kTester, command);
    return done ? "" : done.error().code;
  }
  Id place_of(Id person) {
    return store->read([&](db::Reader& reader) { return *organisation_of(reader, person); });
  }

  TestStore store{kToday};
  Id root = found(*store, "R", {}, day(2000, 1, 1));
  Id a = found(*store, "A", "R", day(2001, 1, 1));
  Id b = found(*store, "B", "R", day(2001, 1, 1));
  Id c = found(*store, "C", "R", day(2001, 1, 1));
  Id group = found(*store, "G", "A", day(2002, 1, 1));
  Id m1 = join(*store, "M1", a, day(2005, 1, 1));
  Id m2 = join(*store, "M2", b, day(2005, 1, 1), "suspended");
  Id gone = join(*store, "M3", b, day(2005, 1, 1), "deceased");
  Id post = appoint(*store, m2, b, day(2024, 1, 1));
};

TEST_F(Merge, IntoOneOfThem) {
  const auto done =
      merge_organisations(*store, kTester, {{"A", "B", "C"}, "C", {}, day(2026, 2, 1)});
  ASSERT_TRUE(done);
  EXPECT_EQ(place_of(m1), c);
  EXPECT_EQ(place_of(m2), c);
  EXPECT_EQ(place_of(gone), b);
  EXPECT_EQ(done->posts_ended, std::vector<Id>{post});
  EXPECT_EQ(done->members_moved.size(), 2U);
  EXPECT_EQ(children_on(*store, root, kToday), "C");
  EXPECT_EQ(children_on(*store, root, day(2026, 1, 31)), "A B C");
  EXPECT_EQ(path_on(*store, group, kToday), "R C G");
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(Merge, IntoANewOneThatMayTakeAName) {
  const MergerFounds founds{"A", "general_branch", "N", {}};
  const auto preview = preview_merge_organisations(*store, kTester, {{"A", "B"}, {}, founds, {}});
  ASSERT_TRUE(preview);
  EXPECT_EQ(place_of(m1), a);
  ASSERT_EQ(merge({{"A", "B"}, {}, founds, {}}), "");
  EXPECT_EQ(children_on(*store, root, kToday), "C N");
  EXPECT_EQ(path_on(*store, group, kToday), "R N G");
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(Merge, AParentAndItsChildEndTogether) {
  ASSERT_EQ(merge({{"A", "G"}, "C", {}, {}}), "");
  EXPECT_EQ(children_on(*store, root, kToday), "B C");
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(Merge, RefusesNestedAndDoubleNames) {
  EXPECT_EQ(merge({{"A"}, "G", {}, {}}), "registry.makes_a_cycle");
  EXPECT_EQ(merge({{"A", "B"}, {}, MergerFounds{"N", "branch", {}, "G"}, {}}),
            "registry.makes_a_cycle");
  EXPECT_EQ(merge({{"A", "a"}, "C", {}, {}}), "registry.named_twice");
  EXPECT_EQ(merge({{"C"}, "C", {}, {}}), "registry.too_few_to_merge");
  EXPECT_EQ(merge({{"A", "B"}, {}, {}, {}}), "registry.merge_into_what");
  EXPECT_EQ(merge({{"A", "nobody"}, "C", {}, {}}), "registry.not_found");
  EXPECT_EQ(children_on(*store, root, kToday), "A B C");
}

}  // namespace
}  // namespace jishi::registry
