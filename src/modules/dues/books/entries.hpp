#pragma once
// What moves an organisation's account of dues beside its members' payments: what was passed up,
// what was used, and what was on it when it began. Each is recorded once and can be taken back.

#include "modules/dues/books/books.hpp"

namespace jishi::dues {

inline constexpr std::size_t kMaxPurposeSigns = 200;
inline constexpr std::int64_t kMostEntryCents = 1'000'000'000'000;  // ten thousand million yuan

/// Passed up to the superior, of a year's dues; by the highest organisation here to the body above
/// it, outside of this system.
struct RecordRemittance {
  registry::Reference organisation;
  int year = 0;
  std::string amount;      // in yuan
  std::optional<Date> on;  // today when not given
};
BOOST_DESCRIBE_STRUCT(RecordRemittance, (), (organisation, year, amount, on))

/// Used, in the year of its day. Categories: training | materials | honours | hardship | disaster
/// (中组发〔2008〕3号).
struct RecordUse {
  registry::Reference organisation;
  std::string amount;
  std::string category;
  std::string purpose;
  std::optional<Date> on;
};
BOOST_DESCRIBE_STRUCT(RecordUse, (), (organisation, amount, category, purpose, on))

/// What was on the account when it begins here: at the start of a year.
struct RecordOpening {
  registry::Reference organisation;
  int year = 0;
  std::string amount;
};
BOOST_DESCRIBE_STRUCT(RecordOpening, (), (organisation, year, amount))

struct WithdrawEntry {
  registry::Reference organisation;
  Id entry = kNoId;
};
BOOST_DESCRIBE_STRUCT(WithdrawEntry, (), (organisation, entry))

struct EntryDone {
  Id entry = kNoId;
  std::string kind;  // opening | remitted | used
  int year = 0;
  std::string amount;
  std::string undo;  // the command that takes it back
};
BOOST_DESCRIBE_STRUCT(EntryDone, (), (entry, kind, year, amount, undo))

/// An entry as it was asked for, of whichever kind.
struct AskedEntry {
  std::string kind;
  int year = 0;
  std::string amount;
  Date on;
  std::string category;
  std::string purpose;
};

/// What the decision looks at.
struct EntryView {
  Date today;
  bool stands = false;                 // the same is on record
  std::optional<int> opening_year;     // in which the account begins
  std::int64_t balance_cents = 0;      // the least from its year on
  std::optional<int> kept_since = {};  // a year before this one that has entries or was published
};

/// The pure decision. Errors: dues.entry_amount, year_invalid, year_in_future, entry_day,
/// category_missing, purpose_missing, purpose_too_long, opening_stands, account_runs,
/// before_opening, entry_stands, remittance_stands, more_than_balance.
std::optional<Error> refuse_entry(const AskedEntry& asked, const EntryView& view);

/// Errors: those of refuse_entry().
Result<EntryDone> record_remittance(Transaction& tx, const RecordRemittance& command);
Result<EntryDone> record_use(Transaction& tx, const RecordUse& command);
Result<EntryDone> record_opening(Transaction& tx, const RecordOpening& command);
/// Error: dues.entry_missing, also of what was taken back before.
Result<EntryDone> withdraw_entry(Transaction& tx, const WithdrawEntry& command);

/// An entry of the account; `received` is what another organisation remitted to this one.
struct BookEntry {
  Id entry = kNoId;
  std::string kind;  // opening | remitted | used | received
  Date on;
  std::string amount;
  Id other = kNoId;  // to whom it was remitted, or from whom received
  std::string other_name;
  std::string category;
  std::string purpose;
};
BOOST_DESCRIBE_STRUCT(BookEntry, (),
                      (entry, kind, on, amount, other, other_name, category, purpose))

struct BookQuery {
  int year = 0;
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(BookQuery, (), (year, after, limit))

/// By day. Errors: dues.year_invalid, those of pages, those of what is sealed.
Result<api::Page<BookEntry>> book_entries(db::Reader& reader, const crypto::Keys& keys,
                                          Id organisation, const BookQuery& query);

}  // namespace jishi::dues
