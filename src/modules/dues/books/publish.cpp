#include "modules/dues/books/publish.hpp"

#include "api/paging.hpp"
#include "modules/dues/books/dues_publications.sql.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::dues {

namespace {

struct PublicationRow {
  Id id = kNoId;
  Date published_on;
  std::string figures;
};
BOOST_DESCRIBE_STRUCT(PublicationRow, (), (id, published_on, figures))

struct ListedRow {
  Id id = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  int year = 0;
  Date published_on;
  std::string figures;
  std::optional<Date> replaces;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (),
                      (id, organisation, organisation_name, year, published_on, figures, replaces))

std::string frozen(const BookSums& sums) {
  return boost::json::serialize(to_json(sums));
}

BookSums thawed(const std::string& figures) {
  auto sums = from_json<BookSums>(parse_json(figures).value());
  if (!sums) throw db::Failure(db::FailureKind::damaged, "a published account does not read");
  return *sums;
}

}  // namespace

std::vector<PublishedLine> published_lines(const PublishedAccount& account) {
  const BookFigures& figures = account.figures;
  return {{account.organisation, account.organisation_name, account.year, account.published_on,
           account.replaces, std::stod(figures.carried), std::stod(figures.collected),
           std::stod(figures.large), std::stod(figures.received), std::stod(figures.due),
           std::stod(figures.remitted), std::stod(figures.used), std::stod(figures.balance)}};
}

PublicationsOfYear publications_of(db::Reader& reader, Id organisation, int year,
                                   const BookSums& sums) {
  PublicationsOfYear found;
  const auto rows = reader.all<PublicationRow>(sql::dues_publications::of_year, organisation, year,
                                               kMaxPublicationsShown);
  for (const PublicationRow& one : rows) {
    found.all.push_back({one.id, one.published_on, figures_of(thawed(one.figures)).balance});
  }
  found.changed_since = !rows.empty() && rows.front().figures != frozen(sums);
  return found;
}

Result<PublishedAccount> publish_account(Transaction& tx, const PublishAccount& command,
                                         const UpwardShares& shares) {
  const auto meant = registry::organisation_meant(tx, command.organisation);
  if (!meant) return meant.error();
  if (auto refused = refuse_year(command.year)) return std::move(*refused);
  const Date today = tx.store().clock().today();
  if (command.year >= year_of(today)) {
    return fail(ErrorKind::refused, "dues.year_not_over",
                {{"path", "year"},
                 {"year", std::to_string(command.year)},
                 {"date", to_iso(*make_date(command.year + 1, 1, 1))}});
  }
  const auto organisation = registry::organisation(tx, *meant);
  if (!organisation) return fail(ErrorKind::not_found, "registry.not_found");
  const Upward upward = upward_of(tx, tx.store().clock(), shares, *organisation, command.year);
  const BookSums sums = book_sums(tx, *meant, command.year, upward);
  const std::string figures = frozen(sums);
  const auto last = tx.one<PublicationRow>(sql::dues_publications::last, *meant, command.year);
  if (!last && figures == frozen(BookSums{})) {
    return fail(ErrorKind::refused, "dues.nothing_to_publish",
                {{"path", "year"}, {"year", std::to_string(command.year)}});
  }
  if (last && last->figures == figures) {
    return fail(ErrorKind::refused, "dues.published_same",
                {{"year", std::to_string(command.year)}, {"date", to_iso(last->published_on)}});
  }
  const Id id = tx.new_id();
  tx.run(sql::dues_publications::add, id, *meant, command.year, today, figures,
         last ? last->id : kNoId);
  tx.fact(fact::kAccountPublished, today, *meant,
          {.subject = command.year, .amount = sums.balance});
  PublishedAccount published{id, *meant, organisation->name, command.year, today, {}, {}};
  if (last) published.replaces = last->published_on;
  published.figures = figures_of(sums);
  return published;
}

Result<api::Page<PublishedAccount>> published_to(db::Reader& reader, Id person,
                                                 const PublishedQuery& query) {
  const auto limit = api::page_limit(query.limit, kMaxBookRows);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  api::Page<PublishedAccount> page;
  const auto member = registry::whereabouts(reader, person);
  if (!member || member->organisation == kNoId) return page;
  auto rows = reader.all<ListedRow>(sql::dues_publications::listed, member->organisation,
                                    (*after)[0], *limit + 1);
  if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().id});
  for (ListedRow& row : rows) {
    page.items.push_back({row.id, row.organisation, std::move(row.organisation_name), row.year,
                          row.published_on, row.replaces, figures_of(thawed(row.figures))});
  }
  return page;
}

}  // namespace jishi::dues
