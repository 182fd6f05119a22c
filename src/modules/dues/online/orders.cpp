#include "modules/dues/online/orders.hpp"

#include "api/paging.hpp"
#include "base/money.hpp"
#include "modules/dues/dues.hpp"
#include "modules/dues/membership/membership.hpp"
#include "modules/dues/online/orders.sql.hpp"

namespace jishi::dues {

namespace {

constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;
constexpr std::int64_t kFirstLookMs = 60'000;
constexpr double kCentsAYuan = 100;
/// Of the source that these payments come from, beside `manual` and those of imports.
constexpr std::string_view kSource = "online";

struct StandingRow {
  int month = 0;
  std::int64_t due = 0;
  std::int64_t paid = 0;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (), (month, due, paid))

struct MonthRow {
  Id order = kNoId;
  int month = 0;
  std::int64_t cents = 0;
};
BOOST_DESCRIBE_STRUCT(MonthRow, (), (order, month, cents))

struct ListedRow {
  Id id = kNoId;
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string state;
  std::int64_t amount_cents = 0;
  std::optional<std::int64_t> told_cents;
  std::int64_t made = 0;
  std::int64_t changed = 0;
  std::optional<Blob> note;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (),
                      (id, person, number, name, organisation, organisation_name, state,
                       amount_cents, told_cents, made, changed, note))

OrderState state_named(const std::string& name) {
  OrderState state = OrderState::to_check;
  boost::describe::enum_from_string(name.c_str(), state);
  return state;
}

std::string name_of(OrderState state) {
  return boost::describe::enum_to_string(state, "");
}

std::string context_of(Id order) {
  return fmt::format("dues_order/{}", order);
}

/// Of months in which the person was a member: nothing else can be paid.
std::vector<StandingRow> standing_of(db::Reader& reader, Id person, int this_month) {
  auto standing =
      reader.all<StandingRow>(sql::orders::standing, person, this_month - kMonthsBack, this_month);
  if (const auto membership = membership_of(reader, person)) {
    const MemberMonths months = months_of(*membership);
    std::erase_if(standing, [&](const StandingRow& row) { return !months.holds(row.month); });
  }
  return standing;
}

std::set<int> being_checked(db::Reader& reader, Id person) {
  const auto months = reader.all<int>(sql::orders::being_checked, person);
  return {months.begin(), months.end()};
}

std::vector<MonthRow> months_of(db::Reader& reader, const boost::json::array& orders) {
  return reader.all<MonthRow>(sql::orders::months, boost::json::serialize(orders));
}

void tell(Transaction& tx, FactKind kind, const OrderRow& row, OrderState state) {
  tx.fact(kind, tx.store().clock().today(), row.organisation,
          {.person = row.person,
           .subject = row.id,
           .amount = row.amount_cents,
           .payload = boost::json::serialize(boost::json::object{{"state", name_of(state)}})});
}

void record(Transaction& tx, const OrderRow& row, Date paid_on) {
  const registry::Origin origin =
      registry::origin_of(tx, kSource, registry::kManualRank, tx.command());
  const Id organisation = registry::organisation_of(tx, row.person).value_or(row.organisation);
  for (const MonthRow& one : months_of(tx, {row.id}))
    record_payment(tx, origin, organisation, {row.person, one.month, one.cents, paid_on});
}

}  // namespace

OrderState state_of(const OrderRow& row) {
  return state_named(row.state);
}

std::vector<OrderMonth> owed_months(db::Reader& reader, Id person, Date today) {
  std::vector<OrderMonth> owed;
  const auto checked = being_checked(reader, person);
  for (const StandingRow& row : standing_of(reader, person, month_index(today))) {
    if (row.paid < row.due && !checked.contains(row.month))
      owed.push_back({month_at(row.month), yuan_of_cents(row.due - row.paid)});
  }
  return owed;
}

std::optional<OrderRow> order_row(db::Reader& reader, Id order) {
  return reader.one<OrderRow>(sql::orders::by_id, order);
}

DuesOrder shown_order(db::Reader& reader, const OrderRow& row) {
  DuesOrder order;
  order.id = row.id;
  order.state = state_of(row);
  for (const MonthRow& one : months_of(reader, {row.id}))
    order.months.push_back({month_at(one.month), yuan_of_cents(one.cents)});
  order.amount = yuan_of_cents(row.amount_cents);
  order.provider = row.provider;
  if (order.state == OrderState::open) order.pay_address = row.address;
  order.made_ms = row.made;
  order.expires_ms = row.expires;
  order.changed_ms = row.changed;
  return order;
}

std::vector<DuesOrder> own_orders(db::Reader& reader, Id person) {
  std::vector<DuesOrder> orders;
  for (const OrderRow& row : reader.all<OrderRow>(sql::orders::of_person, person, kMostOwnOrders))
    orders.push_back(shown_order(reader, row));
  return orders;
}

Result<Id> make_order(Transaction& tx, std::string_view provider, Id person,
                      const std::vector<Period>& months) {
  const std::int64_t now = tx.store().clock().now_ms();
  const auto organisation = person == kNoId ? std::nullopt : registry::organisation_of(tx, person);
  OrderView view;
  view.on = !provider.empty();
  view.member = organisation.has_value();
  view.this_month = month_index(tx.store().clock().today());
  for (const Period& month : months) {
    if (month.kind != PeriodKind::month) {
      return fail(ErrorKind::invalid, "dues.month_expected",
                  {{"path", "months"}, {"month", month.text()}});
    }
    view.months.push_back(month_index(month.first_day()));
  }
  const auto membership = membership_of(tx, person);
  for (const int month : view.months) {
    if (!membership || !view.on) break;
    if (auto refused = refuse_month(*membership, month)) return std::move(*refused);
  }
  for (const StandingRow& row : standing_of(tx, person, view.this_month))
    view.standing.emplace(row.month, MonthStanding{row.due, row.paid});
  view.being_checked = being_checked(tx, person);
  view.waiting = tx.one<Id>(sql::orders::waiting, person).has_value();
  view.made_lately = tx.one<int>(sql::orders::made_since, person, now - kDayMs).value_or(0);
  if (auto refused = refuse_order(view)) return std::move(*refused);

  OrderRow row;
  row.id = tx.new_id();
  row.person = person;
  row.organisation = *organisation;
  for (const int month : view.months) {
    const MonthStanding& standing = view.standing.at(month);
    tx.run(sql::orders::add_month, row.id, month, standing.due - standing.paid, standing.paid);
    row.amount_cents += standing.due - standing.paid;
  }
  tx.run(sql::orders::add, row.id, person, row.organisation, provider, row.amount_cents, now,
         now + kOrderHoldsMs, now + kFirstLookMs);
  tell(tx, fact::kOrderMade, row, OrderState::open);
  return row.id;
}

Verdict settle(Transaction& tx, const OrderRow& row, const Told& told) {
  const std::int64_t now = tx.store().clock().now_ms();
  const OrderState state = state_of(row);
  const bool paid = told.state == ToldState::paid;
  const Date paid_on = std::min(day_at(told.paid_ms > 0 ? told.paid_ms : now), day_at(now));
  OrderMeets meets{state, told.cents == row.amount_cents, true};
  if (paid && is_unpaid(state)) {
    meets.months_free =
        tx.one<int>(sql::orders::paid_otherwise, row.id, row.person, to_days(paid_on)) == 0;
  }
  Verdict verdict = judge(meets, told.state);
  // Closed after its time it has expired, whoever closed it.
  if (verdict.next == OrderState::cancelled && state == OrderState::open && row.expires <= now)
    verdict.next = OrderState::expired;
  if (verdict.next == state) {
    if (is_unpaid(state))
      tx.run(sql::orders::look_later, row.id, next_look(state, row.expires, row.changed, now));
    return verdict;
  }
  const auto taken = paid ? std::optional(told.cents) : std::nullopt;
  tx.run(sql::orders::set_state, row.id, name_of(verdict.next), taken, now,
         next_look(verdict.next, row.expires, now, now));
  if (verdict.records) record(tx, row, paid_on);
  tell(tx, fact::kOrderChanged, row, verdict.next);
  return verdict;
}

namespace {

/// What a paid order recorded: its months are owed again.
Result<Done> take_back(Transaction& tx, const OrderRow& row) {
  for (const MonthRow& one : months_of(tx, {row.id})) {
    const auto paid_on = tx.one<Date>(sql::orders::paid_on, row.person, one.month, one.cents);
    if (!paid_on) continue;
    const auto done = withdraw_payment(tx, {row.person, one.month, one.cents, *paid_on});
    if (!done) return done.error();
  }
  return Done{};
}

}  // namespace

Result<Done> handle_order(Transaction& tx, const OrderRow& row, const std::string& reason) {
  const std::string said = tidy(reason);
  if (said.empty() || said.size() > kMostHandlingReason)
    return fail(ErrorKind::invalid, "dues.reason_expected", {{"path", "reason"}});
  const OrderState state = state_of(row);
  if (state != OrderState::to_refund && state != OrderState::to_check && state != OrderState::paid)
    return fail(ErrorKind::conflict, "dues.order_not_to_handle");
  const OrderState next =
      state == OrderState::to_check ? OrderState::handled : OrderState::refunded;
  if (state == OrderState::paid) {
    if (const auto taken = take_back(tx, row); !taken) return taken.error();
  }
  tx.run(sql::orders::set_note, row.id, name_of(next), tx.store().clock().now_ms(),
         tx.store().keys().cipher().seal(said, context_of(row.id)));
  tell(tx, fact::kOrderChanged, row, next);
  return Done{};
}

namespace {

Result<ListedOrder> listed(const crypto::Keys& keys, const ListedRow& row) {
  ListedOrder order;
  order.id = row.id;
  order.person = row.person;
  order.number = row.number;
  order.name = row.name;
  order.organisation = row.organisation;
  order.organisation_name = row.organisation_name;
  order.state = state_named(row.state);
  order.amount = yuan_of_cents(row.amount_cents);
  if (row.told_cents) order.told_amount = yuan_of_cents(*row.told_cents);
  order.made_ms = row.made;
  order.changed_ms = row.changed;
  if (row.note) {
    auto note = keys.cipher().open(*row.note, context_of(row.id));
    if (!note) return note.error();
    order.reason = std::move(*note);
  }
  return order;
}

/// One question for the months of all of them.
void put_months(db::Reader& reader, std::vector<ListedOrder>& orders) {
  boost::json::array ids;
  for (const ListedOrder& order : orders) ids.emplace_back(order.id);
  std::map<Id, std::vector<OrderMonth>> months;
  for (const MonthRow& one : months_of(reader, ids))
    months[one.order].push_back({month_at(one.month), yuan_of_cents(one.cents)});
  for (ListedOrder& order : orders) order.months = std::move(months[order.id]);
}

}  // namespace

Result<api::Page<ListedOrder>> list_orders(const api::Call& call, const OrdersQuery& query) {
  constexpr int kWhole = 64;
  const auto limit = api::page_limit(query.limit, kMaxOrdersAPage);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  const auto reach = registry::reach_of(call, std::nullopt);
  if (!reach) return reach.error();
  const std::string state = query.state ? name_of(*query.state) : "";
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<ListedOrder>> {
    auto rows = reader.all<ListedRow>(sql::orders::below, call.organisation, reach->structure,
                                      reach->below ? kWhole : 0, after->front(), state,
                                      query.to_handle ? 1 : 0, *limit + 1);
    const bool more = api::cut_to_page(rows, *limit);
    api::Page<ListedOrder> page;
    for (const ListedRow& row : rows) {
      auto order = listed(call.store.keys(), row);
      if (!order) return order.error();
      page.items.push_back(std::move(*order));
    }
    put_months(reader, page.items);
    if (more) page.next = api::page_next({page.items.back().id});
    return page;
  });
}

std::vector<OrderLine> lines_of(const ListedOrder& order) {
  std::vector<OrderLine> lines;
  for (const OrderMonth& month : order.months) {
    OrderLine& line = lines.emplace_back();
    line.order = order.id;
    line.number = order.number;
    line.name = order.name;
    line.organisation_name = order.organisation_name;
    line.state = order.state;
    line.month = month.month;
    line.amount = static_cast<double>(*cents_of_yuan(month.amount)) / kCentsAYuan;
    if (order.told_amount)
      line.told_amount = static_cast<double>(*cents_of_yuan(*order.told_amount)) / kCentsAYuan;
    line.made_on = day_at(order.made_ms);
    line.changed_on = day_at(order.changed_ms);
    line.reason = order.reason;
  }
  return lines;
}

}  // namespace jishi::dues
