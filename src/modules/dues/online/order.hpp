#pragma once
// The decisions about an order, without a store: whether it may be made, and what becomes of it by
// what the provider tells.

#include <map>
#include <set>
#include <vector>

#include "base/date.hpp"
#include "modules/dues/online/provider.hpp"

namespace jishi::dues {

/// Months before this one that may still be paid: 中组发〔2008〕3号, as in intake/statement.
inline constexpr int kMonthsBack = 6;
/// Whether a month is further back than may be paid in another; both as month_index().
constexpr bool is_too_old(int month, int paid_in) {
  return month < paid_in - kMonthsBack;
}
inline constexpr std::int64_t kOrderHoldsMs = std::int64_t{30} * 60 * 1000;
inline constexpr int kMostOrdersADay = 20;  // of a person, within 24 hours

/// open: waits for the money; the next three ended without it. to_refund: paid, but the months were
/// paid otherwise meanwhile; to_check: the provider tells of another amount. Both wait for a
/// person; refunded and handled: a person has seen to it.
enum class OrderState {
  open,
  paid,
  failed,
  cancelled,
  expired,
  to_refund,
  refunded,
  to_check,
  handled
};
BOOST_DESCRIBE_ENUM(OrderState, open, paid, failed, cancelled, expired, to_refund, refunded,
                    to_check, handled)

/// Whether no money has come for it: open, or ended without.
bool is_unpaid(OrderState state);

/// What is due for a month, and what is on record for it. In cents.
struct MonthStanding {
  std::int64_t due = 0;
  std::int64_t paid = 0;
};

/// What the decision to make an order looks at.
struct OrderView {
  bool on = false;      // there is a provider
  bool member = false;  // the account is of somebody on the roll
  int this_month = 0;   // month_index()
  std::vector<int> months;
  std::map<int, MonthStanding> standing;  // of the months for which something was fixed
  std::set<int> being_checked;            // of orders that a person has to look at
  bool waiting = false;                   // an order is open
  int made_lately = 0;                    // within 24 hours
};

/// dues.online_off, online_not_member, months_missing, month_twice, month_not_due, month_too_old,
/// month_not_fixed, month_paid_already, month_being_checked, order_waiting, too_many_orders.
/// Nothing: it may be made.
std::optional<Error> refuse_order(const OrderView& view);

/// What a notification meets.
struct OrderMeets {
  OrderState state = OrderState::open;
  bool amount_fits = true;
  bool months_free = true;  // nothing was recorded for them since the order was made
};

/// What becomes of it: the state it is in then, whether its payments are recorded, and whether the
/// provider is told that its word was not taken.
struct Verdict {
  OrderState next = OrderState::open;
  bool records = false;
  bool refused = false;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// Money that was taken is never passed over: a success counts also after the order was cancelled,
/// had failed or expired. What was settled stays as it is, however often it is told.
Verdict judge(const OrderMeets& meets, ToldState told);

/// When the provider is asked next: every minute while it is open, for a day every hour where it
/// ended without money, then no more. `changed`, `expires`, `now`: milliseconds since 1970.
std::optional<std::int64_t> next_look(OrderState state, std::int64_t expires, std::int64_t changed,
                                      std::int64_t now);

}  // namespace jishi::dues
