#pragma once
// Party fees (党费): what is due, what was paid. The only header of this module that others
// include.

#include "modules/dues/books/books.hpp"
#include "modules/dues/demo_books/demo_books.hpp"
#include "modules/dues/membership/membership.hpp"
#include "modules/dues/yearly_base/yearly_base.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::dues {

namespace fact {
inline constexpr FactKind kPaymentRecorded{50};
inline constexpr FactKind kPaymentWithdrawn{51};
inline constexpr FactKind kPaymentsMoved{52};
inline constexpr FactKind kBaseSet{53};
inline constexpr FactKind kBaseChanged{54};
inline constexpr FactKind kEntryRecorded{55};
inline constexpr FactKind kEntryWithdrawn{56};
inline constexpr FactKind kAccountPublished{57};
inline constexpr FactKind kOrderMade{58};
inline constexpr FactKind kOrderChanged{59};
}  // namespace fact

/// What stands in the key of a payment whose day is not known.
inline constexpr std::int32_t kNoDay = -719163;

struct PaymentRecord {
  Id person = kNoId;
  int month = 0;  // month_index()
  std::int64_t amount_cents = 0;
  std::optional<Date> paid_on;
};

/// Writes a payment; unchanged when the same one is on record. `organisation`: the payer's, for the
/// fact.
registry::Outcome record_payment(Transaction& tx, const registry::Origin& origin, Id organisation,
                                 const PaymentRecord& record);

/// Keeps what an organisation collected in a payment's month in line with a payment that was
/// recorded, or (by less than nothing) taken back.
void collect(Transaction& tx, Id organisation, const PaymentRecord& record, std::int64_t cents);

/// The day that a payment's facts happened: when it was paid, else the first of its month.
Date happened(const PaymentRecord& record);

/// The import that brought this payment, if it is on record.
std::optional<Id> batch_of_payment(db::Reader& reader, const PaymentRecord& record);

/// Takes back the payments a batch brought; returns their number.
std::int64_t withdraw_batch(Transaction& tx, Id batch);

/// Whether a payment came by an online order: by hand it is refunded, not taken back.
bool is_paid_online(db::Reader& reader, const PaymentRecord& record);

/// Takes a payment back. Fails with dues.payment_missing.
Result<Done> withdraw_payment(Transaction& tx, const PaymentRecord& record);

/// What a person paid for one month.
struct MonthPaid {
  int month = 0;  // month_index()
  std::int64_t amount_cents = 0;
};
BOOST_DESCRIBE_STRUCT(MonthPaid, (), (month, amount_cents))

/// The months a person paid for, latest first.
std::vector<MonthPaid> months_paid(db::Reader& reader, Id person, int limit);

/// Where persons are named as payers.
registry::PersonReferences person_references();

/// The commands of this module, by name.
std::vector<CommandEntry> commands();

void routes(api::Routes& routes, registry::Roll& roll);

}  // namespace jishi::dues
