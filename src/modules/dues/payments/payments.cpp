#include "modules/dues/dues.hpp"
#include "modules/dues/payments/payments.sql.hpp"

namespace jishi::dues {

namespace {

constexpr int kPage = 1'000;  // rows held at a time: a batch may have millions

struct Made {
  Id person = kNoId;
  int month = 0;
  std::int64_t amount_cents = 0;
  std::int32_t paid_on = 0;
  Id organisation = kNoId;  // where it was collected
};
BOOST_DESCRIBE_STRUCT(Made, (), (person, month, amount_cents, paid_on, organisation))

std::int32_t day_key(const std::optional<Date>& paid_on) {
  return paid_on ? to_days(*paid_on) : kNoDay;
}

}  // namespace

void collect(Transaction& tx, Id organisation, const PaymentRecord& record, std::int64_t cents) {
  if (cents == 0) return;
  const int month = month_index(happened(record));
  tx.run(sql::payments::collect, organisation, month, cents);
  // As if it had never been: what is undone leaves nothing behind.
  if (cents < 0) tx.run(sql::payments::drop_empty, organisation, month);
}

Date happened(const PaymentRecord& record) {
  if (record.paid_on) return *record.paid_on;
  return *make_date(record.month / 12, static_cast<unsigned>(record.month % 12) + 1, 1);
}

registry::Outcome record_payment(Transaction& tx, const registry::Origin& origin, Id organisation,
                                 const PaymentRecord& record) {
  const auto added = tx.run(sql::payments::add, record.person, record.month, record.amount_cents,
                            day_key(record.paid_on), origin.source, origin.batch, organisation);
  if (!tx.presume(added)) return registry::Outcome::unchanged;
  collect(tx, organisation, record, record.amount_cents);
  tx.fact(fact::kPaymentRecorded, happened(record), organisation,
          {.person = record.person, .subject = record.month, .amount = record.amount_cents});
  return registry::Outcome::created;
}

std::optional<Id> batch_of_payment(db::Reader& reader, const PaymentRecord& record) {
  return reader.one<Id>(sql::payments::batch_of, record.person, record.month, record.amount_cents,
                        day_key(record.paid_on));
}

std::int64_t withdraw_batch(Transaction& tx, Id batch) {
  std::int64_t count = 0;
  Id payer = kNoId;
  Id organisation = kNoId;
  Made last;
  while (true) {
    const auto rows = tx.all<Made>(sql::payments::made, batch, last.person, last.month,
                                   last.amount_cents, last.paid_on, kPage);
    for (const Made& row : rows) {
      // Payments of one payer follow each other.
      if (row.person != payer)
        organisation = registry::organisation_of(tx, row.person).value_or(kNoId);
      payer = row.person;
      std::optional<Date> paid_on;
      if (row.paid_on != kNoDay) paid_on = from_days(row.paid_on);
      const PaymentRecord payment{row.person, row.month, row.amount_cents, paid_on};
      collect(tx, row.organisation, payment, -row.amount_cents);
      tx.fact(fact::kPaymentWithdrawn, happened(payment), organisation,
              {.person = row.person, .subject = row.month, .amount = row.amount_cents});
    }
    count += static_cast<std::int64_t>(rows.size());
    if (rows.size() < static_cast<std::size_t>(kPage)) break;
    last = rows.back();
  }
  tx.run(sql::payments::remove_batch, batch);
  return count;
}

bool is_paid_online(db::Reader& reader, const PaymentRecord& record) {
  return reader
      .one<int>(sql::payments::paid_online, record.person, record.month, record.amount_cents,
                day_key(record.paid_on))
      .has_value();
}

Result<Done> withdraw_payment(Transaction& tx, const PaymentRecord& record) {
  const auto by = tx.one<Id>(sql::payments::collected_by, record.person, record.month,
                             record.amount_cents, day_key(record.paid_on));
  if (tx.run(sql::payments::remove, record.person, record.month, record.amount_cents,
             day_key(record.paid_on)) == 0) {
    return fail(ErrorKind::not_found, "dues.payment_missing",
                {{"person", std::to_string(record.person)}});
  }
  collect(tx, by.value_or(kNoId), record, -record.amount_cents);
  const auto organisation = registry::organisation_of(tx, record.person);
  tx.fact(fact::kPaymentWithdrawn, happened(record), organisation.value_or(kNoId),
          {.person = record.person, .subject = record.month, .amount = record.amount_cents});
  return Done{};
}

std::vector<MonthPaid> months_paid(db::Reader& reader, Id person, int limit) {
  return reader.all<MonthPaid>(sql::payments::months_paid, person, limit);
}

}  // namespace jishi::dues
