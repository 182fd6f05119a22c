#pragma once
// What a person enters of party fees, by name and in JSON.

#include "modules/registry/registry.hpp"

namespace jishi::dues {

/// A payment as a person enters it, to record it or to take it back.
struct EnteredPayment {
  registry::Reference person;
  Period month;
  std::string amount;  // in yuan: 12.50
  std::optional<Date> paid_on;
};
BOOST_DESCRIBE_STRUCT(EnteredPayment, (), (person, month, amount, paid_on))

struct PaymentDone {
  Id person = kNoId;
  Period month;
  std::string amount;
  registry::Outcome outcome = registry::Outcome::unchanged;
  std::string undo;  // the command that takes it back
};
BOOST_DESCRIBE_STRUCT(PaymentDone, (), (person, month, amount, outcome, undo))

/// dues.month_expected, amount_invalid, date_in_future.
std::optional<Error> refuse_payment(const EnteredPayment& entered, Date today);

/// Records one payment, as its command does.
Result<PaymentDone> record_payment_entered(Transaction& tx, const EnteredPayment& entered);

}  // namespace jishi::dues
