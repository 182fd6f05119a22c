#include "modules/registry/structure/create/create_organisation.hpp"

#include <gtest/gtest.h>

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {
namespace {

const Date kToday = day(2026, 3, 1);

TEST(RefuseCreate, Table) {
  const Standing parent{2, "P", "某党委", "committee", {}, {}, kNoId, {}, {}};
  const std::pair<std::string, std::function<void(CreateView&)>> cases[] = {
      {"", [](CreateView&) {}},
      {"", [](CreateView& view) { view.parent.reset(); }},
      {"", [](CreateView& view) { view.when.on = day(1921, 7, 23); }},
      {"registry.name_missing", [](CreateView& view) { view.name.clear(); }},
      {"registry.name_too_long", [](CreateView& view) { view.name = std::string(201, 'x'); }},
      {"registry.kind_missing", [](CreateView& view) { view.kind.clear(); }},
      {"registry.code_too_long", [](CreateView& view) { view.code = std::string(65, '1'); }},
      {"registry.code_taken", [](CreateView& view) { view.code_taken = true; }},
      {"registry.name_taken", [](CreateView& view) { view.name_taken = true; }},
      {"registry.too_deep", [](CreateView& view) { view.too_deep = true; }},
      {"registry.date_in_future", [](CreateView& view) { view.when.on = day(2026, 3, 2); }},
      {"registry.parent_ended", [](CreateView& view) { view.parent->ended = kToday; }},
      {"registry.parent_not_founded",
       [](CreateView& view) { view.parent->founded = day(2027, 1, 1); }},
      {"registry.parent_not_in_structure", [](CreateView& view) { view.parent->parent.reset(); }},
  };
  for (const auto& [verdict, change] : cases) {
    CreateView view{"某支部", "branch", "C1", parent, {kToday, kToday}};
    change(view);
    const auto refusal = refuse_create(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

TEST(Create, StandsInTheTreeFromItsDay) {
  TestStore store(kToday);
  found(*store, "R", {}, day(2000, 1, 1));
  CreateOrganisation command;
  command.name = " 第一　支部 ";
  command.kind = "branch";
  command.parent = "r";
  command.on = day(2020, 5, 1);
  command.unit_name = "某社区";
  const auto made = create_organisation(*store, kTester, command);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->undo, "registry.abolish_organisation");
  const auto& change = made->organisations.at(0);
  EXPECT_EQ(change.name, "第一支部");
  EXPECT_EQ(change.code, "JS" + std::to_string(change.organisation));
  EXPECT_EQ(path_on(*store, change.organisation, day(2020, 5, 1)), "R " + change.code);
  EXPECT_EQ(subtree_on(*store, change.organisation, day(2020, 4, 30)), "");
  EXPECT_TRUE(closure_holds(*store));
  EXPECT_EQ(create_organisation(*store, kTester, command).error().code, "registry.name_taken");
  command.parent.reset();
  command.code = "r";
  EXPECT_EQ(create_organisation(*store, kTester, command).error().code, "registry.code_taken");
}

TEST(Create, OfAnotherStructureIsNoPartyOrganisation) {
  TestStore store(kToday);
  CreateOrganisation command;
  command.name = "第一网格";
  command.kind = "grid";
  command.structure = "grid";
  const auto made = create_organisation(*store, kTester, command);
  ASSERT_TRUE(made);
  EXPECT_EQ(children_on(*store, kNoId, kToday), "");
  EXPECT_TRUE(closure_holds(*store, "grid"));
  EXPECT_TRUE(closure_holds(*store));
}

}  // namespace
}  // namespace jishi::registry
