#include "modules/registry/structure/split/split_organisation.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

TEST(RefuseSplit, Table) {
  const std::pair<std::string, std::function<void(SplitView&)>> cases[] = {
      {"", [](SplitView&) {}},
      {"",
       [](SplitView& view) {
         view.keep = true;
         view.parts = 1;
       }},
      {"",
       [](SplitView& view) {
         view.keep = true;
         view.changed_after = kToday;
       }},
      {"registry.too_few_parts", [](SplitView& view) { view.parts = 1; }},
      {"registry.too_few_parts",
       [](SplitView& view) {
         view.keep = true;
         view.parts = 0;
       }},
      {"registry.too_many_named", [](SplitView& view) { view.named = kMaxNamed; }},
      {"registry.already_ended", [](SplitView& view) { view.organisation.ended = kToday; }},
      {"registry.changed_since", [](SplitView& view) { view.changed_after = kToday; }},
      {"registry.changed_since",
       [](SplitView& view) {
         view.keep = true;
         view.organisation.since = day(2026, 3, 2);
       }},
      {"registry.date_in_future", [](SplitView& view) { view.when.on = day(2026, 3, 2); }},
      {"registry.before_founding", [](SplitView& view) { view.when.on = day(2010, 12, 31); }},
  };
  for (const auto& [verdict, change] : cases) {
    SplitView view{{1, "C", "某支部", "branch", day(2011, 1, 1), {}, 2, {}, {}},
                   {kToday, kToday},
                   false,
                   2,
                   10};
    change(view);
    const auto refusal = refuse_split(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

class Split : public testing::Test {
 protected:
  static SplitPart part(std::string name, std::vector<Reference> members,
                        std::vector<Reference> children = {}) {
    return {name, "branch", name, std::move(members), std::move(children)};
  }
  std::string split(const SplitOrganisation& command) {
    const auto done = split_organisation(*store, kTester, command);
    return done ? "" : done.error().code;
  }
  Id organisation_named_by(const std::string& code) {
    return store->read([&](db::Reader& reader) { return *organisation_by_code(reader, code); });
  }
  Id place_of(Id person) {
    return store->read([&](db::Reader& reader) { return *organisation_of(reader, person); });
  }

  TestStore store{kToday};
  Id root = found(*store, "R", {}, day(2000, 1, 1));
  Id a = found(*store, "A", "R", day(2001, 1, 1));
  Id group = found(*store, "G", "A", day(2002, 1, 1));
  Id m1 = join(*store, "M1", a, day(2005, 1, 1));
  Id m2 = join(*store, "M2", a, day(2026, 2, 15));
  Id other = join(*store, "M3", root, day(2005, 1, 1));
};

TEST_F(Split, EveryMemberAndChildGoesSomewhere) {
  const auto before = store->read([](db::Reader& reader) { return ledger::last_seq(reader); });
  EXPECT_EQ(split({"A", {part("X", {"M1"}), part("Y", {})}, false, {}}),
            "registry.leaves_children");
  EXPECT_EQ(split({"A", {part("X", {"M1"}, {"G"}), part("Y", {})}, false, {}}),
            "registry.has_members");
  EXPECT_EQ(split({"A", {part("X", {"M1"}), part("Y", {"M3"})}, false, {}}),
            "registry.member_elsewhere");
  EXPECT_EQ(split({"A", {part("X", {"M1", "M1"}), part("Y", {})}, false, {}}),
            "registry.member_elsewhere");
  EXPECT_EQ(split({"A", {part("X", {}, {"A"}), part("Y", {})}, false, {}}),
            "registry.child_elsewhere");
  EXPECT_EQ(split({"A", {part("X", {}), part("X", {})}, false, {}}), "registry.code_taken");
  EXPECT_EQ(store->read([](db::Reader& reader) { return ledger::last_seq(reader); }), before);

  // A part may take the name of the one that ends, and the day may lie before a member joined.
  SplitPart first = part("X", {"M1"}, {"G"});
  first.name = "A";
  ASSERT_EQ(split({"A", {first, part("Y", {"M2"})}, false, day(2026, 2, 1)}), "");
  const Id x = organisation_named_by("X");
  EXPECT_EQ(place_of(m1), x);
  EXPECT_EQ(place_of(m2), organisation_named_by("Y"));
  EXPECT_EQ(children_on(*store, root, kToday), "X Y");
  EXPECT_EQ(children_on(*store, root, day(2026, 1, 31)), "A");
  EXPECT_EQ(path_on(*store, group, kToday), "R X G");
  EXPECT_EQ(path_on(*store, group, day(2026, 1, 31)), "R A G");
  EXPECT_TRUE(closure_holds(*store));
  EXPECT_EQ(split({"A", {part("P", {}), part("Q", {})}, false, {}}), "registry.already_ended");
}

TEST_F(Split, ThePredecessorMayStay) {
  const auto preview =
      preview_split_organisation(*store, kTester, {"A", {part("X", {"M1"})}, true, std::nullopt});
  ASSERT_TRUE(preview);
  EXPECT_EQ(place_of(m1), a);
  ASSERT_EQ(split({"A", {part("X", {"M1"})}, true, {}}), "");
  EXPECT_EQ(place_of(m1), organisation_named_by("X"));
  EXPECT_EQ(place_of(m2), a);
  EXPECT_EQ(children_on(*store, root, kToday), "A X");
  EXPECT_EQ(path_on(*store, group, kToday), "R A G");
}

}  // namespace
}  // namespace jishi::registry
