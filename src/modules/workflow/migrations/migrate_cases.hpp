#pragma once
// Cases go on by another version of their process: those that are named, or all of a version.

#include "api/call.hpp"
#include "modules/workflow/cases/case.hpp"
#include "modules/workflow/migrations/retime.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr std::size_t kMostMigrated = 2'000;  // of one command

struct MigrateCases {
  Id to = kNoId;           // a version
  std::vector<Id> cases;   // those; none: all that go on by `from`
  std::optional<Id> from;  // a version
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(MigrateCases, (), (to, cases, from, reason))

/// What became of a case, or would.
struct MigratedCase {
  Id case_id = kNoId;
  std::string outcome;  // migrated | unchanged | refused
  std::optional<std::string> code;
  std::optional<std::string> detail;
  std::vector<MigrationChange> changes;
};
BOOST_DESCRIBE_STRUCT(MigratedCase, (), (case_id, outcome, code, detail, changes))

struct MigrationDone {
  std::vector<MigratedCase> cases;
  int migrated = 0;
  int unchanged = 0;
  int refused = 0;
};
BOOST_DESCRIBE_STRUCT(MigrationDone, (), (cases, migrated, unchanged, refused))

/// Why a case cannot stand in another version; pure. workflow.element_gone, element_changed: where
/// it stands there is something else. Of a case that can: its state there.
Result<State> state_in(const Definition& from, const Definition& to, const State& state);

/// Each for itself, of those that lie in the scope of workflow.manage; others are told as unknown.
/// Errors of the whole: workflow.version_unknown, migration_size.
Result<MigrationDone> migrate_cases(Transaction& tx, const Office& office, const api::Call& call,
                                    const MigrateCases& asked);

void migration_routes(api::Routes& routes, const Office& office);

}  // namespace jishi::workflow
