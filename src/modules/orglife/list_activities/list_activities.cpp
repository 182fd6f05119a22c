#include "modules/orglife/list_activities/list_activities.hpp"

#include "api/paging.hpp"
#include "modules/orglife/list_activities/list_activities.sql.hpp"

namespace jishi::orglife {

namespace {
constexpr std::int64_t kManyOrganisations = 300;
constexpr int kFirstDay = -719'162;  // 0001-01-01
constexpr int kAnyDepth = 1'000;
constexpr int kLastDay = 2'932'896;  // 9999-12-31
}  // namespace

ListedActivity listed(ActivityRow row, std::vector<FoundIn> found) {
  return {row.id,
          row.organisation,
          std::move(row.organisation_name),
          std::move(row.kind),
          row.held_on,
          std::move(row.period),
          std::move(row.topic),
          std::move(row.place),
          row.due,
          row.present,
          row.participants,
          std::move(found)};
}

Result<api::Page<ListedActivity>> list_activities(db::Reader& reader, Id organisation,
                                                  const registry::Reach& reach,
                                                  const ActivityFilter& filter) {
  if (filter.order == ActivityOrder::best)
    return fail(ErrorKind::invalid, "orglife.order_needs_words", {{"path", "order"}});
  const auto limit = api::page_limit(filter.limit, kMaxActivitiesAPage);
  if (!limit) return limit.error();
  const auto after = api::page_after<2>(filter.after, {kLastDay + 1, kNoId});
  if (!after) return after.error();
  const bool large = reach.below && reader.one<std::int64_t>(sql::list_activities::count_below,
                                                             organisation, reach.structure)
                                            .value_or(0) >= kManyOrganisations;
  const auto& statement =
      large ? sql::list_activities::by_day : sql::list_activities::by_organisation;
  api::Page<ListedActivity> page;
  for (ActivityRow& row : reader.all<ActivityRow>(
           statement, organisation, filter.from ? to_days(*filter.from) : kFirstDay,
           filter.to ? to_days(*filter.to) : kLastDay, (*after)[0], (*after)[1],
           filter.kind.value_or(""), *limit + 1, reach.below ? kAnyDepth : 0, reach.structure))
    page.items.push_back(listed(std::move(row)));
  if (api::cut_to_page(page.items, *limit))
    page.next = api::page_next({to_days(page.items.back().held_on), page.items.back().id});
  return page;
}

}  // namespace jishi::orglife
