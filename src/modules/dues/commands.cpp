#include "modules/dues/commands.hpp"

#include "api/routes.hpp"
#include "base/money.hpp"
#include "modules/dues/dues.hpp"
#include "modules/dues/grid/payment_grid.hpp"
#include "modules/dues/membership/membership.hpp"
#include "modules/dues/online/order.hpp"
#include "modules/dues/receipts/receipts.hpp"
#include "modules/dues/record_many/record_payments.hpp"

namespace jishi::dues {

namespace {

/// A payment as it was entered, and where the payer is a member.
struct Resolved {
  PaymentRecord payment;
  Id organisation = kNoId;
};

/// A month and an amount can be read: what is on record can be taken back, however old it is.
std::optional<Error> refuse_written(const EnteredPayment& entered) {
  if (entered.month.kind != PeriodKind::month) {
    return fail(ErrorKind::invalid, "dues.month_expected",
                {{"path", "month"}, {"month", entered.month.text()}});
  }
  const auto cents = cents_of_yuan(entered.amount);
  if (!cents || *cents < 0) {
    return fail(ErrorKind::invalid, "dues.amount_invalid",
                {{"path", "amount"}, {"amount", entered.amount}});
  }
  return std::nullopt;
}

std::optional<Error> refuse_day(Date paid_on, Date today) {
  if (paid_on > today) {
    return fail(ErrorKind::refused, "dues.date_in_future",
                {{"path", "paid_on"}, {"date", to_iso(paid_on)}, {"today", to_iso(today)}});
  }
  const Date from = *make_date(year_of(today) - 1, 1, 1);
  if (paid_on < from) {
    return fail(ErrorKind::refused, "dues.date_too_early",
                {{"path", "paid_on"}, {"date", to_iso(paid_on)}, {"from", to_iso(from)}});
  }
  return std::nullopt;
}

/// Back payment counts from the day it was paid, as online; ahead a year is paid at most to its
/// end.
std::optional<Error> refuse_month_of(const EnteredPayment& entered, Date today) {
  const int month = month_index(entered.month.first_day());
  const Date paid_on = entered.paid_on.value_or(today);
  if (is_too_old(month, month_index(paid_on))) {
    return fail(ErrorKind::refused, "dues.payment_too_old",
                {{"path", "month"},
                 {"month", entered.month.text()},
                 {"date", to_iso(paid_on)},
                 {"limit", std::to_string(kMonthsBack)},
                 {"from", month_at(month_index(paid_on) - kMonthsBack).text()}});
  }
  const int last = month_index(year_of(today), 12);
  if (month > last) {
    return fail(
        ErrorKind::refused, "dues.payment_ahead",
        {{"path", "month"}, {"month", entered.month.text()}, {"until", month_at(last).text()}});
  }
  return std::nullopt;
}

Result<Resolved> resolve(Transaction& tx, const EnteredPayment& entered) {
  const auto payer = registry::member_meant(tx, entered.person);
  if (!payer) return payer.error();
  return Resolved{{payer->person, month_index(entered.month.first_day()),
                   *cents_of_yuan(entered.amount), entered.paid_on},
                  payer->organisation};
}

PaymentDone done(const PaymentRecord& payment, const EnteredPayment& entered,
                 registry::Outcome outcome, std::string_view undo) {
  return {payment.person, entered.month, yuan_of_cents(payment.amount_cents), outcome,
          std::string(undo)};
}

Result<PaymentDone> withdraw(Transaction& tx, const EnteredPayment& entered) {
  if (auto refusal = refuse_written(entered)) return std::move(*refusal);
  const auto resolved = resolve(tx, entered);
  if (!resolved) return resolved.error();
  if (is_paid_online(tx, resolved->payment)) {
    return fail(ErrorKind::refused, "dues.withdraw_online",
                {{"month", entered.month.text()}, {"amount", entered.amount}});
  }
  const auto withdrawn = withdraw_payment(tx, resolved->payment);
  if (!withdrawn) return withdrawn.error();
  return done(resolved->payment, entered, registry::Outcome::changed, "dues.record_payment");
}

}  // namespace

Result<PaymentDone> record_payment_entered(Transaction& tx, const EnteredPayment& entered) {
  if (auto refusal = refuse_payment(entered, tx.store().clock().today()))
    return std::move(*refusal);
  const auto origin = registry::ask_manual_origin(tx);
  const auto resolved = resolve(tx, entered);
  if (!resolved) return resolved.error();
  if (const auto membership = membership_of(tx, resolved->payment.person)) {
    if (auto refusal = refuse_month(*membership, resolved->payment.month))
      return std::move(*refusal);
  }
  const auto outcome = record_payment(tx, origin(), resolved->organisation, resolved->payment);
  if (outcome == registry::Outcome::created) note_receiver(tx);
  return done(resolved->payment, entered, outcome, "dues.withdraw_payment");
}

std::optional<Error> refuse_payment(const EnteredPayment& entered, Date today) {
  if (auto refusal = refuse_written(entered)) return refusal;
  const std::int64_t cents = *cents_of_yuan(entered.amount);
  if (cents == 0 || cents > kMostPaymentCents) {
    return fail(ErrorKind::invalid, "dues.amount_out_of_range",
                {{"path", "amount"},
                 {"amount", entered.amount},
                 {"limit", yuan_of_cents(kMostPaymentCents)}});
  }
  if (entered.paid_on) {
    if (auto refusal = refuse_day(*entered.paid_on, today)) return refusal;
  }
  return refuse_month_of(entered, today);
}

std::vector<CommandEntry> commands() {
  return {
      command_entry<EnteredPayment>("dues.record_payment", record_payment_entered),
      command_entry<EnteredPayments>("dues.record_payments", record_payments),
      command_entry<EnteredPayment>("dues.withdraw_payment", withdraw),
  };
}

Result<int> year_of_account(const api::Call& call, const std::optional<int>& asked) {
  const bool own = call.caller.person != kNoId && call.caller.person == call.subject;
  if (!own && !call.gate.may_see_person(call.caller, "dues.write", call.subject))
    return fail(ErrorKind::forbidden, "dues.not_your_account");
  const int year = asked.value_or(year_of(call.store.clock().today()));
  if (year < 2000 || year > 2100) {
    return fail(ErrorKind::invalid, "dues.year_invalid",
                {{"path", "year"}, {"year", std::to_string(year)}});
  }
  return year;
}

namespace {

struct AccountQuery {
  std::optional<int> year;  // this year when not given
};
BOOST_DESCRIBE_STRUCT(AccountQuery, (), (year))

Result<DuesAccount> account(const api::Call& call, const AccountQuery& query) {
  const auto year = year_of_account(call, query.year);
  if (!year) return year.error();
  return call.store.read([&](db::Reader& reader) {
    return dues_account(reader, call.store.keys(), call.subject, *year);
  });
}

}  // namespace

void routes(api::Routes& routes, registry::Roll& roll) {
  constexpr api::Permission kWrite = "dues.write";
  using http::Method;
  routes
      .command(Method::post, "/api/v1/persons/{person}/payments",
               {"dues.record_payment", kWrite, api::person_in("person")}, record_payment_entered)
      .status = 201;
  routes.command(Method::post, "/api/v1/persons/{person}/payments/withdrawals",
                 {"dues.withdraw_payment", kWrite, api::person_in("person")}, withdraw);
  routes.get_slowly<AccountQuery>(
      "/api/v1/persons/{person}/dues-account",
      {"dues.account", api::kSee, api::person_in("person")},
      [](api::Call& call, const AccountQuery& query) { return account(call, query); });
  const auto organisation = api::organisation_in("organisation");
  routes
      .command(Method::post, "/api/v1/organisations/{organisation}/payments",
               {"dues.record_payments", kWrite, organisation}, record_payments)
      .status = 201;
  api::WholeList<Payer, PaymentLine> as_table;
  as_table.lines = lines_of;
  routes.list<GridQuery>(
      "/api/v1/organisations/{organisation}/payments",
      {"dues.payment_grid", api::kSee, organisation},
      [&roll](api::Call& call, const GridQuery& query) -> Result<api::Page<Payer>> {
        const auto scope = registry::CallerScope::of(call, query.structure);
        if (!scope) return scope.error();
        // What is due rests on income, which is for those who fix the fees and record them.
        const bool with_due = call.gate.may(call.caller, kWrite, call.organisation);
        return call.store.read([&](db::Reader& reader) {
          return payment_grid(reader, roll, scope->get(), call.organisation, query, with_due);
        });
      },
      std::move(as_table));
  receipt_routes(routes);
}

}  // namespace jishi::dues
