#include "modules/dues/books/below.hpp"

#include "api/paging.hpp"
#include "base/money.hpp"
#include "modules/dues/books/dues_books.sql.hpp"
#include "modules/dues/books/rows.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::dues {

namespace {

struct Child {
  Id organisation = kNoId;
  std::string name;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(Child, (), (organisation, name, kind))

struct LargeRow {
  Id person = kNoId;
  std::string number;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  int month = 0;
  std::int32_t paid_on = 0;
  std::int64_t cents = 0;
};
BOOST_DESCRIBE_STRUCT(LargeRow, (),
                      (person, number, name, organisation, organisation_name, month, paid_on,
                       cents))

}  // namespace

Result<api::Page<BookBelow>> books_below(db::Reader& reader, const Clock& clock,
                                         const UpwardShares& shares, Id organisation,
                                         const BookQuery& query) {
  if (auto refused = refuse_year(query.year)) return std::move(*refused);
  const auto limit = api::page_limit(query.limit, kMaxBookRows);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {kNoId});
  if (!after) return after.error();
  auto children = reader.all<Child>(sql::dues_books::children, organisation, (*after)[0],
                                    YearSpan(query.year).first_day, *limit + 1);
  api::Page<BookBelow> page;
  if (children.empty()) return page;
  if (api::cut_to_page(children, *limit))
    page.next = api::page_next({children.back().organisation});
  std::vector<Id> ids;
  std::vector<Sharing> sharing;
  for (const Child& child : children) {
    ids.push_back(child.organisation);
    sharing.push_back({child.organisation, share_level(child.kind)});
  }
  const auto held = shares(reader, clock, sharing);
  auto collected = collected_by(reader, ids, query.year);
  std::map<Id, std::int64_t> remitted;
  for (const SumOf& one :
       reader.all<SumOf>(sql::dues_books::remitted, db::number_list(ids), query.year))
    remitted[one.organisation] = one.cents;
  for (Child& child : children) {
    const UpwardShare& share = held.at(child.organisation);
    const Collected& paid = collected[child.organisation];
    const std::int64_t due = share_of(paid, share.percent).up_cents;
    const std::int64_t passed = remitted[child.organisation];
    const std::int64_t missing = missing_of(due, passed);
    const Date until = until_of(share, query.year);
    page.items.push_back({child.organisation, std::move(child.name), yuan_of_cents(paid.all_cents),
                          yuan_of_cents(paid.large_cents), share.percent, yuan_of_cents(due),
                          yuan_of_cents(passed), yuan_of_cents(missing), until,
                          missing > 0 && clock.today() > until});
  }
  return page;
}

Result<api::Page<LargeSum>> large_sums(db::Reader& reader, Id organisation,
                                       const BookQuery& query) {
  if (auto refused = refuse_year(query.year)) return std::move(*refused);
  const auto limit = api::page_limit(query.limit, kMaxBookRows);
  if (!limit) return limit.error();
  const auto after =
      api::page_after<3>(query.after, {std::numeric_limits<std::int32_t>::min(), kNoId, kNoId});
  if (!after) return after.error();
  const YearSpan span(query.year);
  auto rows = reader.all<LargeRow>(sql::dues_books::large_sums, organisation, span.first_day,
                                   span.last_day, span.first_month, span.last_month, (*after)[0],
                                   (*after)[1], (*after)[2], *limit + 1);
  api::Page<LargeSum> page;
  if (api::cut_to_page(rows, *limit))
    page.next = api::page_next({rows.back().paid_on, rows.back().person, rows.back().month});
  for (LargeRow& row : rows) {
    LargeSum& sum = page.items.emplace_back();
    sum.person = row.person;
    sum.number = std::move(row.number);
    sum.name = std::move(row.name);
    sum.organisation = row.organisation;
    sum.organisation_name = std::move(row.organisation_name);
    sum.month = month_at(row.month);
    if (row.paid_on != kNoDay) sum.paid_on = from_days(row.paid_on);
    sum.amount = yuan_of_cents(row.cents);
  }
  return page;
}

std::vector<BelowLine> below_lines(const BookBelow& below) {
  return {{below.organisation, below.organisation_name, std::stod(below.collected),
           std::stod(below.large), below.percent, std::stod(below.due), std::stod(below.remitted),
           std::stod(below.missing), below.until}};
}

std::vector<EntryLine> entry_lines(const BookEntry& entry) {
  return {{entry.kind, entry.on, std::stod(entry.amount), entry.other_name, entry.category,
           entry.purpose}};
}

}  // namespace jishi::dues
