#include "modules/dues/commands.hpp"

#include "api/routes.hpp"
#include "base/money.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::dues {

namespace {

Result<PaymentRecord> resolve(Transaction& tx, const EnteredPayment& entered) {
  if (auto refusal = refuse_payment(entered, tx.store().clock().today())) {
    return std::move(*refusal);
  }
  const auto person = registry::person_meant(tx, entered.person);
  if (!person) return person.error();
  return PaymentRecord{*person, month_index(entered.month.first_day()),
                       *cents_of_yuan(entered.amount), entered.paid_on};
}

PaymentDone done(const PaymentRecord& payment, const EnteredPayment& entered,
                 registry::Outcome outcome, std::string_view undo) {
  return {payment.person, entered.month, yuan_of_cents(payment.amount_cents), outcome,
          std::string(undo)};
}

Result<PaymentDone> record(Transaction& tx, const EnteredPayment& entered) {
  const auto payment = resolve(tx, entered);
  if (!payment) return payment.error();
  const Id organisation = registry::organisation_of(tx, payment->person).value_or(kNoId);
  const auto outcome = record_payment(tx, registry::manual_origin(tx), organisation, *payment);
  return done(*payment, entered, outcome, "dues.withdraw_payment");
}

Result<PaymentDone> withdraw(Transaction& tx, const EnteredPayment& entered) {
  const auto payment = resolve(tx, entered);
  if (!payment) return payment.error();
  if (auto withdrawn = withdraw_payment(tx, *payment); !withdrawn) return withdrawn.error();
  return done(*payment, entered, registry::Outcome::changed, "dues.record_payment");
}

}  // namespace

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
      command_entry<EnteredPayment>("dues.record_payment", record),
      command_entry<EnteredPayment>("dues.withdraw_payment", withdraw),
  };
}

void routes(api::Routes& routes) {
  constexpr api::Permission kWrite = "dues.write";
  using http::Method;
  routes
      .command(Method::post, "/api/v1/persons/{person}/payments",
               {"dues.record_payment", kWrite, api::person_in("person")}, record)
      .status = 201;
  routes.command(Method::post, "/api/v1/persons/{person}/payments/withdrawals",
                 {"dues.withdraw_payment", kWrite, api::person_in("person")}, withdraw);
}

}  // namespace jishi::dues
