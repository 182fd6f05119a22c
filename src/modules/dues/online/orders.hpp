#pragma once
// Orders in the store: made, settled by what the provider tells, seen to by hand.

#include "api/call.hpp"
#include "modules/dues/online/order.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::dues {

inline constexpr int kMostOwnOrders = 20;  // that a member is shown, the latest
inline constexpr int kMaxOrdersAPage = 200;
inline constexpr std::size_t kMostHandlingReason = 1'500;  // bytes: some 500 characters

/// A row of dues_order.
struct OrderRow {
  Id id = kNoId;
  Id person = kNoId;
  Id organisation = kNoId;
  std::string provider;
  std::string state;
  std::int64_t amount_cents = 0;
  std::optional<std::int64_t> told_cents;
  std::string address;
  std::int64_t made = 0;
  std::int64_t expires = 0;
  std::int64_t changed = 0;
};
BOOST_DESCRIBE_STRUCT(OrderRow, (),
                      (id, person, organisation, provider, state, amount_cents, told_cents, address,
                       made, expires, changed))

OrderState state_of(const OrderRow& row);

struct OrderMonth {
  Period month;
  std::string amount;  // in yuan
};
BOOST_DESCRIBE_STRUCT(OrderMonth, (), (month, amount))

/// An order as its payer sees it.
struct DuesOrder {
  Id id = kNoId;
  OrderState state = OrderState::open;
  std::vector<OrderMonth> months;
  std::string amount;       // in yuan
  std::string provider;     // sandbox …
  std::string pay_address;  // where it is paid; empty where there is nothing to pay, or not yet
  std::int64_t made_ms = 0;
  std::int64_t expires_ms = 0;
  std::int64_t changed_ms = 0;  // of a paid one: when that was recorded
};
BOOST_DESCRIBE_STRUCT(DuesOrder, (),
                      (id, state, months, amount, provider, pay_address, made_ms, expires_ms,
                       changed_ms))

struct OrdersQuery {
  std::optional<OrderState> state;  // all unless told
  bool to_handle = false;           // those alone that wait for a person
  std::optional<std::string> after;
  std::optional<int> limit;  // 50 unless told
};
BOOST_DESCRIBE_STRUCT(OrdersQuery, (), (state, to_handle, after, limit))

/// An order as those who collect dues see it.
struct ListedOrder {
  Id id = kNoId;
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  OrderState state = OrderState::open;
  std::vector<OrderMonth> months;
  std::string amount;                      // in yuan
  std::optional<std::string> told_amount;  // what the provider says it took
  std::int64_t made_ms = 0;
  std::int64_t changed_ms = 0;
  std::string reason;  // what was done by hand
};
BOOST_DESCRIBE_STRUCT(ListedOrder, (),
                      (id, person, number, name, organisation, organisation_name, state, months,
                       amount, told_amount, made_ms, changed_ms, reason))

/// A month of an order, as a table has it.
struct OrderLine {
  Id order = kNoId;
  std::string number;
  std::string name;
  std::string organisation_name;
  OrderState state = OrderState::open;
  Period month;
  double amount = 0;  // in yuan, so that it can be summed
  std::optional<double> told_amount;
  Date made_on;
  Date changed_on;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(OrderLine, (),
                      (order, number, name, organisation_name, state, month, amount, told_amount,
                       made_on, changed_on, reason))

std::vector<OrderLine> lines_of(const ListedOrder& order);

/// What is still to be paid of the months that may be paid now, the oldest first.
std::vector<OrderMonth> owed_months(db::Reader& reader, Id person, Date today);

std::optional<OrderRow> order_row(db::Reader& reader, Id order);
DuesOrder shown_order(db::Reader& reader, const OrderRow& row);
std::vector<DuesOrder> own_orders(db::Reader& reader, Id person);

/// Makes an order over what is left to pay of these months. `provider`: its name; empty where there
/// is none. Errors: dues.month_expected, those of refuse_order().
Result<Id> make_order(Transaction& tx, std::string_view provider, Id person,
                      const std::vector<Period>& months);

/// Holds an order against what its provider tells; records its payments where they count, in the
/// same transaction.
Verdict settle(Transaction& tx, const OrderRow& row, const Told& told);

/// A person has seen to it: what was to be refunded is refunded, what was to be checked is handled.
/// A paid one that was refunded takes its payments back: its months are owed again.
/// Errors: dues.reason_expected, dues.order_not_to_handle.
Result<Done> handle_order(Transaction& tx, const OrderRow& row, const std::string& reason);

/// Orders of the organisation and of what stands below it, as far as the caller sees, the latest
/// first. Errors: api.page_unknown, api.limit_out_of_range, those of registry::reach_of().
Result<api::Page<ListedOrder>> list_orders(const api::Call& call, const OrdersQuery& query);

}  // namespace jishi::dues
