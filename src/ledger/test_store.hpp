#pragma once
// A store of a test's own, in a temporary folder that goes with it.

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "ledger/store.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/test_postgres.hpp"

namespace jishi {

enum class TestEngine { sqlite, postgres };

/// What tests run on that do not say: JISHI_TEST_ENGINE=postgres runs them all on PostgreSQL.
inline TestEngine test_engine() {
  const char* word = std::getenv("JISHI_TEST_ENGINE");
  return word != nullptr && std::string_view(word) == "postgres" ? TestEngine::postgres
                                                                 : TestEngine::sqlite;
}

/// A database of PostgreSQL for as long as it stands, empty or with the tables of a new store; none
/// of SQLite.
class TestDatabase {
 public:
  enum class Tables { none, made };

  explicit TestDatabase(TestEngine engine, Tables tables = Tables::none) {
    if (engine != TestEngine::postgres) return;
    url_ = db::TestServer::shared().make_database(tables == Tables::made ? with_tables() : "");
  }
  ~TestDatabase() {
    if (!url_.empty()) db::TestServer::shared().drop_database(url_);
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  const std::string& url() const { return url_; }

 private:
  // They are made once and copied: making them takes longer than most tests.
  static std::string with_tables() {
    static const std::string name = [] {
      db::TestServer& server = db::TestServer::shared();
      const std::string made = "with_tables";
      server.admin("create database " + made);
      const auto engine = db::postgres_engine(server.url(made));
      const auto plan = db::migrate(*engine->open(db::Access::write), all_migrations(), *engine,
                                    [](const db::MigrationPlan&) {});
      if (!plan) throw std::runtime_error(plan.error().code);
      return made;
    }();
    return name;
  }

  std::string url_;
};

class TestStore {
 public:
  explicit TestStore(Date today = *make_date(2026, 3, 1), TestEngine engine = test_engine())
      : clock(today), database_(engine, TestDatabase::Tables::made) {
    static std::atomic<int> count{0};
    // In memory where there is such a folder: most of a small command's time is the disk's.
    const std::filesystem::path memory("/dev/shm");
    root_ = (std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path()) /
            ("jishi-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::remove_all(root_);
    if (const auto opened = open(); !opened) throw std::runtime_error(opened.error().code);
  }
  ~TestStore() {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  TestStore(const TestStore&) = delete;
  TestStore& operator=(const TestStore&) = delete;

  StoreOptions options() const {
    StoreOptions options{root_ / "data", root_ / "keys"};
    options.database = database_.url();
    return options;
  }
  /// The file of SQLite.
  std::filesystem::path file() const { return Store::database_file(options().folder); }
  bool on_postgres() const { return !database_.url().empty(); }

  /// Changes the database behind the store's back. Bytes are written as SQLite has them.
  void alter(std::string sql) const {
    const auto replace = [&](const std::string& what, const std::string& by) {
      for (auto at = sql.find(what); at != sql.npos; at = sql.find(what, at + by.size())) {
        sql.replace(at, what.size(), by);
      }
    };
    if (on_postgres()) {
      replace("zeroblob(32)", "decode(repeat('00', 32), 'hex')");
      replace(" x'", " bytea '\\x");
    }
    Store::engine_of(options())->open(db::Access::write)->script(sql);
  }

  void close() { store_.reset(); }
  Result<Done> open() {
    auto opened = Store::open(options(), clock);
    if (!opened) return opened.error();
    store_ = std::move(*opened);
    return Done{};
  }

  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }

  FixedClock clock;

 private:
  TestDatabase database_;
  std::filesystem::path root_;
  std::unique_ptr<Store> store_;
};

}  // namespace jishi
