#pragma once
// What a person enters of party fees, by name and in JSON.

#include "api/call.hpp"
#include "modules/dues/yearly_base/yearly_base.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::dues {

/// What somebody may give at once for a month: as much as may be due for it.
inline constexpr std::int64_t kMostPaymentCents = kMostMonthlyCents;

/// A payment as a person enters it, to record it or to take it back.
struct EnteredPayment {
  registry::Reference person;
  Period month;
  std::string amount;  // in yuan: 12.50
  std::optional<Date> paid_on;
};
BOOST_DESCRIBE_STRUCT(EnteredPayment, (), (person, month, amount, paid_on))

/// The year of the account of a person, and of its receipts, that somebody asks for; this year when
/// not given. They are the member's own, and of those who fix and collect the fees. Errors:
/// dues.not_your_account (403), dues.year_invalid (400).
Result<int> year_of_account(const api::Call& call, const std::optional<int>& asked);

struct PaymentDone {
  Id person = kNoId;
  Period month;
  std::string amount;
  registry::Outcome outcome = registry::Outcome::unchanged;
  std::string undo;  // the command that takes it back
};
BOOST_DESCRIBE_STRUCT(PaymentDone, (), (person, month, amount, outcome, undo))

/// What may be put on record by hand; imports bring what is older. Back payment for six months at
/// most (中组发〔2008〕3号), counted from the day of payment; ahead to the end of this year; a day
/// of this year or the last. Errors: dues.month_expected, amount_invalid, amount_out_of_range,
/// date_in_future, date_too_early, payment_too_old, payment_ahead.
std::optional<Error> refuse_payment(const EnteredPayment& entered, Date today);

/// Records one payment, as its command does. Errors: also those of refuse_month(): it is taken for
/// months alone in which the payer was a member.
Result<PaymentDone> record_payment_entered(Transaction& tx, const EnteredPayment& entered);

}  // namespace jishi::dues
