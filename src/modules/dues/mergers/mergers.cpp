// Payments and yearly bases: what a merger of two persons moves. A payment that both records have
// is one payment; of bases of the same year the latest counts.

#include "modules/dues/dues.hpp"
#include "modules/dues/mergers/base_mergers.sql.hpp"
#include "modules/dues/mergers/order_mergers.sql.hpp"
#include "modules/dues/mergers/payment_mergers.sql.hpp"
#include "modules/dues/payments/payments.sql.hpp"

namespace jishi::dues {

namespace {

using registry::MergerMemory;
using registry::MovedReferences;
using registry::PersonMerger;

constexpr std::string_view kMoved = "dues/payment";
constexpr std::string_view kShared = "dues/shared_payment";
constexpr std::string_view kBases = "dues/base";
constexpr std::string_view kOrders = "dues/order";
constexpr std::string_view kSharedWith = "dues/shared_payment_of_kept";

struct Payment {
  Id person = kNoId;
  int month = 0;
  std::int64_t amount_cents = 0;
  std::int32_t paid_on = 0;
  Id source = kNoId;
  Id batch = kNoId;
  std::optional<Id> organisation;  // what was remembered before there was one has none
};
BOOST_DESCRIBE_STRUCT(Payment, (),
                      (person, month, amount_cents, paid_on, source, batch, organisation))

struct BaseId {
  Id id = kNoId;
};
BOOST_DESCRIBE_STRUCT(BaseId, (), (id))

struct OrderId {
  Id id = kNoId;
};
BOOST_DESCRIBE_STRUCT(OrderId, (), (id))

void tell_moved(Transaction& tx, Id from, Id to, std::int64_t count) {
  if (count == 0) return;
  tx.fact(fact::kPaymentsMoved, tx.store().clock().today(),
          registry::organisation_of(tx, to).value_or(kNoId),
          {.person = to, .subject = from, .amount = count});
}

PaymentRecord record_of(const Payment& payment) {
  std::optional<Date> paid_on;
  if (payment.paid_on != kNoDay) paid_on = from_days(payment.paid_on);
  return {payment.person, payment.month, payment.amount_cents, paid_on};
}

void tell(Transaction& tx, FactKind kind, const Payment& payment) {
  tx.fact(kind, happened(record_of(payment)),
          registry::organisation_of(tx, registry::person_now(tx, payment.person)).value_or(kNoId),
          {.person = payment.person, .subject = payment.month, .amount = payment.amount_cents});
}

bool move(Transaction& tx, const Payment& payment, Id from, Id to) {
  return tx.run(sql::payment_mergers::move, from, payment.month, payment.amount_cents,
                payment.paid_on, to) > 0;
}

Result<MovedReferences> merge_bases(Transaction& tx, const PersonMerger& merger) {
  const auto bases =
      tx.all<Id>(sql::base_mergers::bases, merger.dropped, registry::kMaxMovedRows + 1);
  if (bases.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("bases");
  MergerMemory memory(tx, merger.id, kBases);
  for (const Id base : bases) {
    memory.keep(BaseId{base});
    tx.run(sql::base_mergers::move, base, merger.dropped, merger.kept);
  }
  return MovedReferences{"bases", static_cast<std::int64_t>(bases.size()), 0};
}

Result<MovedReferences> merge_orders(Transaction& tx, const PersonMerger& merger) {
  const auto orders =
      tx.all<Id>(sql::order_mergers::orders, merger.dropped, registry::kMaxMovedRows + 1);
  if (orders.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("orders");
  MergerMemory memory(tx, merger.id, kOrders);
  for (const Id order : orders) {
    memory.keep(OrderId{order});
    tx.run(sql::order_mergers::move, order, merger.dropped, merger.kept);
  }
  return MovedReferences{"orders", static_cast<std::int64_t>(orders.size()), 0};
}

Result<std::vector<MovedReferences>> merge(Transaction& tx, const PersonMerger& merger) {
  const auto paid =
      tx.all<Payment>(sql::payment_mergers::paid, merger.dropped, registry::kMaxMovedRows + 1);
  if (paid.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("payments");
  MovedReferences told{"payments", 0, 0};
  MergerMemory moved(tx, merger.id, kMoved);
  MergerMemory shared(tx, merger.id, kShared);
  MergerMemory shared_with(tx, merger.id, kSharedWith);
  for (const Payment& payment : paid) {
    const auto same = tx.one<Payment>(sql::payment_mergers::same, merger.kept, payment.month,
                                      payment.amount_cents, payment.paid_on);
    if (same) {
      shared.keep(payment, payment.batch);
      shared_with.keep(*same, same->batch);
      tx.run(sql::payments::remove, payment.person, payment.month, payment.amount_cents,
             payment.paid_on);
      collect(tx, payment.organisation.value_or(kNoId), record_of(payment), -payment.amount_cents);
      tell(tx, fact::kPaymentWithdrawn, payment);
      ++told.shared;
      continue;
    }
    moved.keep(payment);
    move(tx, payment, merger.dropped, merger.kept);
    ++told.moved;
  }
  tell_moved(tx, merger.dropped, merger.kept, told.moved);
  auto bases = merge_bases(tx, merger);
  if (!bases) return bases.error();
  auto orders = merge_orders(tx, merger);
  if (!orders) return orders.error();
  return std::vector{told, *bases, *orders};
}

// A payment that was withdrawn meanwhile does not come back.
Result<Done> unmerge(Transaction& tx, const PersonMerger& merger) {
  std::int64_t count = 0;
  for (const Payment& payment : MergerMemory(tx, merger.id, kMoved).rows<Payment>())
    count += move(tx, payment, merger.kept, merger.dropped) ? 1 : 0;
  for (const Payment& payment : MergerMemory(tx, merger.id, kShared).rows<Payment>()) {
    const bool stands = tx.one<Payment>(sql::payment_mergers::same, merger.kept, payment.month,
                                        payment.amount_cents, payment.paid_on)
                            .has_value();
    if (!stands) continue;
    const Id organisation = payment.organisation.value_or(
        registry::organisation_of(tx, registry::person_now(tx, payment.person)).value_or(kNoId));
    tx.run(sql::payments::add, payment.person, payment.month, payment.amount_cents, payment.paid_on,
           payment.source, payment.batch, organisation);
    collect(tx, organisation, record_of(payment), payment.amount_cents);
    tell(tx, fact::kPaymentRecorded, payment);
  }
  tell_moved(tx, merger.kept, merger.dropped, count);
  for (const BaseId& base : MergerMemory(tx, merger.id, kBases).rows<BaseId>())
    tx.run(sql::base_mergers::move, base.id, merger.kept, merger.dropped);
  for (const OrderId& order : MergerMemory(tx, merger.id, kOrders).rows<OrderId>())
    tx.run(sql::order_mergers::move, order.id, merger.kept, merger.dropped);
  return Done{};
}

}  // namespace

registry::PersonReferences person_references() {
  return {"dues",
          {{"dues_payment.person", {}}, {"dues_base.person", {}}, {"dues_order.person", {}}},
          merge,
          unmerge};
}

}  // namespace jishi::dues
