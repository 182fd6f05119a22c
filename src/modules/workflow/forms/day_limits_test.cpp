#include "modules/workflow/forms/day_limits.hpp"

#include <gtest/gtest.h>

#include "base/feel/json.hpp"

namespace jishi::workflow {

namespace {

constexpr const char* kForm = R"form({"properties": {
  "talked_on": {"type": "string", "format": "date", "title": "谈话日期", "x-not-after": "today",
    "x-not-before": [{"day": "applied_on", "zh": "递交申请书之日", "en": "the application"},
                     {"day": "date(applied_on) + duration(rule.after)", "zh": "满三个月",
                      "en": "three months on"}]},
  "reviewed_on": {"type": "string", "format": "date", "title": "考察日期", "x-not-after": "today",
    "x-not-before": ["activist_on", "date(reviewed_on) + duration(\"P6M\")"]},
  "away_until": {"type": "string", "format": "date", "title": "外出结束",
    "x-not-after": "date(away_from) + duration(\"P6M\")", "x-not-before": "away_from"},
  "posted_on": {"type": "string", "format": "date", "title": "任职",
    "x-not-before": {"day": "date(today) - duration(\"P1Y\")", "zh": "补登一年", "own": true}},
  "approved_on": {"type": "string", "format": "date", "title": "审批日期", "x-not-after": ["today",
    {"day": "date(met_on) + duration(if special = true then \"P6M\" else \"P3M\")", "zh": "期限",
     "en": "the term", "unshown": true}]},
  "notice_from": {"type": "string", "format": "date", "title": "公示", "x-not-before": "opened"},
  "away_from": {"type": "string", "format": "date"}}})form";

const Date kToday = *make_date(2026, 11, 30);

std::string verdict(const std::string& held, const std::string& given, bool whole = false) {
  const auto before = *feel::value_from_json(held);
  const auto more = *feel::value_from_json(given);
  const StepDays days{kToday, *make_date(2026, 11, 20), *make_date(2026, 11, 10)};
  const auto form = boost::json::parse(kForm).as_object();
  const auto error = refuse_days(form, {before, more, days, "细则第七条", whole}, Language::zh);
  if (!error) return "";
  std::string words = error->code.substr(9);
  for (const auto& [name, value] : error->arguments) {
    if (name == "limit" || name == "reason") words += " " + value;
  }
  return words;
}

}  // namespace

TEST(DayLimits, ADayIsHeldAgainstTodayAndTheStepsBefore) {
  const std::string applied = R"({"applied_on": "2026-06-01", "rule": {"after": "P3M"}})";
  EXPECT_EQ(verdict(applied, R"({"talked_on": "2026-12-01"})"),
            "day_too_late 2026-11-30 （今天，细则第七条）");
  EXPECT_EQ(verdict(applied, R"({"talked_on": "2026-08-31"})"),
            "day_too_early 2026-09-01 （满三个月，细则第七条）");
  EXPECT_EQ(verdict(applied, R"({"talked_on": "2026-09-01"})"), "");
  EXPECT_EQ(verdict(applied, R"({"talked_on": "2026-11-30"})"), "");
  EXPECT_EQ(verdict(applied, R"({"talked_on": null})"), "");
  EXPECT_EQ(verdict("{}", R"({"talked_on": "2020-01-01"})"), "");  // nothing to be held against
}

TEST(DayLimits, AFieldThatComesAgainIsHeldAgainstWhatItWas) {
  const std::string held = R"({"activist_on": "2025-01-01", "reviewed_on": "2026-03-01"})";
  EXPECT_EQ(verdict(held, R"({"reviewed_on": "2026-08-31"})"),
            "day_too_early 2026-09-01 （细则第七条）");
  EXPECT_EQ(verdict(held, R"({"reviewed_on": "2026-09-01"})"), "");
  EXPECT_EQ(verdict(held, "{}"), "");
  EXPECT_EQ(verdict(held, "{}", true), "day_too_early 2026-09-01 （细则第七条）");
  // Done again before another half year: the step before it still holds.
  const std::string again = R"({"activist_on": "2025-01-01", "reviewed_on": "2026-11-25"})";
  EXPECT_EQ(verdict(again, R"({"reviewed_on": "2026-11-24"})"), "");
  EXPECT_EQ(verdict(again, R"({"reviewed_on": "2024-12-31"})"),
            "day_too_early 2025-01-01 （细则第七条）");
}

TEST(DayLimits, FieldsOfOneAnswerAreHeldAgainstEachOtherAndThePlannedMayBeAhead) {
  EXPECT_EQ(verdict("{}", R"({"away_from": "2026-12-10", "away_until": "2027-06-10"})"), "");
  EXPECT_EQ(verdict("{}", R"({"away_from": "2026-12-10", "away_until": "2027-06-11"})"),
            "day_too_late 2027-06-10 （细则第七条）");
  EXPECT_EQ(verdict("{}", R"({"away_from": "2026-12-10", "away_until": "2026-12-09"})"),
            "day_too_early 2026-12-10 （细则第七条）");
  EXPECT_EQ(verdict("{}", R"({"notice_from": "2026-11-19"})"),
            "day_too_early 2026-11-20 （细则第七条）");
}

TEST(DayLimits, APracticeOfOursIsNotPutDownToTheClause) {
  EXPECT_EQ(verdict("{}", R"({"posted_on": "1990-01-01"})"),
            "day_too_early 2025-11-30 （补登一年）");
  EXPECT_EQ(verdict("{}", R"({"posted_on": "2025-11-30"})"), "");
}

TEST(DayLimits, ALimitThatTheAnswerMovesIsHeldToAndNotShown) {
  const std::string held = R"({"met_on": "2026-07-01"})";
  EXPECT_EQ(verdict(held, R"({"approved_on": "2026-10-01"})"), "");
  EXPECT_EQ(verdict(held, R"({"approved_on": "2026-10-02", "special": false})"),
            "day_too_late 2026-10-01 （期限，细则第七条）");
  EXPECT_EQ(verdict(held, R"({"approved_on": "2026-10-02", "special": true})"), "");
  const auto form = with_day_limits(boost::json::parse(kForm).as_object(),
                                    *feel::value_from_json(held), {kToday, kToday, kToday});
  EXPECT_EQ(form.at("properties").at("approved_on").at("formatMaximum").as_string(), "2026-11-30");
}

TEST(DayLimits, TheFormSaysWhatTheyComeTo) {
  const auto held = *feel::value_from_json(R"({"applied_on": "2026-06-01", "rule": {"after": "P3M"},
                                               "reviewed_on": "2026-11-25"})");
  const auto form =
      with_day_limits(boost::json::parse(kForm).as_object(), held, {kToday, kToday, kToday});
  const auto& fields = form.at("properties").as_object();
  EXPECT_EQ(fields.at("talked_on").at("formatMinimum").as_string(), "2026-09-01");
  EXPECT_EQ(fields.at("talked_on").at("formatMaximum").as_string(), "2026-11-30");
  EXPECT_FALSE(fields.at("reviewed_on").as_object().contains("formatMinimum"));
  EXPECT_FALSE(fields.at("away_until").as_object().contains("formatMaximum"));
}

}  // namespace jishi::workflow
