#include "modules/registry/structure/undo/undo.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

class UndoTest : public testing::Test {
 protected:
  static Id command_of(const Result<Changes>& changes) {
    EXPECT_TRUE(changes);
    return changes ? changes->command : kNoId;
  }
  std::string take_back(Id command) {
    const auto undone = undo(*store, kTester, {command});
    return undone ? "" : undone.error().code;
  }
  bool looks_undoable(Id command) {
    return store->read([&](db::Reader& reader) { return is_undoable(reader, command); });
  }
  /// Every row of the tables that the commands change.
  std::string tables() {
    static constexpr Statement kRows{
        "test.rows",
        "select structure || child || parent || valid_from || coalesce(valid_to, -1) as line"
        " from registry_link union all"
        " select id || name || coalesce(ended, -1) from registry_organisation union all"
        " select id || ' ' || coalesce(to_date, -1) from registry_post order by line"};
    return store->read([](db::Reader& reader) {
      return fmt::format("{}", fmt::join(reader.all<std::string>(kRows), "\n"));
    });
  }

  TestStore store{kToday};
  Id root = found(*store, "R", {}, day(2000, 1, 1));
  Id a = found(*store, "A", "R", day(2001, 1, 1));
  Id b = found(*store, "B", "R", day(2001, 1, 1));
  Id a1 = found(*store, "A1", "A", day(2002, 1, 1));
};

TEST_F(UndoTest, PutsEveryTableBack) {
  const Id member = join(*store, "M", root, day(2005, 1, 1));
  appoint(*store, member, a1, day(2024, 1, 1));
  const std::string before = tables();
  const std::function<Result<Changes>()> commands[] = {
      [&] {
        return move_organisation(*store, kTester, {"A1", "B", day(2020, 1, 1), {}});
      },
      [&] {
        return move_organisation(*store, kTester, {"A1", "B", day(2002, 1, 1), {}});
      },
      [&] {
        return move_organisation(*store, kTester, {"A1", {}, {}, {}});
      },
      [&] {
        return move_organisation(*store, kTester, {"A1", {}, {}, "grid"});
      },
      [&] {
        return rename_organisation(*store, kTester, {"A1", "N", {}});
      },
      [&] {
        return abolish_organisation(*store, kTester, {"A1", day(2025, 1, 1)});
      },
  };
  for (const auto& command : commands) {
    const Id done = command_of(command());
    EXPECT_NE(tables(), before);
    EXPECT_TRUE(looks_undoable(done));
    EXPECT_EQ(take_back(done), "");
    EXPECT_FALSE(looks_undoable(done));
    EXPECT_EQ(tables(), before);
    EXPECT_TRUE(closure_holds(*store));
    EXPECT_TRUE(closure_holds(*store, "grid"));
    EXPECT_EQ(take_back(done), "registry.changed_since_command");
  }
}

TEST_F(UndoTest, OfAReopeningEndsItAsItWas) {
  command_of(abolish_organisation(*store, kTester, {"A1", day(2025, 1, 1)}));
  const std::string before = tables();
  const Id reopened = command_of(reopen_organisation(*store, kTester, {"A1", day(2025, 6, 1)}));
  const auto preview = preview_undo(*store, kTester, {reopened});
  EXPECT_TRUE(preview);
  EXPECT_EQ(take_back(reopened), "");
  EXPECT_EQ(tables(), before);
  EXPECT_TRUE(closure_holds(*store));
}

TEST_F(UndoTest, IsRefusedOnceTheWorldWentOn) {
  const Id moved = command_of(move_organisation(*store, kTester, {"A1", "B", {}, {}}));
  const Id renamed = command_of(rename_organisation(*store, kTester, {"A1", "N", {}}));
  EXPECT_EQ(take_back(moved), "registry.changed_since_command");
  EXPECT_EQ(take_back(renamed), "");
  EXPECT_EQ(take_back(moved), "registry.changed_since_command");
}

TEST_F(UndoTest, IsRefusedAsTheOppositeWouldBe) {
  const Id renamed = command_of(rename_organisation(*store, kTester, {"A", "N", {}}));
  command_of(rename_organisation(*store, kTester, {"B", "A", {}}));
  EXPECT_EQ(take_back(renamed), "registry.name_taken");

  const Id moved = command_of(move_organisation(*store, kTester, {"A1", "B", {}, {}}));
  command_of(abolish_organisation(*store, kTester, {"A", {}}));
  EXPECT_EQ(take_back(moved), "registry.parent_ended");

  command_of(abolish_organisation(*store, kTester, {"A1", {}}));
  const Id reopened = command_of(reopen_organisation(*store, kTester, {"A1", {}}));
  join(*store, "M", a1, kToday);
  EXPECT_EQ(take_back(reopened), "registry.has_members");
}

TEST_F(UndoTest, KnowsWhatItCannotDo) {
  EXPECT_EQ(take_back(kNoId), "registry.command_missing");
  EXPECT_EQ(take_back(12345), "registry.command_missing");
  CreateOrganisation command;
  command.name = "N";
  command.kind = "branch";
  EXPECT_EQ(take_back(command_of(create_organisation(*store, kTester, command))),
            "registry.not_undoable");
  const MergeOrganisations merger{{"A1"}, "B", {}, {}};
  EXPECT_EQ(take_back(command_of(merge_organisations(*store, kTester, merger))),
            "registry.not_undoable");
  const Id renamed = command_of(rename_organisation(*store, kTester, {"A", "X", {}}));
  const Id undone = command_of(undo(*store, kTester, {renamed}));
  EXPECT_EQ(take_back(undone), "registry.not_undoable");
}

}  // namespace
}  // namespace jishi::registry
