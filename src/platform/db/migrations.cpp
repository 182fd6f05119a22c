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

}  // namespace

Result<MigrationPlan> plan_migrations(Connection& connection, const std::vector<Migration>& all,
                                      std::string_view engine) {
  connection.script(
      "create table if not exists schema_migration (module text not null, name text not null,"
      " checksum text not null, primary key (module, name))");
  const auto applied = Reader(connection).all<Applied>(sql::migrations::applied);
  for (const Applied& step : applied) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const Migration& migration) {
      return migration.module == step.module && migration.name == step.name &&
             (migration.engine.empty() || migration.engine == engine);
    });
    if (!known) return refusal("platform.migration_unknown", step.module, step.name);
  }
  MigrationPlan plan;
  plan.fresh = applied.empty();
  for (const Migration& migration : all) {
    if (!migration.engine.empty() && migration.engine != engine) continue;
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

namespace {

// A 64-bit key is SQLite's row id only when it is spelt this way.
std::string for_sqlite(std::string_view text) {
  static constexpr std::string_view kCommon = "bigint primary key";
  std::string sql(text);
  for (auto at = sql.find(kCommon); at != sql.npos; at = sql.find(kCommon, at)) {
    sql.replace(at, kCommon.size(), "integer primary key");
  }
  return sql;
}

}  // namespace

void apply_migrations(Connection& connection, const MigrationPlan& plan) {
  connection.begin_write();
  try {
    for (const Migration* migration : plan.pending) {
      connection.script(for_sqlite(migration->sql));
      Writer(connection)
          .run(sql::migrations::remember, migration->module, migration->name, checksum(*migration));
    }
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace jishi::db
