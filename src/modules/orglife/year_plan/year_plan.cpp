#include "modules/orglife/year_plan/year_plan.hpp"

#include "api/paging.hpp"
#include "api/routes.hpp"
#include "base/text.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/orglife/year_plan/year_plan.sql.hpp"

namespace jishi::orglife {

namespace {

struct ListedMeeting {
  int year = 0;
  int item = 0;
  std::string kind;
  Date on;
  std::string topic;
  std::optional<Id> called_by;  // the case by which it was called; of its kind, for its day
  std::optional<Id> activity;   // that is on record of this kind and day
};
BOOST_DESCRIBE_STRUCT(ListedMeeting, (), (year, item, kind, on, topic, called_by, activity))

struct PlanQuery {
  std::optional<int> year;           // this year when not given
  std::optional<std::string> after;  // next of the page before
  std::optional<int> limit;          // 50 unless told
};
BOOST_DESCRIBE_STRUCT(PlanQuery, (), (year, after, limit))

int year_of(Date date) {
  return static_cast<int>(std::chrono::year_month_day(date).year());
}

Error outside(int year, std::size_t item) {
  return fail(ErrorKind::refused, "orglife.plan_year",
              {{"year", std::to_string(year)}, {"item", std::to_string(item)}});
}

Result<api::Page<ListedMeeting>> planned(api::Call& call, const PlanQuery& asked) {
  const auto limit = api::page_limit(asked.limit, static_cast<int>(kMaxPlanned));
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(asked.after, {0});
  if (!after) return after.error();
  const int year = asked.year.value_or(year_of(call.store.clock().today()));
  return call.store.read([&](db::Reader& reader) {
    api::Page<ListedMeeting> page{
        reader.all<ListedMeeting>(sql::year_plan::listed, call.organisation, year, (*after)[0],
                                  *limit + 1),
        std::nullopt};
    if (api::cut_to_page(page.items, *limit)) page.next = api::page_next({page.items.back().item});
    return page;
  });
}

}  // namespace

std::vector<PlannedDay> planned_days(db::Reader& reader, const std::vector<Id>& organisations,
                                     Date from, Date to, int limit) {
  return reader.all<PlannedDay>(sql::year_plan::days, db::number_list(organisations), from, to,
                                limit);
}

Result<Done> set_plan(Transaction& tx, Id organisation, int year,
                      const std::vector<PlannedMeeting>& plan) {
  if (plan.empty()) return fail(ErrorKind::invalid, "orglife.plan_empty");
  if (plan.size() > kMaxPlanned)
    return fail(ErrorKind::invalid, "orglife.plan_too_long",
                {{"limit", std::to_string(kMaxPlanned)}});
  if (year < kFirstPlanYear || year > kLastPlanYear) return outside(year, 0);
  for (std::size_t at = 0; at < plan.size(); ++at) {
    if (year_of(plan[at].on) != year) return outside(year, at + 1);
    if (count_code_points(plan[at].topic) > kMaxPlannedTopic) {
      return fail(ErrorKind::invalid, "orglife.plan_topic",
                  {{"item", std::to_string(at + 1)}, {"limit", std::to_string(kMaxPlannedTopic)}});
    }
    if (auto refused = tx.refuse_code("activity_kind", "plan.kind", plan[at].kind))
      return std::move(*refused);
  }
  tx.run(sql::year_plan::clear, organisation, year);
  int item = 0;
  for (const PlannedMeeting& one : plan)
    tx.run(sql::year_plan::add, organisation, year, ++item, one.kind, one.on, one.topic);
  tx.fact(fact::kPlanSet, tx.store().clock().today(), organisation,
          {.amount = static_cast<std::int64_t>(plan.size())});
  return Done{};
}

void call_meeting(Transaction& tx, Id case_id, Id organisation, const std::string& kind, Date on) {
  tx.run(sql::year_plan::call, case_id, organisation, kind, on);
}

void call_off_meeting(Transaction& tx, Id case_id) {
  tx.run(sql::year_plan::call_off, case_id);
}

void plan_routes(api::Routes& routes) {
  routes.list<PlanQuery>("/api/v1/organisations/{organisation}/plan",
                         {"orglife.plan", api::kSee, api::organisation_in("organisation")},
                         planned);
}

}  // namespace jishi::orglife
