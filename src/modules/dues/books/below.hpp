#pragma once
// The accounts of those directly below an organisation: what each collected, what it owes upward of
// it, what it has remitted; and the large sums that go to the Centre with the member's particulars.

#include "modules/dues/books/entries.hpp"

namespace jishi::dues {

/// Nothing follows from `overdue`: it is told, no more.
struct BookBelow {
  Id organisation = kNoId;
  std::string organisation_name;
  std::string collected;
  std::string large;
  int percent = 0;
  std::string due;
  std::string remitted;
  std::string missing;
  Date until;
  bool overdue = false;  // the day has passed and something is missing
};
BOOST_DESCRIBE_STRUCT(BookBelow, (),
                      (organisation, organisation_name, collected, large, percent, due, remitted,
                       missing, until, overdue))

/// A single voluntary sum that goes to the Centre whole.
struct LargeSum {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  Period month;
  std::optional<Date> paid_on;
  std::string amount;  // beyond what was due for the month
};
BOOST_DESCRIBE_STRUCT(LargeSum, (),
                      (person, number, name, organisation, organisation_name, month, paid_on,
                       amount))

/// Errors of both: dues.year_invalid, those of pages.
Result<api::Page<BookBelow>> books_below(db::Reader& reader, const Clock& clock,
                                         const UpwardShares& shares, Id organisation,
                                         const BookQuery& query);
Result<api::Page<LargeSum>> large_sums(db::Reader& reader, Id organisation, const BookQuery& query);

/// As tables have them: sums in yuan that can be summed.
struct BelowLine {
  Id organisation = kNoId;
  std::string organisation_name;
  double collected = 0;
  double large = 0;
  int percent = 0;
  double due = 0;
  double remitted = 0;
  double missing = 0;
  Date until;
};
BOOST_DESCRIBE_STRUCT(BelowLine, (),
                      (organisation, organisation_name, collected, large, percent, due, remitted,
                       missing, until))
std::vector<BelowLine> below_lines(const BookBelow& below);

struct EntryLine {
  std::string kind;
  Date on;
  double amount = 0;
  std::string other_name;
  std::string category;
  std::string purpose;
};
BOOST_DESCRIBE_STRUCT(EntryLine, (), (kind, on, amount, other_name, category, purpose))
std::vector<EntryLine> entry_lines(const BookEntry& entry);

}  // namespace jishi::dues
