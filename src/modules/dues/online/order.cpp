#include "modules/dues/online/order.hpp"

#include <algorithm>
#include <set>

namespace jishi::dues {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;

Error month_error(ErrorKind kind, std::string_view code, int month) {
  return fail(kind, code, {{"path", "months"}, {"month", month_at(month).text()}});
}

std::optional<Error> refuse_month(const OrderView& view, int month) {
  if (month > view.this_month) return month_error(ErrorKind::refused, "dues.month_not_due", month);
  if (is_too_old(month, view.this_month)) {
    Error error = month_error(ErrorKind::refused, "dues.month_too_old", month);
    error.arguments.emplace_back("limit", std::to_string(kMonthsBack));
    return error;
  }
  const auto found = view.standing.find(month);
  if (found == view.standing.end())
    return month_error(ErrorKind::refused, "dues.month_not_fixed", month);
  if (found->second.paid >= found->second.due)
    return month_error(ErrorKind::conflict, "dues.month_paid_already", month);
  if (view.being_checked.contains(month))
    return month_error(ErrorKind::conflict, "dues.month_being_checked", month);
  return std::nullopt;
}

}  // namespace

bool is_unpaid(OrderState state) {
  return state == OrderState::open || state == OrderState::failed ||
         state == OrderState::cancelled || state == OrderState::expired;
}

std::optional<Error> refuse_order(const OrderView& view) {
  if (!view.on) return fail(ErrorKind::refused, "dues.online_off");
  if (!view.member) return fail(ErrorKind::refused, "dues.online_not_member");
  if (view.months.empty())
    return fail(ErrorKind::invalid, "dues.months_missing", {{"path", "months"}});
  std::set<int> seen;
  for (const int month : view.months) {
    if (!seen.insert(month).second)
      return month_error(ErrorKind::invalid, "dues.month_twice", month);
    if (auto refused = refuse_month(view, month)) return refused;
  }
  if (view.waiting) return fail(ErrorKind::conflict, "dues.order_waiting");
  if (view.made_lately >= kMostOrdersADay) {
    return fail(ErrorKind::limited, "dues.too_many_orders",
                {{"limit", std::to_string(kMostOrdersADay)}});
  }
  return std::nullopt;
}

Verdict judge(const OrderMeets& meets, ToldState told) {
  const OrderState state = meets.state;
  if (told == ToldState::paid && !meets.amount_fits)
    return {is_unpaid(state) ? OrderState::to_check : state, false, true};
  if (!is_unpaid(state) || told == ToldState::waiting) return {state, false, false};
  if (told == ToldState::paid) {
    return {meets.months_free ? OrderState::paid : OrderState::to_refund, meets.months_free, false};
  }
  if (state != OrderState::open) return {state, false, false};
  return {told == ToldState::failed ? OrderState::failed : OrderState::cancelled, false, false};
}

std::optional<std::int64_t> next_look(OrderState state, std::int64_t expires, std::int64_t changed,
                                      std::int64_t now) {
  if (!is_unpaid(state)) return std::nullopt;
  if (state == OrderState::open)
    return expires > now ? std::min(expires, now + kMinuteMs) : now + kMinuteMs;
  if (now - changed >= kDayMs) return std::nullopt;
  return now + kHourMs;
}

}  // namespace jishi::dues
