#include <limits>

#include "api/paging.hpp"
#include "api/routes.hpp"
#include "modules/workflow/measures/measures.hpp"
#include "modules/workflow/measures/measures.sql.hpp"

namespace jishi::workflow {

namespace {

/// A measure as people see it.
struct ShownMeasure {
  Id measure = kNoId;
  std::string kind;  // stop | restore | correct | advise_leave | remove
  Id organisation = kNoId;
  std::string organisation_name;
  Date approved;
  std::string number;
  std::optional<Date> until;
  std::optional<Date> ended;
};
BOOST_DESCRIBE_STRUCT(ShownMeasure, (),
                      (measure, kind, organisation, organisation_name, approved, number, until,
                       ended))

struct MeasuresQuery {
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(MeasuresQuery, (), (after, limit))

Result<api::Page<ShownMeasure>> measures(api::Call& call, const MeasuresQuery& asked) {
  const auto limit = api::page_limit(asked.limit, kMostMeasuresShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  return call.store.read([&](db::Reader& reader) {
    api::Page<ShownMeasure> page{
        reader.all<ShownMeasure>(sql::measures::of_person, call.subject, (*after)[0], *limit + 1),
        std::nullopt};
    if (api::cut_to_page(page.items, *limit))
      page.next = api::page_next({page.items.back().measure});
    return page;
  });
}

}  // namespace

void measure_routes(api::Routes& routes) {
  // Whoever may see what is masked elsewhere, and everybody of themselves.
  routes.get_slowly<MeasuresQuery>(
      "/api/v1/persons/{person}/measures",
      {"workflow.measures", "registry.unmask", api::person_in("person")},
      [](api::Call& call, const MeasuresQuery& asked) { return measures(call, asked); });
}

}  // namespace jishi::workflow
