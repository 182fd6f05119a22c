#include "api/routes.hpp"

#include "modules/dues/books/below.hpp"
#include "modules/dues/books/publish.hpp"

namespace jishi::dues {

namespace {

using http::Method;

struct YearQuery {
  int year = 0;
};
BOOST_DESCRIBE_STRUCT(YearQuery, (), (year))

/// An organisation's account of a year, as it stands.
struct DuesBook {
  Id organisation = kNoId;
  std::string organisation_name;
  int year = 0;
  Upward upward;
  bool overdue = false;  // the day has passed and something is not remitted: told, no more
  BookFigures figures;
  std::vector<EarlierPublication> publications;  // the latest first
  bool changed_since = false;                    // since the latest publication
};
BOOST_DESCRIBE_STRUCT(DuesBook, (),
                      (organisation, organisation_name, year, upward, overdue, figures,
                       publications, changed_since))

Result<DuesBook> book(const api::Call& call, const UpwardShares& shares, int year) {
  if (auto refused = refuse_year(year)) return std::move(*refused);
  const Clock& clock = call.store.clock();
  return call.store.read([&](db::Reader& reader) -> Result<DuesBook> {
    const auto organisation = registry::organisation(reader, call.organisation);
    if (!organisation) return fail(ErrorKind::not_found, "registry.not_found");
    DuesBook shown;
    shown.organisation = organisation->id;
    shown.organisation_name = organisation->name;
    shown.year = year;
    shown.upward = upward_of(reader, clock, shares, *organisation, year);
    const BookSums sums = book_sums(reader, organisation->id, year, shown.upward);
    shown.overdue = sums.due > sums.remitted && clock.today() > shown.upward.until;
    shown.figures = figures_of(sums);
    auto published = publications_of(reader, organisation->id, year, sums);
    shown.publications = std::move(published.all);
    shown.changed_since = published.changed_since;
    return shown;
  });
}

void list_routes(api::Routes& routes, const UpwardShares& shares) {
  constexpr api::Permission kWrite = "dues.write";
  const auto organisation = api::organisation_in("organisation");
  api::WholeList<BookEntry, EntryLine> entries;
  entries.lines = entry_lines;
  routes.list<BookQuery>(
      "/api/v1/organisations/{organisation}/dues-book/entries",
      {"dues.book_entries", kWrite, organisation},
      [](api::Call& call, const BookQuery& query) {
        return call.store.read([&](db::Reader& reader) {
          return book_entries(reader, call.store.keys(), call.organisation, query);
        });
      },
      std::move(entries));
  api::WholeList<BookBelow, BelowLine> below;
  below.lines = below_lines;
  routes.list<BookQuery>(
      "/api/v1/organisations/{organisation}/dues-book/below",
      {"dues.books_below", kWrite, organisation},
      [shares](api::Call& call, const BookQuery& query) {
        return call.store.read([&](db::Reader& reader) {
          return books_below(reader, call.store.clock(), shares, call.organisation, query);
        });
      },
      std::move(below));
  routes.list<BookQuery>("/api/v1/organisations/{organisation}/dues-book/large-sums",
                         {"dues.large_sums", kWrite, organisation},
                         [](api::Call& call, const BookQuery& query) {
                           return call.store.read([&](db::Reader& reader) {
                             return large_sums(reader, call.organisation, query);
                           });
                         });
  api::WholeList<PublishedAccount, PublishedLine> published;
  published.lines = published_lines;
  routes.list<PublishedQuery>(
      "/api/v1/dues-publications", {"dues.published_accounts", {}, api::own_account()},
      [](api::Call& call, const PublishedQuery& query) {
        return call.store.read(
            [&](db::Reader& reader) { return published_to(reader, call.caller.person, query); });
      },
      std::move(published));
}

}  // namespace

void book_routes(api::Routes& routes, UpwardShares shares) {
  constexpr api::Permission kWrite = "dues.write";
  const auto organisation = api::organisation_in("organisation");
  const std::string place = "/api/v1/organisations/{organisation}/dues-book";
  routes.get_slowly<YearQuery>(
      place, {"dues.book", kWrite, organisation},
      [shares](api::Call& call, const YearQuery& query) { return book(call, shares, query.year); });
  list_routes(routes, shares);
  routes
      .command(Method::post, place + "/remittances",
               {"dues.record_remittance", kWrite, organisation}, record_remittance)
      .status = 201;
  routes
      .command(Method::post, place + "/uses", {"dues.record_use", kWrite, organisation}, record_use)
      .status = 201;
  routes
      .command(Method::post, place + "/openings", {"dues.record_opening", kWrite, organisation},
               record_opening)
      .status = 201;
  routes.command(Method::post, place + "/withdrawals",
                 {"dues.withdraw_entry", kWrite, organisation}, withdraw_entry);
  routes
      .command_with<PublishAccount>(Method::post, place + "/publications",
                                    {"dues.publish_account", kWrite, organisation},
                                    [shares](Transaction& tx, const PublishAccount& command) {
                                      return publish_account(tx, command, shares);
                                    })
      .status = 201;
}

}  // namespace jishi::dues
