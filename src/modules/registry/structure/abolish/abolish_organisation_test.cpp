#include "modules/registry/structure/abolish/abolish_organisation.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

TEST(RefuseAbolish, Table) {
  const std::pair<std::string, std::function<void(AbolishView&)>> cases[] = {
      {"", [](AbolishView&) {}},
      {"", [](AbolishView& view) { view.organisation.ended = day(2026, 3, 2); }},
      {"registry.already_ended", [](AbolishView& view) { view.organisation.ended = kToday; }},
      {"registry.leaves_children", [](AbolishView& view) { view.children = 1; }},
      {"registry.has_members", [](AbolishView& view) { view.members = 1; }},
      {"registry.changed_since", [](AbolishView& view) { view.changed_after = kToday; }},
      {"registry.date_in_future", [](AbolishView& view) { view.when.on = day(2026, 3, 2); }},
      {"registry.before_founding", [](AbolishView& view) { view.when.on = day(2010, 12, 31); }},
  };
  for (const auto& [verdict, change] : cases) {
    AbolishView view{{1, "C", "某支部", "branch", day(2011, 1, 1), {}, 2, {}, {}},
                     {kToday, kToday}};
    change(view);
    const auto refusal = refuse_abolish(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

class Abolish : public testing::Test {
 protected:
  std::string abolish(const Reference& organisation, std::optional<Date> on = std::nullopt) {
    const auto ended = abolish_organisation(*store, kTester, {organisation, on});
    return ended ? "" : ended.error().code;
  }

  TestStore store{kToday};
  Id root = found(*store, "R", {}, day(2000, 1, 1));
  Id a = found(*store, "A", "R", day(2001, 1, 1));
  Id a1 = found(*store, "A1", "A", day(2002, 1, 1));
};

TEST_F(Abolish, OnlyWhatIsEmptyEnds) {
  join(*store, "M1", a1, day(2005, 1, 1));
  join(*store, "M2", a1, day(2005, 1, 1), "deceased");
  EXPECT_EQ(abolish("A"), "registry.leaves_children");
  EXPECT_EQ(abolish("A1"), "registry.has_members");
  const auto moved = store->write(kTester, [&](Transaction& tx) {
    const Id person = *person_meant(tx, "M1");
    move_member(tx, manual_origin(tx), person, root, day(2026, 2, 1));
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(moved);
  EXPECT_EQ(abolish("A1", day(2026, 1, 31)), "registry.changed_since");
  EXPECT_EQ(abolish("A1", day(2026, 2, 1)), "");
  EXPECT_EQ(abolish("A1"), "registry.already_ended");
  EXPECT_EQ(abolish("A", day(2026, 1, 31)), "registry.leaves_children");
  EXPECT_EQ(abolish("A"), "");
}

TEST_F(Abolish, EndsThePostsAndKeepsThePlace) {
  const Id person = join(*store, "M1", root, day(2005, 1, 1));
  const Id post = appoint(*store, person, a1, day(2024, 1, 1));
  const auto ended = abolish_organisation(*store, kTester, {"A1", {}});
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->posts_ended, std::vector<Id>{post});
  EXPECT_EQ(children_on(*store, a, kToday), "");
  EXPECT_EQ(children_on(*store, a, kToday - std::chrono::days(1)), "A1");
  EXPECT_EQ(path_on(*store, a1, kToday), "R A A1");
  EXPECT_TRUE(closure_holds(*store));
}

}  // namespace
}  // namespace jishi::registry
