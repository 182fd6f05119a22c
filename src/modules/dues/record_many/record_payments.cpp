#include "modules/dues/record_many/record_payments.hpp"

#include "base/texts.hpp"
#include "modules/dues/record_many/record_payments.sql.hpp"

namespace jishi::dues {

namespace {

Result<PaymentDone> record_one(Transaction& tx, Id organisation, const EnteredPayment& entered) {
  const auto person = registry::person_meant(tx, entered.person);
  if (!person) return person.error();
  if (!tx.one<Id>(sql::record_payments::payer_below, organisation, *person)) {
    return fail(ErrorKind::not_found, "registry.person_not_found",
                {{"person", entered.person.text()}});
  }
  return record_payment_entered(tx, entered);
}

}  // namespace

Result<PaymentsDone> record_payments(Transaction& tx, const EnteredPayments& entered) {
  const auto organisation = registry::organisation_meant(tx, entered.organisation);
  if (!organisation) return organisation.error();
  if (entered.items.empty()) return fail(ErrorKind::invalid, "dues.items_missing");
  if (entered.items.size() > kMaxPaymentsAtOnce) {
    return fail(ErrorKind::invalid, "dues.too_many_items",
                {{"limit", std::to_string(kMaxPaymentsAtOnce)}});
  }
  PaymentsDone done;
  done.undo = "dues.withdraw_payment";
  for (const EnteredPayment& payment : entered.items) {
    PaymentItem& item = done.items.emplace_back();
    item.item = static_cast<int>(done.items.size()) - 1;
    item.month = payment.month;
    item.amount = payment.amount;
    const auto one = record_one(tx, *organisation, payment);
    if (!one) {
      const Error& error = one.error();
      item.refusal = {error.code, say(Language::zh, error), say(Language::en, error)};
      ++done.refused;
      continue;
    }
    item.person = one->person;
    item.amount = one->amount;
    item.outcome = one->outcome;
    ++(one->outcome == registry::Outcome::unchanged ? done.unchanged : done.recorded);
  }
  return done;
}

}  // namespace jishi::dues
