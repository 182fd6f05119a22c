#include "modules/intake/import/office_for_test.hpp"

namespace jishi::intake {
namespace {

using testing::Office;

const std::string kHead = "组织代码,组织名称,上级组织代码,组织类别\n";

/// The refusals of one sheet of organisations, `row code@column` each.
std::string refusals_of(const std::string& rows, const std::string& before = "") {
  Office office;
  if (!before.empty()) {
    office.write("before.csv", kHead + before);
    EXPECT_EQ(office.import({"before.csv"}).refusals(), "");
  }
  office.write("o.csv", kHead + rows);
  std::string all;
  for (const auto& [place, text] : office.import({"o.csv"}).said.refusals)
    all += place.substr(6) + " " + text + "\n";
  return all;
}

TEST(OrganisationRefusals, NeedTheirSuperior) {
  EXPECT_EQ(refusals_of("A,甲,,党委\nB,乙,A,支部\nC,丙,甲,支部\n"), "");
  EXPECT_EQ(refusals_of("B,乙,A,支部\nA,甲,,党委\n"), "") << "in any order";
  EXPECT_EQ(refusals_of("B,乙,甲,支部\n", "A,甲,,党委\n"), "") << "by name, in the store";
  EXPECT_EQ(refusals_of("B,乙,a ,支部\n", "A,甲,,党委\n"), "") << "codes without case and blanks";
  EXPECT_EQ(refusals_of("B,乙,X,支部\n"), "2 parent_missing@上级组织代码\n");
  EXPECT_EQ(refusals_of("B,乙,X,支部\nC,丙,B,党小组\nD,丁,丙,党小组\n"),
            "2 parent_missing@上级组织代码\n3 parent_missing@上级组织代码\n"
            "4 parent_missing@上级组织代码\n")
      << "so too below a refused row";
  EXPECT_EQ(refusals_of("A,甲,,分会\nB,乙,A,支部\n"),
            "2 code_unknown@组织类别\n3 parent_missing@上级组织代码\n");
  EXPECT_EQ(refusals_of("B,乙,X,分会\n"), "2 code_unknown@组织类别 parent_missing@上级组织代码\n")
      << "together";
}

TEST(OrganisationRefusals, ARefusedRowOfOneOnRecordStillHoldsThoseBelowIt) {
  // The store holds A; the row that would change it is refused, and B may stand below what is held.
  Office office;
  office.write("before.csv", kHead + "A,甲,,党委\n");
  office.import({"before.csv"});
  office.write("o.csv", kHead + "A,甲,,分会\nB,乙,A,支部\n");
  const auto said = office.import({"o.csv"}).refusals();
  EXPECT_TRUE(said == "o.csv:2 code_unknown@组织类别\n" ||
              said == "o.csv:2 code_unknown@组织类别\no.csv:3 parent_missing@上级组织代码\n")
      << said;
  EXPECT_EQ(office.rows("select o.code, d.rows from intake_doubt d join registry_organisation o"
                        " on o.id = d.subject where o.code = 'A'"),
            "A|1\n");
}

TEST(OrganisationRefusals, StandOnNoCycle) {
  EXPECT_EQ(refusals_of("A,甲,A,党委\n"), "2 parent_cycle@上级组织代码\n");
  EXPECT_EQ(refusals_of("A,甲,甲,党委\n"), "2 parent_cycle@上级组织代码\n") << "through its name";
  EXPECT_EQ(refusals_of("A,甲,B,党委\nB,乙,A,总支\n"),
            "2 parent_cycle@上级组织代码\n3 parent_cycle@上级组织代码\n");
  EXPECT_EQ(
      refusals_of("A,甲,丙,党委\nB,乙,甲,总支\nC,丙,B,支部\nD,丁,C,党小组\n"),
      "2 parent_cycle@上级组织代码\n3 parent_cycle@上级组织代码\n4 parent_cycle@上级组织代码\n"
      "5 parent_missing@上级组织代码\n")
      << "below a cycle is not on it";
  EXPECT_EQ(refusals_of("A,甲,B,分会\nB,乙,A,总支\n"),
            "2 parent_cycle@上级组织代码\n3 parent_cycle@上级组织代码\n")
      << "alone, whatever else the row has";
}

TEST(OrganisationRefusals, StandOnNoCycleAcrossTheStore) {
  EXPECT_EQ(refusals_of("A,甲,C,党委\n", "A,甲,,党委\nB,乙,A,总支\nC,丙,B,支部\n"),
            "2 parent_cycle@上级组织代码\n");
  EXPECT_EQ(refusals_of("A,甲,C,党委\nC,丙,,支部\n", "A,甲,,党委\nB,乙,A,总支\nC,丙,B,支部\n"),
            "2 parent_cycle@上级组织代码\n")
      << "an empty cell says nothing: C stays below B";
  EXPECT_EQ(refusals_of("A,甲,C,党委\nC,丙,D,支部\nD,丁,,党委\n",
                        "A,甲,,党委\nB,乙,A,总支\nC,丙,B,支部\n"),
            "")
      << "C is moved away at the same time";
}

TEST(OrganisationRefusals, LinksOfTwoSourcesCloseNoCircle) {
  Office office;
  office.write("a.csv", kHead + "A,甲,,党委\nB,乙,A,总支\nD,丁,,党委\n");
  office.import({"a.csv"}, {.source = "high", .rank = 90});
  // B under D is not taken, for the rank; A under B would then close a circle.
  office.write("b.csv", kHead + "A,甲,B,党委\nB,乙,D,总支\nD,丁,,党委\n");
  const auto outcome = office.import({"b.csv"}, {.source = "low", .rank = 10});
  ASSERT_TRUE(outcome.report);
  EXPECT_EQ(outcome.refusals(), "");
  EXPECT_EQ(office.rows("select count(*) from registry_conflict where field = 'parent'"), "2\n");
  EXPECT_EQ(office.count("registry_ancestry"), 4);
  EXPECT_EQ(office.import({"b.csv"}, {.source = "low", .rank = {}}).counts(), "b.csv 3 3 0 3\n");
}

TEST(OrganisationRefusals, AreKnownByTheirNameUnderTheirParent) {
  Office office;
  office.write("a.csv", kHead + "A,甲,,党委\nB,乙,,党委\n,机关支部,A,支部\n,机关支部,B,支部\n");
  const auto first = office.import({"a.csv"});
  EXPECT_EQ(first.refusals(), "");
  EXPECT_EQ(office.count("registry_organisation"), 4);
  EXPECT_EQ(office.import({"a.csv"}).counts(), "a.csv 4 4 0 4\n");
  EXPECT_EQ(office.rows("select count(*) from registry_organisation where code like 'JS%'"), "2\n");
  EXPECT_EQ(refusals_of("A,甲,,党委\n,机关支部,A,支部\n,机关支部,a,支部\n"),
            "4 duplicate_in_file@组织名称\n");
}

TEST(OrganisationRefusals, ANameOfSeveralIsAmbiguous) {
  const std::string two = "A,甲,,党委\nB,乙,,党委\nC,机关支部,A,支部\nD,机关支部,B,支部\n";
  EXPECT_EQ(refusals_of(two + "E,丁,机关支部,党小组\n"), "6 organisation_ambiguous@上级组织代码\n");
  EXPECT_EQ(refusals_of("E,丁,机关支部,党小组\n", two), "2 organisation_ambiguous@上级组织代码\n");
  EXPECT_EQ(refusals_of("C,机关支部,A,支部\nA,甲,,党委\nE,丁,机关支部,党小组\n",
                        "B,乙,,党委\nD,机关支部,B,支部\n"),
            "4 organisation_ambiguous@上级组织代码\n")
      << "over both";
  EXPECT_EQ(
      refusals_of("D,机关支部,B,支部\nE,丁,机关支部,党小组\n", "B,乙,,党委\nD,机关支部,B,支部\n"),
      "")
      << "the same one twice is one";
}

TEST(OrganisationRefusals, TheFirstAcceptableRowOfAKeyStands) {
  EXPECT_EQ(refusals_of("A,甲,,党委\nA,甲二,X,分会\n"), "3 duplicate_in_file@组织代码\n");
  EXPECT_EQ(refusals_of("A,甲,,分会\na,甲,,党委\nA,甲,,党委\n"),
            "2 code_unknown@组织类别\n4 duplicate_in_file@组织代码\n");
  EXPECT_EQ(refusals_of("A,甲,X,党委\nA,甲,,党委\nB,乙,A,支部\n"),
            "2 parent_missing@上级组织代码\n");
  Office office;
  office.write("o.csv", kHead + "A,甲,,党委\nB,乙,,党委\nA,丙,,党委\n");
  const auto outcome = office.import({"o.csv"});
  EXPECT_EQ(outcome.said.arguments.at("o.csv:4"), (Arguments{{"value", "A"}, {"first", "2"}}));
}

TEST(OrganisationRefusals, TheSameKeyInTwoFilesIsOneRecord) {
  Office office;
  const std::string head = "组织代码,组织名称,组织类别,任期,联系电话\n";
  office.write("a.csv", head + "A,甲,党委,3,\n");
  office.write("b.csv", head + "A,甲,党委,5,0571-1\n");
  const auto outcome = office.import({"b.csv", "a.csv"});
  EXPECT_EQ(outcome.counts(), "a.csv 1 1 0 0\nb.csv 1 1 0 0\n");
  EXPECT_EQ(office.rows("select term_years, phone is null from registry_organisation"), "3|0\n");
  EXPECT_EQ(office.rows("select field, state from registry_conflict"), "term_years|open\n");
  EXPECT_EQ(office.import({"a.csv", "b.csv"}).counts(), "a.csv 1 1 0 1\nb.csv 1 1 0 1\n");
}

TEST(OrganisationRefusals, ALongChainIsHeld) {
  std::string rows;
  const int length = 3'000;
  for (int i = length; i > 0; --i)
    rows += fmt::format("O{0},第{0}级,{1},总支\n", i, i == 1 ? "" : fmt::format("O{}", i - 1));
  Office office;
  office.write("o.csv", kHead + rows);
  const auto outcome = office.import({"o.csv"});
  EXPECT_EQ(outcome.counts(), fmt::format("o.csv {0} {0} 0 0\n", length));
}

}  // namespace
}  // namespace jishi::intake
