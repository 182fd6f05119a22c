#pragma once
// Who of an organisation paid what for which month.

#include "api/call.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::dues {

inline constexpr int kMaxPayersAPage = 200;
inline constexpr int kMaxGridMonths = 36;
/// Payments of a page: a payer has one or two a month.
inline constexpr int kMaxGridPayments = 20'000;

struct GridQuery {
  Period from;                           // 2026-01
  Period to;                             // the last month
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> after;      // next of the page before
  std::optional<int> limit;              // 50 unless told
};
BOOST_DESCRIBE_STRUCT(GridQuery, (), (from, to, structure, after, limit))

struct GridPayment {
  Period month;
  std::string amount;  // in yuan: 12.50
  std::optional<Date> paid_on;
};
BOOST_DESCRIBE_STRUCT(GridPayment, (), (month, amount, paid_on))

/// What is due for a month, with what is added of one's own will: where a yearly base is on record.
struct GridDue {
  Period month;
  std::string amount;  // in yuan
};
BOOST_DESCRIBE_STRUCT(GridDue, (), (month, amount))

/// A member of today, whatever their standing, with what was paid in the span.
struct Payer {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  Date joined;
  std::string status;
  std::optional<Period> last_paid;    // the last month paid for, in the span or not
  std::vector<GridPayment> payments;  // by month and day
  std::vector<GridDue> due;           // by month; for those who record payments
};
BOOST_DESCRIBE_STRUCT(Payer, (),
                      (person, number, name, organisation, organisation_name, joined, status,
                       last_paid, payments, due))

/// A payment as a table has it; of a payer without one in the span a line without a month.
struct PaymentLine {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string status;
  std::optional<Period> last_paid;
  std::optional<Period> month;
  std::optional<double> amount;  // in yuan, so that it can be summed
  std::optional<Date> paid_on;
};
BOOST_DESCRIBE_STRUCT(PaymentLine, (),
                      (person, number, name, organisation, organisation_name, status, last_paid,
                       month, amount, paid_on))

std::vector<PaymentLine> lines_of(const Payer& payer);

/// The members of an organisation and of what stands below it, within the scope, by name as lists
/// of members are. What is due is told only where a base is on record, and only with `with_due`: it
/// lets income be guessed. Errors: dues.month_expected, dues.span_invalid, registry.not_found,
/// api.page_unknown, api.limit_out_of_range.
Result<api::Page<Payer>> payment_grid(db::Reader& reader, registry::Roll& roll,
                                      const registry::Scope& scope, Id organisation,
                                      const GridQuery& query, bool with_due);

}  // namespace jishi::dues
