#pragma once
// The store's schema grows by forward-only steps, one list a module, in the order of their names.

#include <functional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/db/engine.hpp"

namespace jishi {

struct Migration {
  std::string_view module;
  std::string_view name;    // 20261123T1900_registry
  std::string_view engine;  // empty: for both; else sqlite or postgres
  std::string_view sql;
};

/// Every migration of the program, in order of name; made at build time.
const std::vector<Migration>& all_migrations();

namespace db {

struct MigrationPlan {
  std::vector<const Migration*> pending;
  bool fresh = false;  // nothing was ever applied
};

/// What is still to be applied; points into `all`. Refused when a step that was applied has changed
/// since (migration_changed), is unknown to this program (migration_unknown), or when a new step is
/// older than one already applied to its module (migration_out_of_order).
Result<MigrationPlan> plan_migrations(Connection& connection, const std::vector<Migration>& all,
                                      const Engine& engine);

/// Remembers which steps were applied.
inline constexpr std::string_view kMigrationTable = "schema_migration";

/// Applies steps within the transaction that is open.
void apply_steps(Connection& connection, const std::vector<const Migration*>& steps,
                 const Engine& engine);

/// The steps that were applied behind `connection`, in the words of `engine`, which may be another.
std::vector<const Migration*> applied_steps(Connection& connection,
                                            const std::vector<Migration>& all,
                                            const Engine& engine);

/// Brings a database up to `all` in one transaction; returns what it did. `before` is called ahead
/// of the first step when there is anything to lose.
Result<MigrationPlan> migrate(Connection& connection, const std::vector<Migration>& all,
                              const Engine& engine,
                              const std::function<void(const MigrationPlan&)>& before);

}  // namespace db
}  // namespace jishi
