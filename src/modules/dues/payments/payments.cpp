#include "modules/dues/dues.hpp"
#include "modules/dues/payments/payments.sql.hpp"

namespace jishi::dues {

namespace {

std::int32_t day_key(const std::optional<Date>& paid_on) {
  return paid_on ? to_days(*paid_on) : kNoDay;
}

Date happened(const PaymentRecord& record) {
  if (record.paid_on) return *record.paid_on;
  return *make_date(record.month / 12, static_cast<unsigned>(record.month % 12) + 1, 1);
}

}  // namespace

registry::Outcome record_payment(Transaction& tx, const registry::Origin& origin, Id organisation,
                                 const PaymentRecord& record) {
  const auto added = tx.run(sql::payments::add, record.person, record.month, record.amount_cents,
                            day_key(record.paid_on), origin.source, origin.batch);
  if (added == 0) return registry::Outcome::unchanged;
  tx.fact(fact::kPaymentRecorded, happened(record), organisation,
          {.person = record.person, .subject = record.month, .amount = record.amount_cents});
  return registry::Outcome::created;
}

std::optional<Id> batch_of_payment(db::Reader& reader, const PaymentRecord& record) {
  return reader.one<Id>(sql::payments::batch_of, record.person, record.month, record.amount_cents,
                        day_key(record.paid_on));
}

Result<Done> withdraw_payment(Transaction& tx, const PaymentRecord& record) {
  if (tx.run(sql::payments::remove, record.person, record.month, record.amount_cents,
             day_key(record.paid_on)) == 0) {
    return fail(ErrorKind::not_found, "dues.payment_missing",
                {{"person", std::to_string(record.person)}});
  }
  const auto organisation = registry::organisation_of(tx, record.person);
  tx.fact(fact::kPaymentWithdrawn, happened(record), organisation.value_or(kNoId),
          {.person = record.person, .subject = record.month, .amount = record.amount_cents});
  return Done{};
}

}  // namespace jishi::dues
