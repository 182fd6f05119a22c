#include "modules/dues/yearly_base/yearly_base.hpp"

#include "base/money.hpp"
#include "modules/dues/dues.hpp"
#include "modules/dues/membership/membership.hpp"
#include "modules/dues/yearly_base/yearly_base.sql.hpp"

namespace jishi::dues {

namespace {

constexpr int kFirstYear = 2000;
constexpr int kMonths = 12;

struct BaseRow {
  Id id = kNoId;
  Blob held;
  Date fixed_on;
  Id case_id = kNoId;
};
BOOST_DESCRIBE_STRUCT(BaseRow, (), (id, held, fixed_on, case_id))

struct ChangeRow {
  int from_month = 0;
  Blob reason;
  std::int64_t changed = 0;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (), (from_month, reason, changed))

struct DueRow {
  int month = 0;
  std::int64_t cents = 0;
  std::int64_t voluntary_cents = 0;
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (month, cents, voluntary_cents))

struct PaymentRow {
  int month = 0;
  std::int64_t amount_cents = 0;
  std::optional<Date> paid_on;
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (), (month, amount_cents, paid_on))

/// What is sealed of a base.
struct HeldBase {
  std::string group;
  std::int64_t base_cents = 0;
  boost::json::array items;
};

std::string context_of_base(Id base) {
  return fmt::format("dues_base/{}", base);
}

Blob sealed(const crypto::Keys& keys, Id id, const YearlyBase& base) {
  const boost::json::object held{
      {"group", base.group}, {"base_cents", base.base_cents}, {"items", base.items}};
  return keys.cipher().seal(boost::json::serialize(held), context_of_base(id));
}

Result<HeldBase> opened(const crypto::Keys& keys, const BaseRow& row) {
  const auto text = keys.cipher().open(row.held, context_of_base(row.id));
  if (!text) return text.error();
  auto json = parse_json(*text);
  if (!json) return json.error();
  auto& held = json->as_object();
  return HeldBase{std::string(held.at("group").as_string()),
                  held.at("base_cents").to_number<std::int64_t>(),
                  std::move(held.at("items").as_array())};
}

/// A base is fixed for the years up to the next one: further on nobody knows the income.
std::optional<Error> refuse(const YearlyBase& base, Date today) {
  const auto within = [](std::int64_t cents, std::int64_t most) {
    return cents >= 0 && cents <= most;
  };
  const int last_year = year_of(today) + 1;
  if (base.year < kFirstYear || base.year > last_year) {
    return fail(ErrorKind::refused, "dues.base_year",
                {{"year", std::to_string(base.year)}, {"until", std::to_string(last_year)}});
  }
  if (!base.group.empty() && base.items.size() <= kMostIncomeItems &&
      within(base.base_cents, kMostBaseCents) && within(base.monthly_cents, kMostMonthlyCents) &&
      within(base.voluntary_cents, kMostMonthlyCents))
    return std::nullopt;
  return fail(ErrorKind::refused, "dues.base_invalid",
              {{"year", std::to_string(base.year)},
               {"base", yuan_of_cents(base.base_cents)},
               {"monthly", yuan_of_cents(base.monthly_cents)},
               {"voluntary", yuan_of_cents(base.voluntary_cents)},
               {"most_base", yuan_of_cents(kMostBaseCents)},
               {"most_monthly", yuan_of_cents(kMostMonthlyCents)}});
}

int first_month(int year) {
  return month_index(year, 1);
}

/// From the month of joining on: nothing is due before it.
void put_due(Transaction& tx, Id id, const YearlyBase& base, int from_month) {
  const auto membership = membership_of(tx, base.person);
  if (membership) from_month = std::max(from_month, months_of(*membership).first);
  for (int month = from_month; month < first_month(base.year) + kMonths; ++month)
    tx.run(sql::yearly_base::put_due, id, month, base.monthly_cents, base.voluntary_cents);
}

void tell(Transaction& tx, FactKind kind, const YearlyBase& base) {
  tx.fact(kind, tx.store().clock().today(),
          registry::organisation_of(tx, base.person).value_or(kNoId),
          {.person = base.person,
           .subject = base.year,
           .amount = base.monthly_cents + base.voluntary_cents});
}

}  // namespace

Result<Done> set_base(Transaction& tx, const YearlyBase& base) {
  if (auto refused = refuse(base, tx.store().clock().today())) return std::move(*refused);
  if (tx.one<BaseRow>(sql::yearly_base::standing, base.person, base.year)) {
    return fail(ErrorKind::conflict, "dues.base_stands", {{"year", std::to_string(base.year)}});
  }
  const Id id = tx.new_id();
  tx.run(sql::yearly_base::add, id, base.person, base.year, sealed(tx.store().keys(), id, base),
         base.fixed_on, base.case_id);
  put_due(tx, id, base, first_month(base.year));
  tell(tx, fact::kBaseSet, base);
  return Done{};
}

Result<Done> change_base(Transaction& tx, const YearlyBase& base, int from_month,
                         const std::string& reason) {
  if (auto refused = refuse(base, tx.store().clock().today())) return std::move(*refused);
  const auto row = tx.one<BaseRow>(sql::yearly_base::standing, base.person, base.year);
  if (!row) {
    return fail(ErrorKind::refused, "dues.base_missing", {{"year", std::to_string(base.year)}});
  }
  // The first month stays as the base was fixed: a change goes on from it.
  if (from_month <= first_month(base.year) || from_month >= first_month(base.year) + kMonths) {
    return fail(ErrorKind::refused, "dues.change_from_invalid",
                {{"year", std::to_string(base.year)}});
  }
  const int next = month_index(tx.store().clock().today()) + 1;
  if (from_month < next) {
    return fail(ErrorKind::refused, "dues.change_from_past",
                {{"month", month_at(from_month).text()}, {"from", month_at(next).text()}});
  }
  const Id id = tx.new_id();
  const auto& keys = tx.store().keys();
  tx.run(sql::yearly_base::add_change, id, row->id, from_month, row->held,
         keys.cipher().seal(reason, context_of_base(row->id)), tx.store().clock().now_ms());
  tx.run(sql::yearly_base::change, row->id, sealed(keys, row->id, base), base.fixed_on,
         base.case_id);
  put_due(tx, row->id, base, from_month);
  tell(tx, fact::kBaseChanged, base);
  return Done{};
}

std::optional<LastBase> last_base(db::Reader& reader, const crypto::Keys& keys, Id person) {
  const auto row = reader.one<BaseRow>(sql::yearly_base::latest, person);
  if (!row) return std::nullopt;
  auto held = opened(keys, *row);
  if (!held) return std::nullopt;
  return LastBase{std::move(held->group), std::move(held->items)};
}

Result<DuesAccount> dues_account(db::Reader& reader, const crypto::Keys& keys, Id person,
                                 int year) {
  DuesAccount account;
  account.person = person;
  account.year = year;
  const int first = first_month(year);
  std::map<int, DueRow> due;
  if (const auto row = reader.one<BaseRow>(sql::yearly_base::standing, person, year)) {
    const auto held = opened(keys, *row);
    if (!held) return held.error();
    account.group = held->group;
    account.base = yuan_of_cents(held->base_cents);
    account.fixed_on = row->fixed_on;
    account.case_id = row->case_id;
    const auto membership = membership_of(reader, person);
    for (const DueRow& one : reader.all<DueRow>(sql::yearly_base::due, row->id)) {
      if (!membership || months_of(*membership).holds(one.month)) due.emplace(one.month, one);
    }
    for (const ChangeRow& one : reader.all<ChangeRow>(sql::yearly_base::changes, row->id)) {
      auto reason = keys.cipher().open(one.reason, context_of_base(row->id));
      if (!reason) return reason.error();
      account.changes.push_back({month_at(one.from_month), std::move(*reason), one.changed});
    }
  }
  std::map<int, std::vector<PaymentRow>> paid;
  for (const PaymentRow& one :
       reader.all<PaymentRow>(sql::yearly_base::paid, person, first, first + kMonths - 1))
    paid[one.month].push_back(one);
  std::int64_t due_all = 0;
  std::int64_t paid_all = 0;
  for (int month = first; month < first + kMonths; ++month) {
    const auto owed = due.find(month);
    AccountMonth shown;
    shown.month = month_at(month);
    std::int64_t paid_then = 0;
    for (const PaymentRow& one : paid[month]) {
      shown.payments.push_back({yuan_of_cents(one.amount_cents), one.paid_on});
      paid_then += one.amount_cents;
    }
    shown.paid = yuan_of_cents(paid_then);
    if (owed != due.end()) {
      shown.due = yuan_of_cents(owed->second.cents);
      shown.voluntary = yuan_of_cents(owed->second.voluntary_cents);
      due_all += owed->second.cents + owed->second.voluntary_cents;
    }
    paid_all += paid_then;
    account.months.push_back(std::move(shown));
  }
  account.due_all = yuan_of_cents(due_all);
  account.paid_all = yuan_of_cents(paid_all);
  return account;
}

}  // namespace jishi::dues
