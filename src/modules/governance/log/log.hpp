#pragma once
// The log: every fact as it stands in the ledger, by ids, for auditors.

#include "api/call.hpp"
#include "modules/governance/governance.hpp"

namespace jishi::governance {

struct LogQuery {
  std::optional<std::string> kind;  // registry.organisation_moved, or a module: registry
  std::optional<Id> organisation;
  std::optional<Id> person;
  std::optional<Id> actor;
  std::optional<Date> from;  // recorded on this day or later
  std::optional<Date> to;    // recorded on this day or earlier
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(LogQuery, (), (kind, organisation, person, actor, from, to, after, limit))

struct LoggedFact {
  std::int64_t seq = 0;
  std::string kind;
  std::string title;
  Date happened;
  std::int64_t recorded_ms = 0;
  Id organisation = kNoId;
  std::string organisation_name;
  Id person = kNoId;  // never by name: whoever audits sees no members
  Id subject = kNoId;
  std::string subject_name;  // of an account or an organisation
  std::int64_t amount = 0;
  std::string payload;  // JSON
  Id actor = kNoId;
  std::string actor_name;
  Id command = kNoId;
};
BOOST_DESCRIBE_STRUCT(LoggedFact, (),
                      (seq, kind, title, happened, recorded_ms, organisation, organisation_name,
                       person, subject, subject_name, amount, payload, actor, actor_name, command))

/// Latest first, of what `sees` lets through. A page looks at kMaxScanned facts and says how to go
/// on. Errors: governance.kind_unknown, api.page_unknown, api.limit_out_of_range.
Result<api::Page<LoggedFact>> log_page(db::Reader& reader, const LogQuery& query,
                                       const std::function<bool(Id organisation)>& sees,
                                       const FactTitles& titles, Language language);

}  // namespace jishi::governance
