#include "modules/workflow/own_cases/own_cases.hpp"

#include "api/routes.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/case.hpp"
#include "modules/workflow/letters/letters.hpp"
#include "modules/workflow/own_cases/own_cases.sql.hpp"

namespace jishi::workflow {

namespace {

constexpr int kMostRunning = 200;  // about one person; what is read through

struct OwnRow {
  Id case_id = kNoId;
  std::string process;
  std::string process_name;
  std::string status;
  std::string organisation_name;
  std::int64_t started_ms = 0;
  std::string element;
  std::string step;
  std::string place_name;
  std::optional<std::int64_t> since_ms;
  std::optional<std::int64_t> due_ms;
  std::optional<std::int64_t> waits_until_ms;
  Id own_task = kNoId;
  std::optional<int> year;
  std::optional<int> number;
  std::string code;
  std::optional<Date> expires;
  std::optional<std::int64_t> voided;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (),
                      (case_id, process, process_name, status, organisation_name, started_ms,
                       element, step, place_name, since_ms, due_ms, waits_until_ms, own_task, year,
                       number, code, expires, voided))

OwnCase shown(OwnRow row, Date today) {
  OwnCase one{row.case_id,
              std::move(row.process),
              std::move(row.process_name),
              std::move(row.status),
              std::move(row.organisation_name),
              row.started_ms,
              std::move(row.element),
              std::move(row.step),
              std::move(row.place_name),
              row.since_ms,
              row.due_ms,
              row.waits_until_ms,
              row.own_task,
              {},
              {},
              row.expires,
              false};
  if (!row.year || !row.number) return one;
  one.letter_number = letter_number(*row.year, *row.number);
  one.letter_code = std::move(row.code);
  one.letter_valid = !row.voided && row.expires && today <= *row.expires;
  return one;
}

/// By its latest version: what is shown is no part of how a case runs.
bool followed(db::Reader& reader, const Deployments& deployments, std::string_view process) {
  const auto latest = deployments.latest(reader, process);
  return latest && (*latest)->definition->scopes[(*latest)->scope].followed;
}

OwnCases own_cases(const api::Call& call, const Office& office) {
  OwnCases found;
  if (call.caller.person == kNoId) return found;
  const Date today = call.store.clock().today();
  return call.store.read([&](db::Reader& reader) {
    const auto ids = registry::ids_of(reader, call.caller.person);
    for (OwnRow& row :
         reader.all<OwnRow>(sql::own_cases::running, db::number_list(ids), kMostRunning)) {
      if (found.items.size() < kMostOwnCases && followed(reader, office.deployments, row.process))
        found.items.push_back(shown(std::move(row), today));
    }
    return found;
  });
}

}  // namespace

void own_case_routes(api::Routes& routes, const Office& office) {
  routes.get_slowly<api::Nothing>("/api/v1/own-cases",
                                  {"workflow.own_cases", "self.read", api::own_account()},
                                  [&office](api::Call& call, const api::Nothing&) {
                                    return Result<OwnCases>(own_cases(call, office));
                                  });
}

}  // namespace jishi::workflow
