#include "modules/registry/structure/move/move_organisation.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

Standing standing(Id id, std::optional<Id> parent) {
  return {id,     "C" + std::to_string(id), "某支部",       "branch", day(2010, 1, 1), std::nullopt,
          parent, day(2010, 1, 1),          day(2010, 1, 1)};
}

struct Case {
  std::string verdict;  // empty: moves
  std::function<void(MoveView&)> change;
};

TEST(RefuseMove, Table) {
  const Case cases[] = {
      {"", [](MoveView&) {}},
      {"", [](MoveView& view) { view.parent.reset(); }},
      {"", [](MoveView& view) { view.organisation.parent.reset(); }},
      {"", [](MoveView& view) { view.when.on = day(2010, 1, 1); }},
      {"", [](MoveView& view) { view.parent->founded.reset(); }},
      {"", [](MoveView& view) { view.parent->ended = day(2026, 3, 2); }},
      {"date_in_future", [](MoveView& view) { view.when.on = day(2026, 3, 2); }},
      {"before_founding", [](MoveView& view) { view.when.on = day(2009, 12, 31); }},
      {"before_founding", [](MoveView& view) { view.organisation.founded = day(2026, 3, 2); }},
      {"already_ended", [](MoveView& view) { view.organisation.ended = kToday; }},
      {"parent_ended", [](MoveView& view) { view.parent->ended = kToday; }},
      {"parent_not_founded", [](MoveView& view) { view.parent->founded = day(2026, 3, 2); }},
      {"parent_not_in_structure", [](MoveView& view) { view.parent->parent.reset(); }},
      {"makes_a_cycle", [](MoveView& view) { view.parent_below = true; }},
      {"stands_there_already", [](MoveView& view) { view.organisation.parent = 3; }},
      {"stands_there_already",
       [](MoveView& view) {
         view.parent.reset();
         view.organisation.parent = kNoId;
       }},
      {"changed_since",
       [](MoveView& view) {
         view.organisation.since = day(2026, 2, 2);
         view.when.on = day(2026, 2, 1);
       }},
      {"too_deep", [](MoveView& view) { view.too_deep = true; }},
      {"name_taken", [](MoveView& view) { view.name_taken = true; }},
  };
  for (const Case& one : cases) {
    MoveView view{standing(1, 2), standing(3, kNoId), {kToday, kToday}};
    one.change(view);
    const auto refusal = refuse_move(view);
    EXPECT_EQ(refusal ? refusal->code : "", one.verdict.empty() ? "" : "registry." + one.verdict);
  }
}

class Move : public testing::Test {
 protected:
  Result<Changes> move(const Reference& organisation, const Reference& parent,
                       std::optional<Date> on = std::nullopt) {
    return move_organisation(*store, kTester, {organisation, parent, on, std::nullopt});
  }
  std::string refusal(const Reference& organisation, const Reference& parent,
                      std::optional<Date> on = std::nullopt) {
    const auto moved = move(organisation, parent, on);
    return moved ? "" : moved.error().code;
  }
  std::int64_t facts() {
    return store->read([](db::Reader& reader) { return ledger::last_seq(reader); });
  }

  TestStore store{kToday};
  Id root = found(*store, "R", {}, day(2000, 1, 1));
  Id a = found(*store, "A", "R", day(2001, 1, 1));
  Id b = found(*store, "B", "R", day(2002, 1, 1));
  Id a1 = found(*store, "A1", "A", day(2003, 1, 1));
  Id a2 = found(*store, "A2", "A1", day(2004, 1, 1));
};

TEST_F(Move, TodaysTreeIsTheNewOneAndYesterdaysTheOld) {
  const auto moved = move("A1", "B");
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->undo, "registry.undo");
  ASSERT_EQ(moved->organisations.size(), 1U);
  EXPECT_EQ(moved->organisations[0].from, a);
  EXPECT_EQ(moved->organisations[0].to, b);
  EXPECT_EQ(moved->organisations[0].moved_along, 1);
  const Date yesterday = kToday - std::chrono::days(1);
  EXPECT_EQ(path_on(*store, a2, kToday), "R B A1 A2");
  EXPECT_EQ(path_on(*store, a2, yesterday), "R A A1 A2");
  EXPECT_EQ(children_on(*store, a, kToday), "");
  EXPECT_EQ(children_on(*store, a, yesterday), "A1");
  EXPECT_EQ(subtree_on(*store, b, kToday), "B A1 A2");
  EXPECT_EQ(subtree_on(*store, root, yesterday), "R A B A1 A2");
  EXPECT_EQ(subtree_on(*store, root, day(2002, 12, 31)), "R A B");
  EXPECT_EQ(subtree_on(*store, root, day(1999, 12, 31)), "");
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(Move, APastDayCutsTheLinkThere) {
  ASSERT_TRUE(move("A1", "B", day(2015, 6, 1)));
  EXPECT_EQ(path_on(*store, a2, day(2015, 5, 31)), "R A A1 A2");
  EXPECT_EQ(path_on(*store, a2, day(2015, 6, 1)), "R B A1 A2");
  EXPECT_EQ(refusal("A1", "A", day(2015, 5, 31)), "registry.changed_since");
  ASSERT_TRUE(move("A1", "A", day(2015, 6, 1)));
  EXPECT_EQ(path_on(*store, a2, day(2015, 6, 1)), "R A A1 A2");
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(Move, FromTheFirstDayOnReplacesTheFirstLink) {
  ASSERT_TRUE(move("A1", "B", day(2003, 1, 1)));
  EXPECT_EQ(path_on(*store, a1, day(2003, 1, 1)), "R B A1");
  EXPECT_EQ(refusal("A1", "A", day(2002, 12, 31)), "registry.before_founding");
}

TEST_F(Move, RefusesACycleAlsoOneOfThePast) {
  const auto before = facts();
  EXPECT_EQ(refusal("A", "A"), "registry.makes_a_cycle");
  EXPECT_EQ(refusal("A", "A2"), "registry.makes_a_cycle");
  EXPECT_EQ(refusal("R", "A2"), "registry.makes_a_cycle");
  EXPECT_EQ(facts(), before);
  // A2 leaves A's subtree today: since last month A could not have stood under it.
  ASSERT_TRUE(move("A2", "B"));
  EXPECT_EQ(refusal("A", "A2", day(2026, 2, 1)), "registry.makes_a_cycle");
  EXPECT_EQ(refusal("A", "A2"), "");
  EXPECT_EQ(path_on(*store, a, kToday), "R B A2 A");
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(Move, NamesAndStructuresAreChecked) {
  EXPECT_EQ(refusal("nobody", "A"), "registry.not_found");
  EXPECT_EQ(refusal("A", "nobody"), "registry.not_found");
  EXPECT_EQ(refusal(std::to_string(a1), Reference(b)), "");
  EXPECT_EQ(move_organisation(*store, kTester, {"A", "B", std::nullopt, "circle"}).error().code,
            "registry.unknown_structure");
}

TEST_F(Move, TakesAnOrganisationIntoAnotherStructure) {
  const auto place = [&](const Reference& organisation, const Reference& parent) {
    const auto placed =
        move_organisation(*store, kTester, {organisation, parent, std::nullopt, "grid"});
    return placed ? "" : placed.error().code;
  };
  EXPECT_EQ(place("A", "B"), "registry.parent_not_in_structure");
  EXPECT_EQ(place("B", {}), "");
  EXPECT_EQ(place("A", "B"), "");
  EXPECT_EQ(path_on(*store, a, kToday), "R A");
  EXPECT_EQ(store->read([&](db::Reader& reader) { return codes(path(reader, "grid", a, kToday)); }),
            "B A");
  EXPECT_TRUE(closure_holds(*store, "grid"));
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(Move, APreviewSaysTheSameAndKeepsNothing) {
  const auto before = facts();
  const auto preview = preview_move_organisation(*store, kTester, {"A1", "B", {}, {}});
  ASSERT_TRUE(preview);
  EXPECT_EQ(facts(), before);
  EXPECT_EQ(path_on(*store, a2, kToday), "R A A1 A2");
  auto moved = move("A1", "B");
  ASSERT_TRUE(moved);
  moved->command = preview->command;
  EXPECT_EQ(boost::json::serialize(to_json(*moved)), boost::json::serialize(to_json(*preview)));
  EXPECT_EQ(preview_move_organisation(*store, kTester, {"A1", "B", {}, {}}).error().code,
            "registry.stands_there_already");
}

TEST_F(Move, ALowerRankedSourceDoesNotMoveItBack) {
  ASSERT_TRUE(move("A1", "B"));
  store.clock.set_ms(store.clock.now_ms() + 1000);
  const auto told = store->write(kTester, [&](Transaction& tx) {
    OrganisationRecord record;
    record.parent = a;
    const Origin origin = origin_of(tx, "workbook", std::nullopt, tx.new_id());
    return Result<Recorded>(record_organisation(tx, origin, a1, record));
  });
  ASSERT_TRUE(told);
  EXPECT_EQ(path_on(*store, a1, kToday), "R B A1");
}

}  // namespace
}  // namespace jishi::registry
