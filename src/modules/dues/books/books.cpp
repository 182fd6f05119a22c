#include "modules/dues/books/books.hpp"

#include "base/money.hpp"
#include "modules/dues/books/dues_books.sql.hpp"
#include "modules/dues/books/rows.hpp"
#include "modules/dues/books/shares.hpp"

namespace jishi::dues {

namespace {

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2100;
constexpr unsigned kMonths = 12;

struct EntrySum {
  std::string kind;
  int year = 0;
  std::string category;
  std::int64_t cents = 0;
};
BOOST_DESCRIBE_STRUCT(EntrySum, (), (kind, year, category, cents))

std::int64_t own_between(db::Reader& reader, Id organisation, int from, int to) {
  if (from > to) return 0;
  return reader
      .one<std::int64_t>(sql::dues_books::own, organisation, month_index(from, 1),
                         month_index(to, kMonths))
      .value_or(0);
}

void add_use(BookSums& sums, std::string_view category, std::int64_t cents) {
  if (category == "training") sums.used_training += cents;
  if (category == "materials") sums.used_materials += cents;
  if (category == "honours") sums.used_honours += cents;
  if (category == "hardship") sums.used_hardship += cents;
  if (category == "disaster") sums.used_disaster += cents;
}

/// What an entry does to the balance.
std::int64_t signed_cents(const EntrySum& sum) {
  return sum.kind == "opening" || sum.kind == "received" ? sum.cents : -sum.cents;
}

/// The year in which the account begins: with what was on it then, else with its first entry. What
/// was paid earlier is on record, but nobody has told what became of it.
int first_year(const std::vector<EntrySum>& entries, int asked) {
  int first = asked;
  for (const EntrySum& one : entries) {
    if (one.kind == "opening") return one.year;
    first = std::min(first, one.year);
  }
  return first;
}

/// The flows before a year, from where the account begins.
std::int64_t carried_into(db::Reader& reader, Id organisation, int year,
                          const std::vector<EntrySum>& entries) {
  const int first = first_year(entries, year);
  std::int64_t carried = own_between(reader, organisation, first, year - 1);
  for (const EntrySum& one : entries) {
    // What the account begins with is carried into its first year.
    const int counts_from = one.kind == "opening" ? one.year : one.year + 1;
    if (one.year >= first && counts_from <= year) carried += signed_cents(one);
  }
  return carried;
}

}  // namespace

YearSpan::YearSpan(int year)
    : first_day(to_days(*make_date(year, 1, 1))),
      last_day(to_days(*make_date(year, 12, 31))),
      first_month(month_index(year, 1)),
      last_month(month_index(year, 12)) {
}

std::map<Id, Collected> collected_by(db::Reader& reader, const std::vector<Id>& organisations,
                                     int year) {
  const YearSpan span(year);
  const std::string ids = db::number_list(organisations);
  std::map<Id, Collected> collected;
  for (const SumOf& one :
       reader.all<SumOf>(sql::dues_books::collected, ids, span.first_month, span.last_month))
    collected[one.organisation].all_cents = one.cents;
  for (const SumOf& one : reader.all<SumOf>(sql::dues_books::large, ids, span.first_day,
                                            span.last_day, span.first_month, span.last_month))
    collected[one.organisation].large_cents = one.cents;
  return collected;
}

ShareLevel share_level(std::string_view kind) {
  for (const std::string_view one : {"committee", "working_committee", "leading_group"}) {
    if (kind == one) return ShareLevel::committee;
  }
  return ShareLevel::branch;
}

Date until_of(const UpwardShare& share, int year) {
  return Period{PeriodKind::month, year + 1, static_cast<unsigned>(share.until_month)}.last_day();
}

Upward upward_of(db::Reader& reader, const Clock& clock, const UpwardShares& shares,
                 const registry::Organisation& organisation, int year) {
  auto share = shares(reader, clock, {{organisation.id, share_level(organisation.kind)}})
                   .at(organisation.id);
  Upward upward;
  upward.until = until_of(share, year);
  if (const auto superior = registry::parent_of(reader, organisation.id)) {
    upward.superior = *superior;
    if (const auto above = registry::organisation(reader, *superior))
      upward.superior_name = above->name;
  }
  upward.percent = share.percent;
  upward.set_by = share.set_by;
  upward.set_by_name = std::move(share.set_by_name);
  return upward;
}

BookSums book_sums(db::Reader& reader, Id organisation, int year, const Upward& upward) {
  BookSums sums;
  const auto entries = reader.all<EntrySum>(sql::dues_books::entry_sums, organisation);
  sums.carried = carried_into(reader, organisation, year, entries);
  const Collected collected = collected_by(reader, {organisation}, year)[organisation];
  sums.collected = collected.all_cents;
  sums.large = collected.large_cents;
  sums.own = own_between(reader, organisation, year, year);
  sums.due = share_of(collected, upward.percent).up_cents;
  for (const EntrySum& one : entries) {
    if (one.year != year) continue;
    if (one.kind == "received") sums.received += one.cents;
    if (one.kind == "remitted") sums.remitted += one.cents;
    if (one.kind == "used") add_use(sums, one.category, one.cents);
  }
  sums.balance = sums.carried + sums.own + sums.received - sums.remitted - sums.used();
  return sums;
}

std::int64_t least_balance(db::Reader& reader, Id organisation, int year, int this_year) {
  const auto entries = reader.all<EntrySum>(sql::dues_books::entry_sums, organisation);
  // A use in this year's account begins it in this year, whatever was paid before.
  auto counted = entries;
  counted.push_back({"used", year, "", 0});
  std::int64_t least = carried_into(reader, organisation, year + 1, counted);
  for (int later = year + 1; later <= this_year; ++later)
    least = std::min(least, carried_into(reader, organisation, later + 1, counted));
  return least;
}

BookFigures figures_of(const BookSums& sums) {
  return {yuan_of_cents(sums.carried),
          yuan_of_cents(sums.collected),
          yuan_of_cents(sums.large),
          yuan_of_cents(sums.own),
          yuan_of_cents(sums.received),
          yuan_of_cents(sums.due),
          yuan_of_cents(sums.collected - sums.due),
          yuan_of_cents(sums.remitted),
          yuan_of_cents(missing_of(sums.due, sums.remitted)),
          yuan_of_cents(sums.used()),
          yuan_of_cents(sums.used_training),
          yuan_of_cents(sums.used_materials),
          yuan_of_cents(sums.used_honours),
          yuan_of_cents(sums.used_hardship),
          yuan_of_cents(sums.used_disaster),
          yuan_of_cents(sums.balance)};
}

std::optional<Error> refuse_year(int year) {
  if (year >= kFirstYear && year <= kLastYear) return std::nullopt;
  return fail(ErrorKind::invalid, "dues.year_invalid",
              {{"path", "year"}, {"year", std::to_string(year)}});
}

}  // namespace jishi::dues
