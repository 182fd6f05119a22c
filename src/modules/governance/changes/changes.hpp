#pragma once
// What changed in an organisation, with the names of what it is about.

#include "api/call.hpp"
#include "modules/governance/governance.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::governance {

struct ChangesQuery {
  std::optional<bool> direct;  // of the organisation alone, without members and activities
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> after;      // a page's `next`
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ChangesQuery, (), (direct, structure, after, limit))

struct Change {
  std::int64_t seq = 0;
  std::string kind;   // registry.organisation_moved
  std::string title;  // in words
  Date happened;
  std::int64_t recorded_ms = 0;
  Id organisation = kNoId;
  std::string organisation_name;
  Id person = kNoId;
  std::string person_name;
  Id subject = kNoId;
  std::int64_t amount = 0;
  std::optional<std::string> rule;  // of a light or a parameter
  std::string actor_name;           // empty: the program, or the command line
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (seq, kind, title, happened, recorded_ms, organisation, organisation_name,
                       person, person_name, subject, amount, rule, actor_name))

/// Of an organisation and what stands below it, as far as `reach`, latest first. Where little
/// changed a page may hold few rows, or none, and still say how to go on. Errors: api.page_unknown,
/// api.limit_out_of_range.
Result<api::Page<Change>> changes_of(db::Reader& reader, Id organisation,
                                     const registry::Reach& reach, const ChangesQuery& query,
                                     const FactTitles& titles, Language language);

}  // namespace jishi::governance
