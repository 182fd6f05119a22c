#include "modules/dues/books/entries.hpp"

#include "api/paging.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "modules/dues/books/dues_entries.sql.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::dues {

namespace {

constexpr std::string_view kOpening = "opening";
constexpr std::string_view kRemitted = "remitted";
constexpr std::string_view kUsed = "used";
constexpr std::string_view kCategories[] = {"training", "materials", "honours", "hardship",
                                            "disaster"};
constexpr std::string_view kUndo = "dues.withdraw_entry";

struct Alike {
  Id id = kNoId;
  Blob purpose;
};
BOOST_DESCRIBE_STRUCT(Alike, (), (id, purpose))

struct EntryRow {
  Id id = kNoId;
  std::string kind;
  Date on;
  std::int64_t amount_cents = 0;
  Id other = kNoId;
  std::string other_name;
  std::string category;
  Blob purpose;
};
BOOST_DESCRIBE_STRUCT(EntryRow, (),
                      (id, kind, on, amount_cents, other, other_name, category, purpose))

struct FoundEntry {
  std::string kind;
  int year = 0;
  Date on;
  std::int64_t amount_cents = 0;
  std::string category;
};
BOOST_DESCRIBE_STRUCT(FoundEntry, (), (kind, year, on, amount_cents, category))

std::string context_of(Id entry) {
  return fmt::format("dues_entry/{}", entry);
}

std::string in_yuan(std::int64_t cents) {
  return yuan_of_cents(cents);
}

std::optional<Error> refuse_when(const AskedEntry& asked, const EntryView& view) {
  if (auto refused = refuse_year(asked.year)) return refused;
  if (asked.year > year_of(view.today)) {
    return fail(ErrorKind::refused, "dues.year_in_future",
                {{"path", "year"},
                 {"year", std::to_string(asked.year)},
                 {"this_year", std::to_string(year_of(view.today))}});
  }
  const Date first = *make_date(asked.year, 1, 1);
  if (asked.on < first || asked.on > view.today) {
    return fail(ErrorKind::refused, "dues.entry_day",
                {{"path", "on"},
                 {"date", to_iso(asked.on)},
                 {"from", to_iso(first)},
                 {"today", to_iso(view.today)}});
  }
  return std::nullopt;
}

std::optional<Error> refuse_use(const AskedEntry& asked) {
  if (std::find(std::begin(kCategories), std::end(kCategories), asked.category) ==
      std::end(kCategories)) {
    return fail(ErrorKind::invalid, "dues.category_missing", {{"path", "category"}});
  }
  if (asked.purpose.empty())
    return fail(ErrorKind::invalid, "dues.purpose_missing", {{"path", "purpose"}});
  if (count_code_points(asked.purpose) > kMaxPurposeSigns) {
    return fail(ErrorKind::invalid, "dues.purpose_too_long",
                {{"path", "purpose"}, {"limit", std::to_string(kMaxPurposeSigns)}});
  }
  return std::nullopt;
}

std::optional<Error> refuse_standing(const AskedEntry& asked, const EntryView& view) {
  if (asked.kind == kOpening && view.opening_year) {
    return fail(ErrorKind::refused, "dues.opening_stands",
                {{"year", std::to_string(*view.opening_year)}});
  }
  if (asked.kind == kOpening && view.kept_since) {
    return fail(ErrorKind::refused, "dues.account_runs",
                {{"path", "year"},
                 {"year", std::to_string(asked.year)},
                 {"since", std::to_string(*view.kept_since)}});
  }
  if (view.opening_year && asked.year < *view.opening_year) {
    return fail(ErrorKind::refused, "dues.before_opening",
                {{"path", "year"}, {"year", std::to_string(*view.opening_year)}});
  }
  if (view.stands) {
    // A remittance has no purpose by which two could be told apart.
    return fail(ErrorKind::refused,
                asked.kind == kUsed ? "dues.entry_stands" : "dues.remittance_stands",
                {{"date", to_iso(asked.on)}, {"amount", asked.amount}});
  }
  return std::nullopt;
}

/// The same to the word: the purpose is sealed, so that the store cannot compare it.
Result<bool> stands_already(Transaction& tx, Id organisation, const AskedEntry& asked,
                            std::int64_t cents) {
  const auto& cipher = tx.store().keys().cipher();
  for (const Alike& one : tx.all<Alike>(sql::dues_entries::alike, organisation, asked.year,
                                        asked.on, asked.kind, cents, asked.category)) {
    const auto purpose = cipher.open(one.purpose, context_of(one.id));
    if (!purpose) return purpose.error();
    if (*purpose == asked.purpose) return true;
  }
  return false;
}

void tell(Transaction& tx, FactKind kind, Id organisation, const FoundEntry& entry) {
  boost::json::object payload{{"kind", entry.kind}};
  if (!entry.category.empty()) payload["category"] = entry.category;
  const std::string text = boost::json::serialize(payload);
  tx.fact(kind, entry.on, organisation,
          {.subject = entry.year, .amount = entry.amount_cents, .payload = text});
}

Result<EntryDone> record(Transaction& tx, const registry::Reference& reference, AskedEntry asked) {
  const auto organisation = registry::organisation_meant(tx, reference);
  if (!organisation) return organisation.error();
  EntryView view;
  view.today = tx.store().clock().today();
  view.opening_year = tx.one<int>(sql::dues_entries::opening_year, *organisation);
  view.kept_since = tx.one<int>(sql::dues_entries::kept_since, *organisation, asked.year);
  const std::int64_t cents = cents_of_yuan(asked.amount).value_or(0);
  const auto stands = stands_already(tx, *organisation, asked, cents);
  if (!stands) return stands.error();
  view.stands = *stands;
  // A year that cannot be is refused before its balance is asked for.
  if (asked.kind != kOpening && !refuse_year(asked.year))
    view.balance_cents = least_balance(tx, *organisation, asked.year, year_of(view.today));
  if (auto refused = refuse_entry(asked, view)) return std::move(*refused);

  const Id id = tx.new_id();
  // The highest organisation here passes up to a body outside of this system: to kNoId.
  Id superior = kNoId;
  if (asked.kind == kRemitted) superior = registry::parent_of(tx, *organisation).value_or(kNoId);
  tx.run(sql::dues_entries::add, id, *organisation, asked.kind, asked.year, asked.on, cents,
         superior, asked.category, tx.store().keys().cipher().seal(asked.purpose, context_of(id)),
         tx.store().clock().now_ms());
  tell(tx, fact::kEntryRecorded, *organisation,
       {asked.kind, asked.year, asked.on, cents, asked.category});
  return EntryDone{id, std::move(asked.kind), asked.year, in_yuan(cents), std::string(kUndo)};
}

}  // namespace

std::optional<Error> refuse_entry(const AskedEntry& asked, const EntryView& view) {
  const auto cents = cents_of_yuan(asked.amount);
  const std::int64_t least = asked.kind == kOpening ? 0 : 1;
  if (!cents || *cents < least || *cents > kMostEntryCents) {
    return fail(ErrorKind::invalid, "dues.entry_amount",
                {{"path", "amount"}, {"amount", asked.amount}});
  }
  if (auto refused = refuse_when(asked, view)) return refused;
  if (asked.kind == kUsed) {
    if (auto refused = refuse_use(asked)) return refused;
  }
  if (auto refused = refuse_standing(asked, view)) return refused;
  if (asked.kind != kOpening && *cents > view.balance_cents) {
    return fail(ErrorKind::refused, "dues.more_than_balance",
                {{"path", "amount"},
                 {"amount", in_yuan(*cents)},
                 {"balance", in_yuan(view.balance_cents)}});
  }
  return std::nullopt;
}

Result<EntryDone> record_remittance(Transaction& tx, const RecordRemittance& command) {
  const Date on = command.on.value_or(tx.store().clock().today());
  return record(tx, command.organisation,
                {std::string(kRemitted), command.year, command.amount, on, "", ""});
}

Result<EntryDone> record_use(Transaction& tx, const RecordUse& command) {
  const Date on = command.on.value_or(tx.store().clock().today());
  return record(tx, command.organisation,
                {std::string(kUsed), year_of(on), command.amount, on, command.category,
                 tidy(command.purpose)});
}

Result<EntryDone> record_opening(Transaction& tx, const RecordOpening& command) {
  // Of a year that cannot be the day does not matter: it is refused by its year.
  const Date on = make_date(command.year, 1, 1).value_or(tx.store().clock().today());
  return record(tx, command.organisation,
                {std::string(kOpening), command.year, command.amount, on, "", ""});
}

Result<EntryDone> withdraw_entry(Transaction& tx, const WithdrawEntry& command) {
  const auto organisation = registry::organisation_meant(tx, command.organisation);
  if (!organisation) return organisation.error();
  const auto found = tx.one<FoundEntry>(sql::dues_entries::found, command.entry, *organisation);
  if (!found) return fail(ErrorKind::not_found, "dues.entry_missing");
  tx.run(sql::dues_entries::remove, command.entry);
  tell(tx, fact::kEntryWithdrawn, *organisation, *found);
  return EntryDone{command.entry, found->kind, found->year, in_yuan(found->amount_cents), ""};
}

Result<api::Page<BookEntry>> book_entries(db::Reader& reader, const crypto::Keys& keys,
                                          Id organisation, const BookQuery& query) {
  if (auto refused = refuse_year(query.year)) return std::move(*refused);
  const auto limit = api::page_limit(query.limit, kMaxBookRows);
  if (!limit) return limit.error();
  const auto after = api::page_after<2>(query.after, {std::numeric_limits<std::int32_t>::min(), 0});
  if (!after) return after.error();
  auto rows = reader.all<EntryRow>(sql::dues_entries::listed, organisation, query.year, (*after)[0],
                                   (*after)[1], *limit + 1);
  api::Page<BookEntry> page;
  if (api::cut_to_page(rows, *limit))
    page.next = api::page_next({to_days(rows.back().on), rows.back().id});
  for (EntryRow& row : rows) {
    auto purpose = keys.cipher().open(row.purpose, context_of(row.id));
    if (!purpose) return purpose.error();
    page.items.push_back({row.id, std::move(row.kind), row.on, in_yuan(row.amount_cents), row.other,
                          std::move(row.other_name), std::move(row.category), std::move(*purpose)});
  }
  return page;
}

}  // namespace jishi::dues
