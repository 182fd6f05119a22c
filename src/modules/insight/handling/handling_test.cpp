#include "modules/insight/handling/handling.hpp"

#include <gtest/gtest.h>

namespace jishi::insight {
namespace {

const Date kToday = *make_date(2026, 6, 30);

struct Case {
  const char* what;
  std::function<void(HandlingView&)> change;
  const char* refusal;  // nullptr: it is done
};

HandlingView explained() {
  return {
      {HandlingKind::explained, "换届方案已报请示", *make_date(2026, 9, 30)}, kToday, true, false};
}

TEST(RefuseHandling, Table) {
  const Case cases[] = {
      {"explained", [](auto&) {}, nullptr},
      {"until today", [](auto& view) { view.asked.until = kToday; }, nullptr},
      {"until the last day", [](auto& view) { view.asked.until = *make_date(2026, 12, 30); },
       nullptr},
      {"a day too long", [](auto& view) { view.asked.until = *make_date(2026, 12, 31); },
       "insight.handling_until"},
      {"yesterday", [](auto& view) { view.asked.until = *make_date(2026, 6, 29); },
       "insight.handling_until"},
      {"no day", [](auto& view) { view.asked.until.reset(); }, "insight.handling_until"},
      {"no reason", [](auto& view) { view.asked.reason.reset(); }, "insight.handling_reason"},
      {"blanks", [](auto& view) { view.asked.reason = "  \t   "; }, "insight.handling_reason"},
      {"three characters", [](auto& view) { view.asked.reason = "已处理"; },
       "insight.handling_reason"},
      {"far too many", [](auto& view) { view.asked.reason = std::string(501, 'x'); },
       "insight.handling_reason"},
      {"out meanwhile", [](auto& view) { view.lit = false; }, "insight.light_not_lit"},
      {"taken needs neither",
       [](auto& view) {
         view.asked = {HandlingKind::taken, {}, {}};
       },
       nullptr},
      {"waived by oneself", [](auto& view) { view.asked.what = HandlingKind::waived; },
       "insight.waiver_by_superior"},
      {"waived from above",
       [](auto& view) {
         view.asked.what = HandlingKind::waived;
         view.asked.until = *make_date(2027, 7, 1);
         view.by_superior = true;
       },
       nullptr},
  };
  for (const Case& one : cases) {
    HandlingView view = explained();
    one.change(view);
    const auto refusal = refuse_handling(view);
    EXPECT_EQ(refusal ? refusal->code : "", one.refusal == nullptr ? "" : one.refusal) << one.what;
  }
}

}  // namespace
}  // namespace jishi::insight
