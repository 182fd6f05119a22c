#include "modules/workflow/cases/opening.hpp"

#include <gtest/gtest.h>

namespace jishi::workflow {

namespace {

std::string verdict(std::string_view process, const char* variables) {
  const auto error = refuse_year(process, process != "task", *make_date(2026, 11, 30),
                                 boost::json::parse(variables).as_object());
  return error ? error->code : "";
}

}  // namespace

TEST(Opening, AYearIsOneThatTheProcedureCanBeAbout) {
  EXPECT_EQ(verdict("year_plan", R"({"year": 2026})"), "");
  EXPECT_EQ(verdict("year_plan", R"({"year": 2027})"), "");
  EXPECT_EQ(verdict("year_plan", R"({"year": 2025})"), "workflow.year_unfit");
  EXPECT_EQ(verdict("year_plan", R"({"year": 1990})"), "workflow.year_unfit");
  EXPECT_EQ(verdict("year_plan", R"({"year": "x"})"), "workflow.year_unfit");
  EXPECT_EQ(verdict("year_plan", R"({"year": null})"), "");
  EXPECT_EQ(verdict("year_plan", "{}"), "");
  EXPECT_EQ(verdict("appraisal", R"({"year": 2025})"), "");
  EXPECT_EQ(verdict("appraisal", R"({"year": 2027})"), "workflow.year_unfit");
  EXPECT_EQ(verdict("dues_base", R"({"year": 2027})"), "");
  EXPECT_EQ(verdict("dues_base", R"({"year": 2024})"), "workflow.year_unfit");
  EXPECT_EQ(verdict("task", R"({"year": 1990})"), "");
}

}  // namespace jishi::workflow
