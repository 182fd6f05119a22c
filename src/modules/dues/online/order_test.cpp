#include "modules/dues/online/order.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace jishi::dues {
namespace {

using enum OrderState;

constexpr OrderState kAll[] = {open,      paid,     failed,   cancelled, expired,
                               to_refund, refunded, to_check, handled};
constexpr std::int64_t kHour = 3'600'000;

const int kMonth = month_index(2026, 11);

TEST(RefuseOrder, Table) {
  const std::pair<std::string, std::function<void(OrderView&)>> cases[] = {
      {"", [](OrderView&) {}},
      {"",
       [](OrderView& view) {
         view.months = {kMonth - 6, kMonth};
       }},
      {"dues.online_off", [](OrderView& view) { view.on = false; }},
      {"dues.online_not_member", [](OrderView& view) { view.member = false; }},
      {"dues.months_missing", [](OrderView& view) { view.months.clear(); }},
      {"dues.month_twice",
       [](OrderView& view) {
         view.months = {kMonth, kMonth};
       }},
      {"dues.month_not_due", [](OrderView& view) { view.months = {kMonth + 1}; }},
      {"dues.month_too_old", [](OrderView& view) { view.months = {kMonth - 7}; }},
      {"dues.month_not_fixed", [](OrderView& view) { view.standing.erase(kMonth); }},
      {"dues.month_paid_already", [](OrderView& view) { view.standing[kMonth].paid = 1000; }},
      {"dues.month_paid_already", [](OrderView& view) { view.standing[kMonth].paid = 1001; }},
      {"", [](OrderView& view) { view.standing[kMonth].paid = 999; }},
      {"dues.month_paid_already",
       [](OrderView& view) {
         view.standing[kMonth] = {0, 0};
       }},
      {"dues.month_being_checked", [](OrderView& view) { view.being_checked = {kMonth}; }},
      {"", [](OrderView& view) { view.being_checked = {kMonth - 1}; }},
      {"dues.order_waiting", [](OrderView& view) { view.waiting = true; }},
      {"dues.too_many_orders", [](OrderView& view) { view.made_lately = kMostOrdersADay; }},
      {"", [](OrderView& view) { view.made_lately = kMostOrdersADay - 1; }},
  };
  for (const auto& [verdict, change] : cases) {
    OrderView view;
    view.on = view.member = true;
    view.this_month = kMonth;
    view.months = {kMonth};
    for (int month = kMonth - 8; month <= kMonth + 1; ++month) view.standing[month] = {1000, 0};
    change(view);
    const auto refusal = refuse_order(view);
    EXPECT_EQ(refusal ? refusal->code : "", verdict);
  }
}

TEST(Judge, Table) {
  constexpr Verdict kRecorded{paid, true, false};
  constexpr Verdict kRefund{to_refund, false, false};
  constexpr Verdict kCheck{to_check, false, true};
  const auto stays = [](OrderState state) { return Verdict{state, false, false}; };
  struct Case {
    OrderState state;
    Verdict paid_well;       // the amount of the order, months free
    Verdict paid_meanwhile;  // the amount, but months were paid otherwise
    Verdict other_amount;
    Verdict failed_then;
    Verdict cancelled_then;
  };
  const Case cases[] = {
      {open, kRecorded, kRefund, kCheck, {failed, false, false}, {cancelled, false, false}},
      // Money that was taken counts, also when the order had ended.
      {failed, kRecorded, kRefund, kCheck, stays(failed), stays(failed)},
      {cancelled, kRecorded, kRefund, kCheck, stays(cancelled), stays(cancelled)},
      {expired, kRecorded, kRefund, kCheck, stays(expired), stays(expired)},
      // What was settled stays so, however often and in whatever order it is told.
      {paid, stays(paid), stays(paid), {paid, false, true}, stays(paid), stays(paid)},
      {to_refund,
       stays(to_refund),
       stays(to_refund),
       {to_refund, false, true},
       stays(to_refund),
       stays(to_refund)},
      {refunded,
       stays(refunded),
       stays(refunded),
       {refunded, false, true},
       stays(refunded),
       stays(refunded)},
      {to_check,
       stays(to_check),
       stays(to_check),
       {to_check, false, true},
       stays(to_check),
       stays(to_check)},
      {handled,
       stays(handled),
       stays(handled),
       {handled, false, true},
       stays(handled),
       stays(handled)},
  };
  ASSERT_EQ(std::size(cases), std::size(kAll));
  for (const Case& one : cases) {
    SCOPED_TRACE(boost::describe::enum_to_string(one.state, ""));
    EXPECT_EQ(judge({one.state, true, true}, ToldState::paid), one.paid_well);
    EXPECT_EQ(judge({one.state, true, false}, ToldState::paid), one.paid_meanwhile);
    EXPECT_EQ(judge({one.state, false, true}, ToldState::paid), one.other_amount);
    EXPECT_EQ(judge({one.state, false, false}, ToldState::paid), one.other_amount);
    EXPECT_EQ(judge({one.state, false, true}, ToldState::failed), one.failed_then);
    EXPECT_EQ(judge({one.state, false, true}, ToldState::cancelled), one.cancelled_then);
    EXPECT_EQ(judge({one.state, false, true}, ToldState::waiting), stays(one.state));
  }
}

TEST(Judge, RecordsAtMostOnceInWhateverOrderItIsTold) {
  constexpr ToldState kTold[] = {ToldState::waiting, ToldState::paid, ToldState::failed,
                                 ToldState::cancelled};
  constexpr int kRounds = 4 * 4 * 4 * 4;
  for (int round = 0; round < kRounds; ++round) {
    OrderState state = open;
    int recorded = 0;
    bool was_paid = false;
    for (int rest = round, step = 0; step < 4; ++step, rest /= 4) {
      const ToldState told = kTold[rest % 4];
      was_paid = was_paid || told == ToldState::paid;
      const Verdict verdict = judge({state, true, true}, told);
      recorded += verdict.records ? 1 : 0;
      state = verdict.next;
    }
    EXPECT_EQ(recorded, was_paid ? 1 : 0) << round;
    EXPECT_EQ(state == paid, was_paid) << round;
  }
}

TEST(NextLook, Table) {
  const std::int64_t now = 1'000 * kHour;
  // Open: every minute, and when its time is over.
  EXPECT_EQ(next_look(open, now + kHour, now, now), now + 60'000);
  EXPECT_EQ(next_look(open, now + 1'000, now, now), now + 1'000);
  EXPECT_EQ(next_look(open, now - 1, now, now), now + 60'000);
  for (const OrderState state : {failed, cancelled, expired}) {
    EXPECT_EQ(next_look(state, now, now, now), now + kHour);
    EXPECT_EQ(next_look(state, now, now - 23 * kHour, now), now + kHour);
    EXPECT_EQ(next_look(state, now, now - 24 * kHour, now), std::nullopt);
  }
  for (const OrderState state : {paid, to_refund, refunded, to_check, handled})
    EXPECT_EQ(next_look(state, now + kHour, now, now), std::nullopt);
}

}  // namespace
}  // namespace jishi::dues
