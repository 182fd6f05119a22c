#include "modules/workflow/cases/list_cases.hpp"

#include "api/paging.hpp"
#include "modules/workflow/cases/entered.hpp"
#include "modules/workflow/cases/list_cases.sql.hpp"

namespace jishi::workflow {

namespace {

constexpr std::string_view kStatuses[] = {"running", "suspended", "completed", "ended", "failed"};

std::optional<Error> refuse_filter(const CaseFilter& filter) {
  if (!filter.status) return std::nullopt;
  const auto* end = std::end(kStatuses);
  if (std::find(std::begin(kStatuses), end, *filter.status) != end) return std::nullopt;
  return fail(ErrorKind::invalid, "workflow.status_unknown",
              {{"path", "status"}, {"status", *filter.status}});
}

/// What a case waits for, by the name of the event that comes first.
std::string awaited_in(Store& store, db::Reader& reader, const Office& office, Id case_id) {
  const auto held = held_case(store, reader, office, case_id);
  if (!held) return {};
  const Timer* first = nullptr;
  for (const Timer& timer : held->state.timers) {
    if (first == nullptr || timer.due < first->due) first = &timer;
  }
  if (first == nullptr) return {};
  const Node& node = held->playable->definition->nodes[first->node];
  return node.name.empty() ? node.id : node.name;
}

}  // namespace

Result<api::Page<ListedCase>> list_cases(Store& store, db::Reader& reader, const Office& office,
                                         Id organisation, const registry::Reach& reach,
                                         const CaseFilter& filter, Moment now) {
  if (auto refused = refuse_filter(filter)) return std::move(*refused);
  const auto limit = api::page_limit(filter.limit, kMostCasesShown);
  if (!limit) return limit.error();
  const auto after = api::page_after<1>(filter.after, {std::numeric_limits<std::int64_t>::max()});
  if (!after) return after.error();
  api::Page<ListedCase> page;
  page.items = reader.all<ListedCase>(sql::list_cases::page, organisation, reach.structure,
                                      reach.below, (*after)[0], filter.process.value_or(""),
                                      filter.status.value_or(""), filter.person.value_or(kNoId),
                                      filter.late.value_or(false), now, *limit + 1);
  if (api::cut_to_page(page.items, *limit)) page.next = api::page_next({page.items.back().case_id});
  std::vector<Id> ids;
  for (const ListedCase& one : page.items) ids.push_back(one.case_id);
  auto subjects = subjects_of(store, reader, office, ids);
  for (ListedCase& one : page.items) {
    one.subject = std::move(subjects[one.case_id]);
    if (one.waits_ms) one.step = awaited_in(store, reader, office, one.case_id);
  }
  return page;
}

}  // namespace jishi::workflow
