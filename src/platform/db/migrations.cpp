#include "platform/db/migrations.hpp"

#include "base/hash.hpp"
#include "platform/db/migrations.sql.hpp"
#include "platform/db/typed.hpp"

namespace jishi::db {

namespace {

struct Applied {
  std::string module;
  std::string name;
  std::string checksum;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (module, name, checksum))

std::string checksum(const Migration& migration) {
  return to_hex(sha256(migration.sql));
}

Error refusal(std::string_view code, std::string_view module, std::string_view name) {
  return fail(ErrorKind::refused, code,
              {{"module", std::string(module)}, {"name", std::string(name)}});
}

bool is_remembered(Connection& connection) {
  const auto tables = connection.tables();
  return std::any_of(tables.begin(), tables.end(),
                     [](const Table& table) { return table.name == kMigrationTable; });
}

std::vector<Applied> applied_to(Connection& connection) {
  if (!is_remembered(connection)) return {};
  return Reader(connection).all<Applied>(sql::migrations::applied);
}

}  // namespace

Result<MigrationPlan> plan_migrations(Connection& connection, const std::vector<Migration>& all,
                                      const Engine& engine) {
  const auto applied = applied_to(connection);
  for (const Applied& step : applied) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const Migration& migration) {
      return migration.module == step.module && migration.name == step.name &&
             (migration.engine.empty() || migration.engine == engine.name());
    });
    if (!known) return refusal("platform.migration_unknown", step.module, step.name);
  }
  MigrationPlan plan;
  plan.fresh = applied.empty();
  for (const Migration& migration : all) {
    if (!migration.engine.empty() && migration.engine != engine.name()) continue;
    const auto same = std::find_if(applied.begin(), applied.end(), [&](const Applied& step) {
      return step.module == migration.module && step.name == migration.name;
    });
    if (same != applied.end()) {
      if (same->checksum != checksum(migration)) {
        return refusal("platform.migration_changed", migration.module, migration.name);
      }
      continue;
    }
    const bool late = std::any_of(applied.begin(), applied.end(), [&](const Applied& step) {
      return step.module == migration.module && step.name > migration.name;
    });
    if (late) return refusal("platform.migration_out_of_order", migration.module, migration.name);
    plan.pending.push_back(&migration);
  }
  return plan;
}

void apply_steps(Connection& connection, const std::vector<const Migration*>& steps,
                 const Engine& engine) {
  if (steps.empty()) return;
  if (!is_remembered(connection)) {
    connection.script(
        "create table schema_migration (module text not null, name text not null,"
        " checksum text not null, primary key (module, name))");
  }
  for (const Migration* step : steps) {
    connection.script(engine.migration(step->sql));
    Writer(connection).run(sql::migrations::remember, step->module, step->name, checksum(*step));
  }
}

std::vector<const Migration*> applied_steps(Connection& connection,
                                            const std::vector<Migration>& all,
                                            const Engine& engine) {
  std::vector<const Migration*> steps;
  const auto applied = applied_to(connection);
  for (const Migration& migration : all) {
    const bool ours = migration.engine.empty() || migration.engine == engine.name();
    if (ours && std::any_of(applied.begin(), applied.end(), [&](const Applied& step) {
          return step.module == migration.module && step.name == migration.name;
        })) {
      steps.push_back(&migration);
    }
  }
  return steps;
}

Result<MigrationPlan> migrate(Connection& connection, const std::vector<Migration>& all,
                              const Engine& engine,
                              const std::function<void(const MigrationPlan&)>& before) {
  connection.begin_write();
  try {
    auto plan = plan_migrations(connection, all, engine);
    if (!plan) {
      connection.rollback();
      return plan;
    }
    if (!plan->pending.empty() && !plan->fresh) before(*plan);
    apply_steps(connection, plan->pending, engine);
    connection.commit();
    return plan;
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace jishi::db
