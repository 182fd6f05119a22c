#pragma once
// The cases of an organisation and of what stands below it, latest first.

#include "api/call.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

inline constexpr int kMostCasesShown = 200;  // of a page

struct ListedCase {
  Id case_id = kNoId;
  std::string process;
  std::string process_name;
  int version_number = 0;
  Id organisation = kNoId;
  std::string organisation_name;
  Id person = kNoId;
  std::string person_name;
  std::string status;
  std::int64_t started_ms = 0;
  std::string started_by_name;
  std::optional<std::int64_t> ended_ms;
  std::string step;                      // an open task that is due first; else what it waits for
  std::optional<std::int64_t> due_ms;    // of the task
  std::optional<std::int64_t> waits_ms;  // the day for which it waits, where no task is open
  std::string subject;                   // what it is called beside its procedure; empty: nothing
};
BOOST_DESCRIBE_STRUCT(ListedCase, (),
                      (case_id, process, process_name, version_number, organisation,
                       organisation_name, person, person_name, status, started_ms, started_by_name,
                       ended_ms, step, due_ms, waits_ms, subject))

struct CaseFilter {
  std::optional<std::string> process;
  std::optional<std::string> status;  // running | suspended | completed | ended | failed
  std::optional<Id> person;
  std::optional<bool> late;  // with an open task whose day has passed
  std::optional<std::string> structure;
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(CaseFilter, (), (process, status, person, late, structure, after, limit))

/// Errors: workflow.status_unknown, api.page_unknown, limit_out_of_range.
Result<api::Page<ListedCase>> list_cases(Store& store, db::Reader& reader, const Office& office,
                                         Id organisation, const registry::Reach& reach,
                                         const CaseFilter& filter, Moment now);

}  // namespace jishi::workflow
