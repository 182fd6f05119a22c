#include "modules/dues/commands.hpp"

#include "api/routes.hpp"
#include "base/money.hpp"
#include "modules/dues/dues.hpp"
#include "modules/dues/grid/payment_grid.hpp"
#include "modules/dues/record_many/record_payments.hpp"

namespace jishi::dues {

namespace {

/// A payment as it was entered, and where the payer is a member.
struct Resolved {
  PaymentRecord payment;
  Id organisation = kNoId;
};

Result<Resolved> resolve(Transaction& tx, const EnteredPayment& entered) {
  if (auto refusal = refuse_payment(entered, tx.store().clock().today())) {
    return std::move(*refusal);
  }
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
  const auto resolved = resolve(tx, entered);
  if (!resolved) return resolved.error();
  const auto withdrawn = withdraw_payment(tx, resolved->payment);
  if (!withdrawn) return withdrawn.error();
  return done(resolved->payment, entered, registry::Outcome::changed, "dues.record_payment");
}

}  // namespace

Result<PaymentDone> record_payment_entered(Transaction& tx, const EnteredPayment& entered) {
  const auto origin = registry::ask_manual_origin(tx);
  const auto resolved = resolve(tx, entered);
  if (!resolved) return resolved.error();
  const auto outcome = record_payment(tx, origin(), resolved->organisation, resolved->payment);
  return done(resolved->payment, entered, outcome, "dues.withdraw_payment");
}

std::optional<Error> refuse_payment(const EnteredPayment& entered, Date today) {
  if (entered.month.kind != PeriodKind::month) {
    return fail(ErrorKind::invalid, "dues.month_expected", {{"month", entered.month.text()}});
  }
  const auto cents = cents_of_yuan(entered.amount);
  if (!cents || *cents < 0) {
    return fail(ErrorKind::invalid, "dues.amount_invalid", {{"amount", entered.amount}});
  }
  if (entered.paid_on && *entered.paid_on > today) {
    return fail(ErrorKind::refused, "dues.date_in_future",
                {{"date", to_iso(*entered.paid_on)}, {"today", to_iso(today)}});
  }
  return std::nullopt;
}

std::vector<CommandEntry> commands() {
  return {
      command_entry<EnteredPayment>("dues.record_payment", record_payment_entered),
      command_entry<EnteredPayments>("dues.record_payments", record_payments),
      command_entry<EnteredPayment>("dues.withdraw_payment", withdraw),
  };
}

namespace {

struct AccountQuery {
  std::optional<int> year;  // this year when not given
};
BOOST_DESCRIBE_STRUCT(AccountQuery, (), (year))

Result<DuesAccount> account(const api::Call& call, const AccountQuery& query) {
  // Income is for the member, and for those who fix the fees.
  const bool own = call.caller.person != kNoId && call.caller.person == call.subject;
  if (!own && !call.gate.may_see_person(call.caller, "dues.write", call.subject))
    return fail(ErrorKind::forbidden, "dues.not_your_account");
  const int year = query.year.value_or(year_of(call.store.clock().today()));
  if (year < 2000 || year > 2100) {
    return fail(ErrorKind::invalid, "dues.year_invalid",
                {{"path", "year"}, {"year", std::to_string(year)}});
  }
  return call.store.read([&](db::Reader& reader) {
    return dues_account(reader, call.store.keys(), call.subject, year);
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
        return call.store.read([&](db::Reader& reader) {
          return payment_grid(reader, roll, scope->get(), call.organisation, query);
        });
      },
      std::move(as_table));
}

}  // namespace jishi::dues
