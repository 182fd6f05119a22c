#pragma once
// The yearly base of a member's fees: fixed once a year, changed within it for a reason, with what
// is due month by month. Income is sealed.

#include "base/json_object.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::dues {

inline constexpr std::int64_t kMostMonthlyCents = 10'000'000;   // a hundred thousand yuan
inline constexpr std::int64_t kMostBaseCents = 10'000'000'000;  // a hundred million yuan
inline constexpr std::size_t kMostIncomeItems = 100;            // of a base

/// What is fixed, or what it is changed to.
struct YearlyBase {
  Id person = kNoId;
  int year = 0;
  std::string group;  // wage, retiree … as the pack's rates name it
  std::int64_t base_cents = 0;
  std::int64_t monthly_cents = 0;
  std::int64_t voluntary_cents = 0;  // a month, of one's own will
  boost::json::array items;          // of income, as they were given
  Date fixed_on;
  Id case_id = kNoId;
};

/// Fixes the base of a year, and what is due in each of its months. Errors: dues.base_stands where
/// the year has one, dues.base_year (only years up to the next one are fixed), dues.base_invalid.
Result<Done> set_base(Transaction& tx, const YearlyBase& base);

/// Changes it from a month of the year on (month_index()), the next one at the earliest: what was
/// due until now stays due as it was fixed (组电明字〔2017〕5号). Errors: dues.base_missing,
/// dues.base_year, dues.base_invalid, dues.change_from_invalid, dues.change_from_past.
Result<Done> change_base(Transaction& tx, const YearlyBase& base, int from_month,
                         const std::string& reason);

/// The income that the latest base rests on: what a new one begins with.
struct LastBase {
  std::string group;
  boost::json::array items;
};
std::optional<LastBase> last_base(db::Reader& reader, const crypto::Keys& keys, Id person);

/// A payment: what a receipt says.
struct AccountPayment {
  std::string amount;           // in yuan
  std::optional<Date> paid_on;  // where it is on record
};
BOOST_DESCRIBE_STRUCT(AccountPayment, (), (amount, paid_on))

/// What is due for a month, and what was paid.
struct AccountMonth {
  Period month;
  std::string due;        // in yuan; empty: no base was fixed
  std::string voluntary;  // added of one's own will
  std::string paid;
  std::vector<AccountPayment> payments;  // by day
};
BOOST_DESCRIBE_STRUCT(AccountMonth, (), (month, due, voluntary, paid, payments))

struct AccountChange {
  Period from;
  std::string reason;
  std::int64_t changed_ms = 0;
};
BOOST_DESCRIBE_STRUCT(AccountChange, (), (from, reason, changed_ms))

/// A member's account of a year.
struct DuesAccount {
  Id person = kNoId;
  int year = 0;
  std::string group;  // empty: no base was fixed
  std::string base;   // in yuan, a month
  std::optional<Date> fixed_on;
  Id case_id = kNoId;
  std::vector<AccountMonth> months;
  std::vector<AccountChange> changes;
  std::string due_all;  // with what is added of one's own will
  std::string paid_all;
};
BOOST_DESCRIBE_STRUCT(DuesAccount, (),
                      (person, year, group, base, fixed_on, case_id, months, changes, due_all,
                       paid_all))

/// Errors: those of what is sealed.
Result<DuesAccount> dues_account(db::Reader& reader, const crypto::Keys& keys, Id person, int year);

}  // namespace jishi::dues
