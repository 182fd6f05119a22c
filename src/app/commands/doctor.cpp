#include <unistd.h>

#include "app/commands.hpp"
#include "app/commands/doctor.sql.hpp"
#include "app/commands/full_text.hpp"
#include "app/interrupt.hpp"
#include "app/table.hpp"
#include "modules/registry/registry.hpp"
#include "platform/db/migrations.hpp"
#include "platform/duck/database.hpp"

namespace jishi::app {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLittleSpace = 1ULL << 30;
constexpr std::int64_t kProgramYear = 2026;

/// What one check found: in words, and whether it is well.
struct Finding {
  bool well = true;
  std::string text;
};

/// Looks at one thing after the other.
class Doctor {
 public:
  explicit Doctor(const Context& context) : context_(context) {}

  bool run() {
    check("folder", [this] { return folder(); });
    check("modes", [this] { return modes(); });
    check("pack", [this] { return pack(); });
    check("duckdb", [this] { return duckdb(); });
    check("clock", [this] { return clock(); });
    bool there = true;
    check("database", [&] {
      there = Store::engine_of(store_options(context_))->exists();
      return there ? database() : Finding{true, say("app.doctor_no_store")};
    });
    if (!there || !well_) return well_;
    check("store", [this] { return store(); });
    if (!store_) return well_;
    check("key", [this] { return key(); });
    check("sealed", [this] { return sealed(); });
    check("time", [this] { return last_fact(); });
    check("marts", [this] { return marts(); });
    check("full_text", [this] { return full_text(); });
    return well_;
  }

 private:
  std::string say(std::string_view code, const Arguments& arguments = {}) const {
    return context_.say(code, arguments);
  }
  Finding wrong(const Error& error) const { return {false, context_.say(error)}; }

  template <class Look>
  void check(std::string_view name, Look look) {
    // A check that cannot be made is a finding too, and the others go on.
    try {
      report(name, look());
    } catch (const db::Failure& failure) {
      report(name, {false, failure.what()});
    } catch (const fs::filesystem_error& error) {
      report(name, {false, error.what()});
    }
  }

  void report(std::string_view name, const Finding& finding);
  Finding folder() const;
  Finding modes() const;
  Finding pack() const;
  Finding duckdb() const;
  Finding clock() const;
  Finding database() const;
  Finding store();
  Finding key() const;
  Finding sealed() const;
  Finding last_fact() const;
  Finding marts() const;
  Finding full_text() const;

  const Context& context_;
  std::unique_ptr<Store> store_;
  bool well_ = true;
};

void Doctor::report(std::string_view name, const Finding& finding) {
  well_ = well_ && finding.well;
  if (context_.settings.json) {
    context_.console.line(boost::json::serialize(
        boost::json::object{{"check", name}, {"well", finding.well}, {"message", finding.text}}));
    return;
  }
  context_.console.line((finding.well ? "✓ " : "✗ ") + printable(finding.text));
}

Finding Doctor::folder() const {
  fs::path place = fs::absolute(context_.settings.data);
  // A folder that is not there yet is made in the nearest one that is.
  while (!fs::exists(place) && place.has_relative_path()) place = place.parent_path();
  const std::string name = place.string();
  if (::access(place.c_str(), W_OK | X_OK) != 0 || !fs::is_directory(place)) {
    return {false, say("app.doctor_folder_closed", {{"folder", name}})};
  }
  const auto space = fs::space(place).available;
  const Arguments arguments{{"folder", name},
                            {"space", grouped(static_cast<std::int64_t>(space / (1024 * 1024)))}};
  return {space >= kLittleSpace,
          say(space >= kLittleSpace ? "app.doctor_folder" : "app.doctor_little_space", arguments)};
}

// Where others may enter the folder, each file in it is looked at: there are personal data in them.
Finding Doctor::modes() const {
  const auto others = fs::perms::group_all | fs::perms::others_all;
  const auto open = [&](const fs::path& path) {
    return (fs::status(path).permissions() & others) != fs::perms::none;
  };
  const fs::path& folder = context_.settings.data;
  if (!fs::exists(folder) || !open(folder)) return {true, say("app.doctor_modes")};
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (open(entry.path()))
      return {false, say("app.doctor_modes_open",
                         {{"file", entry.path().string()}, {"folder", folder.string()}})};
  }
  return {true, say("app.doctor_modes")};
}

Finding Doctor::pack() const {
  const auto folder = pack_folder(context_);
  if (!folder) return wrong(folder.error());
  if (const auto codes = pack_codes(context_); !codes) return wrong(codes.error());
  const auto rules = insight::load_rules(*folder);
  if (!rules) return wrong(rules.error());
  return {true, say("app.doctor_pack",
                    {{"folder", folder->string()}, {"rules", std::to_string(rules->size())}})};
}

Finding Doctor::duckdb() const {
  const auto database = duck::Database::in_memory({.threads = 1});
  if (!database) return wrong(database.error());
  auto connection = database->connect();
  if (!connection) return wrong(connection.error());
  auto rows = connection->query("select version()");
  if (!rows) return wrong(rows.error());
  const std::string version = rows->next() ? std::string(rows->get_text(0)) : "?";
  return {true, say("app.doctor_duckdb", {{"version", version}})};
}

Finding Doctor::clock() const {
  const Date today = context_.clock.today();
  if (year_of(today) >= kProgramYear) {
    return {true, say("app.doctor_clock", {{"today", to_iso(today)}})};
  }
  return {false, say("app.doctor_clock_behind", {{"today", to_iso(today)}})};
}

Finding Doctor::database() const {
  const auto engine = Store::engine_of(store_options(context_));
  const auto connection = engine->open(db::Access::read);
  const std::string complaints = engine->check();
  if (!complaints.empty()) return {false, say("ledger.file_damaged", {{"message", complaints}})};
  const auto plan = db::plan_migrations(*connection, all_migrations(), *engine);
  if (!plan) return wrong(plan.error());
  if (plan->pending.empty()) {
    return {true, say(engine->shared() ? "app.doctor_postgres" : "app.doctor_sqlite")};
  }
  return {true, say(engine->shared() ? "app.doctor_postgres_older" : "app.doctor_sqlite_older",
                    {{"steps", std::to_string(plan->pending.size())}})};
}

// Opening takes the lock, finds the key file and checks the ledger's head against its signature.
Finding Doctor::store() {
  auto opened = open_store(context_);
  if (!opened) return wrong(opened.error());
  store_ = std::move(*opened);
  const auto facts = store_->read([](db::Reader& reader) {
    return reader.one<std::int64_t>(sql::doctor::last_seq).value_or(0);
  });
  return {true, say("app.doctor_store", {{"facts", grouped(facts)}})};
}

Finding Doctor::key() const {
  const auto file = store_->key_file();
  const auto mode = fs::status(file).permissions();
  const auto others = fs::perms::group_all | fs::perms::others_all;
  if ((mode & others) != fs::perms::none) {
    return {false, say("crypto.key_readable_by_others", {{"file", file.string()}})};
  }
  const auto folder = fs::weakly_canonical(store_->folder()).string() + "/";
  if (fs::weakly_canonical(file).string().starts_with(folder)) {
    return {false, say("app.doctor_key_in_store", {{"file", file.string()}})};
  }
  return {true, say("app.doctor_key", {{"file", file.string()}})};
}

Finding Doctor::sealed() const {
  return store_->read([&](db::Reader& reader) -> Finding {
    for (const Id person : reader.all<Id>(sql::doctor::some_persons)) {
      if (!registry::citizen_key_of(reader, person)) continue;
      const auto id = registry::field_of(reader, store_->keys(), "person", person, "citizen_id");
      if (!id || id->empty()) return {false, say("crypto.not_opened")};
      return {true, say("app.doctor_sealed")};
    }
    return {true, say("app.doctor_nothing_sealed")};
  });
}

Finding Doctor::last_fact() const {
  const auto recorded = store_->read([](db::Reader& reader) {
    return reader.one<std::int64_t>(sql::doctor::last_recorded).value_or(0);
  });
  if (recorded <= context_.clock.now_ms()) return {true, say("app.doctor_time")};
  return {false, say("app.doctor_time_ahead")};
}

Finding Doctor::marts() const {
  auto insight = open_insight(context_, *store_);
  if (!insight) return wrong(insight.error());
  const auto facts = store_->read([](db::Reader& reader) {
    return reader.one<std::int64_t>(sql::doctor::last_seq).value_or(0);
  });
  const Arguments arguments{{"position", grouped((*insight)->position())},
                            {"facts", grouped(facts)}};
  const bool caught_up = (*insight)->position() == facts;
  return {caught_up, say(caught_up ? "app.doctor_marts" : "app.doctor_marts_behind", arguments)};
}

// It can be made anew: what is wrong with it is told, and the rest of the store is well.
Finding Doctor::full_text() const {
  const auto codes = pack_codes(context_);
  if (!codes) return wrong(codes.error());
  if (const auto checked = orglife::FullText::check(*store_); !checked) {
    return {false,
            say("app.doctor_full_text_damaged", {{"message", context_.say(checked.error())}})};
  }
  const Interruptible interruptible;
  const auto full_text = open_full_text(context_, *store_, *codes, interruptible.asked());
  if (!full_text) return wrong(full_text.error());
  const auto counts = (*full_text)->counts();
  if (!counts) return wrong(counts.error());
  const bool same = counts->indexed == counts->stored;
  return {same, say(same ? "app.doctor_full_text" : "app.doctor_full_text_differs",
                    {{"indexed", grouped(counts->indexed)}, {"count", grouped(counts->stored)}})};
}

}  // namespace

Result<Status> run_doctor(const Context& context, const DoctorOptions&) {
  const bool well = Doctor(context).run();
  if (!context.settings.json) {
    context.console.line();
    context.console.line(context.say(well ? "app.doctor_well" : "app.doctor_not_well"));
  }
  return well ? Status::done : Status::refused;
}

}  // namespace jishi::app
