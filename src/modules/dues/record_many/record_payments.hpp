#pragma once
// Payments of many members of an organisation, recorded by one command.

#include "modules/dues/commands.hpp"

namespace jishi::dues {

inline constexpr std::size_t kMaxPaymentsAtOnce = 500;

struct EnteredPayments {
  registry::Reference organisation;
  std::vector<EnteredPayment> items;
};
BOOST_DESCRIBE_STRUCT(EnteredPayments, (), (organisation, items))

/// Why an item was not recorded, in both languages.
struct ItemRefusal {
  std::string code;
  std::string zh;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(ItemRefusal, (), (code, zh, en))

/// What became of an item: recorded, on record before (`unchanged`), or refused.
struct PaymentItem {
  int item = 0;  // its place in what was sent, from 0
  Id person = kNoId;
  Period month;
  std::string amount;
  std::optional<registry::Outcome> outcome;
  std::optional<ItemRefusal> refusal;
};
BOOST_DESCRIBE_STRUCT(PaymentItem, (), (item, person, month, amount, outcome, refusal))

struct PaymentsDone {
  std::vector<PaymentItem> items;  // as sent
  int recorded = 0;
  int unchanged = 0;
  int refused = 0;
  std::string undo;  // the command that takes an item back
};
BOOST_DESCRIBE_STRUCT(PaymentsDone, (), (items, recorded, unchanged, refused, undo))

/// Records each item for itself: payments do not depend on each other, so that one that is refused
/// keeps none of the rest back, as rows of an import. All of them must be members of the
/// organisation, or below it. Errors of the whole: dues.items_missing, dues.too_many_items.
Result<PaymentsDone> record_payments(Transaction& tx, const EnteredPayments& entered);

}  // namespace jishi::dues
