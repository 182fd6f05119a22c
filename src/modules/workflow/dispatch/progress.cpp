// How far what was sent has come: by task, by receiver, by step.
#include "api/paging.hpp"
#include "api/routes.hpp"
#include "modules/workflow/dispatch/dispatches.hpp"
#include "modules/workflow/dispatch/dispatches.sql.hpp"
#include "modules/workflow/refusals/kept_refusal.hpp"

namespace jishi::workflow {

namespace {

// The step of its process by which the sender passes a feedback: what ends without it was
// withdrawn.
constexpr std::string_view kPassed = "check";

struct DispatchQuery {
  std::optional<std::string> structure;  // the Party's where the caller sees it there
  std::optional<bool> below;             // also what organisations below sent; true unless said
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(DispatchQuery, (), (structure, below, after, limit))

struct ReceiverQuery {
  std::optional<std::string> outcome;  // waiting | sent | refused
  std::optional<std::string> step;     // the name of an open task
  std::optional<bool> late;
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ReceiverQuery, (), (outcome, step, late, after, limit))

struct ReceiverRow {
  Id organisation = kNoId;
  std::string organisation_name;
  std::string outcome;
  Id case_id = kNoId;
  std::string status;
  std::string step;
  std::optional<std::int64_t> due_ms;
  Id task = kNoId;
  std::string ended_as;
  bool unmanned = false;
  std::string refusal;
};
BOOST_DESCRIBE_STRUCT(ReceiverRow, (),
                      (organisation, organisation_name, outcome, case_id, status, step, due_ms,
                       task, ended_as, unmanned, refusal))

/// How many cases of one that was sent stand at a step.
struct StepCount {
  std::string step;
  std::int64_t cases = 0;
  std::int64_t late = 0;
};
BOOST_DESCRIBE_STRUCT(StepCount, (), (step, cases, late))

std::optional<Id> sender_of_dispatch(db::Reader& reader, Id dispatch) {
  return reader.one<Id>(sql::dispatches::sender, dispatch);
}

Result<api::Page<ShownDispatch>> list(const api::Call& call, const DispatchQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostDispatchesShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  const auto reach = registry::reach_of(call, query.structure);
  if (!reach) return reach.error();
  api::Page<ShownDispatch> page;
  page.items = call.store.read([&](db::Reader& reader) {
    return reader.all<ShownDispatch>(sql::dispatches::list, call.organisation, (*after)[0],
                                     *limit + 1, call.store.clock().now_ms(), kPassed,
                                     reach->structure, reach->below && query.below.value_or(true));
  });
  if (api::cut_to_page(page.items, *limit))
    page.next = api::page_next({page.items.back().dispatch});
  return page;
}

Result<ShownDispatch> show(const api::Call& call) {
  const auto found = call.store.read([&](db::Reader& reader) {
    return reader.one<ShownDispatch>(sql::dispatches::list, call.organisation, call.subject + 1, 1,
                                     call.store.clock().now_ms(), kPassed,
                                     registry::kPartyStructure, false);
  });
  if (!found) return fail(ErrorKind::not_found, "api.not_found");
  return *found;
}

Result<api::Page<ShownReceiver>> receivers(const api::Call& call, const ReceiverQuery& query) {
  const auto limit = api::page_limit(query.limit, kMostReceiversShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(query.after, {0});
  if (!after) return after.error();
  auto rows = call.store.read([&](db::Reader& reader) {
    return reader.all<ReceiverRow>(sql::dispatches::receivers, call.subject, (*after)[0],
                                   query.outcome.value_or(""), query.step.value_or(""),
                                   query.late.value_or(false), call.store.clock().now_ms(),
                                   *limit + 1, kPassed, call.store.clock().today());
  });
  api::Page<ShownReceiver> page;
  if (api::cut_to_page(rows, *limit)) page.next = api::page_next({rows.back().organisation});
  for (ReceiverRow& row : rows) {
    const auto refusal = shown_refusal(row.refusal, call.language());
    page.items.push_back({row.organisation, std::move(row.organisation_name),
                          std::move(row.outcome), row.case_id, std::move(row.status),
                          std::move(row.step), row.due_ms, row.task, std::move(row.ended_as),
                          row.unmanned, refusal.code, refusal.detail});
  }
  return page;
}

api::Page<StepCount> steps(const api::Call& call) {
  return {call.store.read([&](db::Reader& reader) {
            return reader.all<StepCount>(sql::dispatches::steps, call.subject,
                                         call.store.clock().now_ms());
          }),
          {}};
}

}  // namespace

void dispatch_list_routes(api::Routes& routes) {
  constexpr api::Permission kRead = "workflow.read";
  const auto one = api::record_in("dispatch", sender_of_dispatch);
  routes.list<DispatchQuery>(
      "/api/v1/organisations/{organisation}/dispatches",
      {"workflow.list_dispatches", kRead, api::organisation_in("organisation")},
      [](api::Call& call, const DispatchQuery& query) { return list(call, query); });
  routes.get_slowly<api::Nothing>("/api/v1/dispatches/{dispatch}",
                                  {"workflow.show_dispatch", kRead, one},
                                  [](api::Call& call, const api::Nothing&) { return show(call); });
  routes.list<ReceiverQuery>(
      "/api/v1/dispatches/{dispatch}/receivers", {"workflow.dispatch_receivers", kRead, one},
      [](api::Call& call, const ReceiverQuery& query) { return receivers(call, query); });
  routes.get_slowly<api::Nothing>(
      "/api/v1/dispatches/{dispatch}/steps", {"workflow.dispatch_steps", kRead, one},
      [](api::Call& call, const api::Nothing&) { return Result(steps(call)); });
}

}  // namespace jishi::workflow
