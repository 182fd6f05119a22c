#include "modules/registry/structure/rename/rename_organisation.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

TEST(RefuseRename, Table) {
  const std::pair<std::string, std::function<void(RenameView&)>> cases[] = {
      {"", [](RenameView&) {}},
      {"registry.name_missing", [](RenameView& view) { view.name.clear(); }},
      {"registry.name_too_long", [](RenameView& view) { view.name = std::string(201, 'x'); }},
      {"registry.same_name", [](RenameView& view) { view.name = "旧名"; }},
      {"registry.name_taken", [](RenameView& view) { view.name_taken = true; }},
      {"registry.already_ended", [](RenameView& view) { view.organisation.ended = kToday; }},
      {"registry.date_in_future", [](RenameView& view) { view.when.on = day(2026, 3, 2); }},
      {"registry.before_founding", [](RenameView& view) { view.when.on = day(2010, 12, 31); }},
  };
  for (const auto& [verdict, change] : cases) {
    RenameView view{
        {1, "C", "旧名", "branch", day(2011, 1, 1), {}, 2, {}, {}}, "新名", {kToday, kToday}};
    change(view);
    const auto refusal = refuse_rename(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

TEST(Rename, KeepsTheFormerNameAndRanksAboveAnImport) {
  TestStore store(kToday);
  found(*store, "R", {}, day(2000, 1, 1));
  const Id a = found(*store, "A", "R");
  found(*store, "B", "R");
  EXPECT_EQ(rename_organisation(*store, kTester, {"A", "B", {}}).error().code,
            "registry.name_taken");
  const auto renamed = rename_organisation(*store, kTester, {"A", "新名", {}});
  ASSERT_TRUE(renamed);
  EXPECT_EQ(renamed->organisations.at(0).name_before, "A");
  const auto history = history_of(*store, a);
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].field, "name");
  EXPECT_EQ(history[0].before, "A");
  EXPECT_EQ(history[0].source, "manual");
  const auto told = store->write(kTester, [&](Transaction& tx) {
    OrganisationRecord record;
    record.name = "A";
    return Result<Recorded>(
        record_organisation(tx, origin_of(tx, "workbook", std::nullopt, tx.new_id()), a, record));
  });
  ASSERT_TRUE(told);
  EXPECT_EQ(store->read([&](db::Reader& reader) { return organisation(reader, a)->name; }), "新名");
}

}  // namespace
}  // namespace jishi::registry
