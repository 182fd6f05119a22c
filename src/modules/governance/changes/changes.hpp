#pragma once
// What changed in an organisation, with the names of what it is about.

#include "api/call.hpp"
#include "modules/governance/governance.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::governance {

struct ChangesQuery {
  std::optional<bool> direct;       // of the organisation alone, without members and activities
  std::optional<std::string> kind;  // registry.organisation_moved, or a module: registry
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> after;      // a page's `next`
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ChangesQuery, (), (direct, kind, structure, after, limit))

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
  Id command = kNoId;
  bool undoable = false;                        // by registry.undo, as far as one can tell before
  std::optional<std::string> name_before = {};  // of a renaming
  std::optional<std::string> structure = {};    // of a move, as are the parents of then and now:
  Id from = kNoId;                              // kNoId: from the top
  std::string from_name = {};                   // empty where the reader may not see it
  Id to = kNoId;
  std::string to_name = {};
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (seq, kind, title, happened, recorded_ms, organisation, organisation_name,
                       person, person_name, subject, amount, rule, actor_name, command, undoable,
                       name_before, structure, from, from_name, to, to_name))

/// What is needed to tell of changes.
struct Telling {
  const FactTitles& titles;
  Language language = Language::zh;
  std::function<bool(Id organisation)> sees;  // whether the reader may see an organisation
};

/// Of an organisation and what stands below it, as far as `reach`, latest first. Where little
/// changed a page may hold few rows, or none, and still say how to go on. Errors: api.page_unknown,
/// api.limit_out_of_range, governance.kind_unknown.
Result<api::Page<Change>> changes_of(db::Reader& reader, Id organisation,
                                     const registry::Reach& reach, const ChangesQuery& query,
                                     const Telling& telling);

struct PersonChangesQuery {
  std::optional<std::string> kind;
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(PersonChangesQuery, (), (kind, after, limit))

/// Of one person: their record, memberships, posts and lights, with those of the records merged
/// into them. Errors: as above.
Result<api::Page<Change>> changes_of_person(db::Reader& reader, Id person,
                                            const PersonChangesQuery& query,
                                            const Telling& telling);

}  // namespace jishi::governance
