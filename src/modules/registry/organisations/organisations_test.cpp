#include "modules/registry/organisations/organisations.hpp"

#include <gtest/gtest.h>

#include "modules/registry/test_records.hpp"

namespace jishi::registry {
namespace {

const Teller kWorkbook{"workbook", std::nullopt};

OrganisationRecord record_of(std::string_view code, std::string_view name,
                             std::optional<Id> parent = std::nullopt) {
  OrganisationRecord record;
  record.code = code;
  record.name = name;
  record.kind = "branch";
  record.parent = parent;
  return record;
}

class Organisations : public testing::Test {
 protected:
  Id make(std::string_view code, std::string_view name, std::optional<Id> parent = std::nullopt) {
    return archive.organisation(kWorkbook, std::nullopt, record_of(code, name, parent)).id;
  }
  void rebuild() {
    const auto done = archive.store().write(kTester, [](Transaction& tx) {
      rebuild_ancestry(tx, kPartyStructure);
      return Result<Done>(Done{});
    });
    ASSERT_TRUE(done);
  }
  template <class Use>
  auto read(Use use) {
    return archive.store().read(use);
  }

  Archive archive;
};

TEST_F(Organisations, AreFoundByCodeHoweverItIsWritten) {
  const Id id = make("ab-1", "某支部");
  for (const char* written : {"ab-1", "AB-1", " ab -1 ", "ＡＢ-1"}) {
    EXPECT_EQ(read([&](db::Reader& reader) { return organisation_by_code(reader, written); }), id);
  }
  EXPECT_FALSE(read([&](db::Reader& reader) { return organisation_by_code(reader, "ab-2"); }));
}

TEST_F(Organisations, AreFoundByNameUnderTheirParent) {
  const Id a = make("A", "甲");
  const Id b = make("B", "乙");
  const Id one = make("A1", "第一支部", a);
  const Id two = make("B1", "第一支部", b);
  read([&](db::Reader& reader) {
    EXPECT_EQ(organisation_named_under(reader, "第一支部", a), one);
    EXPECT_EQ(organisation_named_under(reader, "第一支部", b), two);
    EXPECT_FALSE(organisation_named_under(reader, "第一支部", kNoId));
    EXPECT_EQ(organisations_named(reader, "第一支部"), (std::vector<Id>{one, two}));
    return 0;
  });
}

TEST_F(Organisations, ACodeOfTheProgramsOwnGivesWay) {
  const Id id = make("", "某支部");
  EXPECT_EQ(archive.organisation(id).code, "JS" + std::to_string(id));
  EXPECT_FALSE(archive.organisation(id).code_given);
  EXPECT_EQ(archive.organisation(kWorkbook, id, record_of("X1", "某支部")).outcome,
            Outcome::changed);
  EXPECT_EQ(archive.organisation(id).code, "X1");
  archive.organisation(kWorkbook, id, record_of("X2", "某支部"));
  EXPECT_EQ(archive.organisation(id).code, "X1");
}

TEST_F(Organisations, AnotherParentIsAMoveFromToday) {
  const Id a = make("A", "甲");
  const Id b = make("B", "乙");
  OrganisationRecord record = record_of("C", "丙", a);
  record.founded = day(2020, 1, 1);
  const Id id = archive.organisation(kWorkbook, std::nullopt, record).id;
  record.parent = b;
  EXPECT_EQ(archive.organisation(kWorkbook, id, record).outcome, Outcome::changed);
  rebuild();
  EXPECT_EQ(path_on(archive.store(), id, day(2026, 3, 1)), "B C");
  EXPECT_EQ(children_on(archive.store(), a, day(2026, 2, 28)), "C");
  EXPECT_EQ(children_on(archive.store(), b, day(2026, 2, 28)), "");
  // There and back on one day leaves one link.
  record.parent = a;
  archive.organisation(kWorkbook, id, record);
  static constexpr Statement kLinks{
      "test.links",
      "select count(*) from registry_link l join registry_organisation o on o.id = l.child"
      " where o.code = 'C' and (l.valid_to is null or l.valid_to > l.valid_from)"};
  EXPECT_EQ(archive.ask(kLinks), 2);
}

TEST_F(Organisations, SeveralShareAUnit) {
  OrganisationRecord record = record_of("A", "甲");
  record.unit_name = "某公司";
  record.credit_code = "91350100M000100Y43";
  archive.organisation(kWorkbook, std::nullopt, record);
  record.code = "B";
  record.name = "乙";
  archive.organisation(kWorkbook, std::nullopt, record);
  static constexpr Statement kUnits{"test.units", "select count(*) from registry_unit"};
  static constexpr Statement kLinks{"test.links", "select count(*) from registry_unit_link"};
  EXPECT_EQ(archive.ask(kUnits), 1);
  EXPECT_EQ(archive.ask(kLinks), 2);
}

TEST_F(Organisations, AWithdrawnOneLeavesNoTrace) {
  const Id id = make("A", "甲");
  const auto done = archive.store().write(kTester, [&](Transaction& tx) {
    withdraw_organisation(tx, id);
    rebuild_ancestry(tx, kPartyStructure);
    return Result<Done>(Done{});
  });
  ASSERT_TRUE(done);
  static constexpr Statement kLinks{"test.links",
                                    "select (select count(*) from registry_link) +"
                                    " (select count(*) from registry_ancestry)"};
  EXPECT_EQ(archive.ask(kLinks), 0);
  EXPECT_FALSE(read([&](db::Reader& reader) { return organisation_by_code(reader, "A"); }));
}

}  // namespace
}  // namespace jishi::registry
