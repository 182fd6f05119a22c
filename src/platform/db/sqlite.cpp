#include "platform/db/sqlite.hpp"

#include <sqlite3.h>

#include <array>
#include <unordered_map>
#include <vector>

#include "platform/db/dialect.hpp"

namespace jishi::db {

namespace {

constexpr int kMaxParameters = 32;
constexpr int kBusyTimeoutMs = 10'000;

FailureKind kind_of(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY: return FailureKind::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return FailureKind::foreign_key;
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_NOTNULL: return FailureKind::check;
    default: break;
  }
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return FailureKind::busy;
    case SQLITE_FULL:
    case SQLITE_IOERR: return FailureKind::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return FailureKind::damaged;
    default: return FailureKind::other;
  }
}

[[noreturn]] void fail(sqlite3* handle, std::string_view where) {
  throw Failure(kind_of(sqlite3_extended_errcode(handle)),
                std::string(where) + ": " + sqlite3_errmsg(handle));
}

/// A prepared statement and the rows it is giving.
class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(sqlite3* handle, const Statement& statement)
      : handle_(handle), name_(statement.name) {
    const auto size = static_cast<int>(statement.text.size());
    if (sqlite3_prepare_v3(handle, statement.text.data(), size, SQLITE_PREPARE_PERSISTENT,
                           &statement_, nullptr) != SQLITE_OK) {
      fail(handle, name_);
    }
    columns_ = sqlite3_column_count(statement_);
    // `$3` is a name to SQLite: numbers are given in the order of first appearance.
    for (int i = 0; i < kMaxParameters; ++i) {
      positions_[static_cast<std::size_t>(i)] =
          sqlite3_bind_parameter_index(statement_, ("$" + std::to_string(i + 1)).c_str());
    }
  }
  ~SqliteCursor() override { sqlite3_finalize(statement_); }
  SqliteCursor(const SqliteCursor&) = delete;
  SqliteCursor& operator=(const SqliteCursor&) = delete;

  void bind(std::span<const Parameter> parameters) {
    reset();
    if (static_cast<int>(parameters.size()) != sqlite3_bind_parameter_count(statement_)) {
      throw Failure(FailureKind::other, std::string(name_) + ": wrong number of parameters");
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) bind_one(positions_[i], parameters[i]);
  }

  void reset() { sqlite3_reset(statement_); }

  bool next() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) {
      const Failure failure(kind_of(sqlite3_extended_errcode(handle_)),
                            std::string(name_) + ": " + sqlite3_errmsg(handle_));
      reset();
      throw failure;
    }
    reset();
    return false;
  }

  int columns() const override { return columns_; }
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string_view bytes(int column) const override {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  void bind_one(int position, const Parameter& value) {
    int code = SQLITE_OK;
    if (std::holds_alternative<std::monostate>(value)) {
      code = sqlite3_bind_null(statement_, position);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      code = sqlite3_bind_int64(statement_, position, *integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      code = sqlite3_bind_double(statement_, position, *real);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      const char* data = text->data() == nullptr ? "" : text->data();
      code = sqlite3_bind_text(statement_, position, data, static_cast<int>(text->size()),
                               SQLITE_STATIC);
    } else {
      const auto bytes = std::get<BlobView>(value).bytes;
      code = sqlite3_bind_blob(statement_, position, bytes.data(), static_cast<int>(bytes.size()),
                               SQLITE_STATIC);
    }
    if (code != SQLITE_OK) fail(handle_, name_);
  }

  sqlite3* handle_;
  std::string_view name_;
  sqlite3_stmt* statement_ = nullptr;
  int columns_ = 0;
  std::array<int, kMaxParameters> positions_{};
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::filesystem::path& file, Access access) {
    const int flags = access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                              : SQLITE_OPEN_READWRITE;
    if (sqlite3_open_v2(file.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr) !=
        SQLITE_OK) {
      const Failure failure(kind_of(sqlite3_extended_errcode(handle_)), sqlite3_errmsg(handle_));
      sqlite3_close(handle_);
      throw failure;
    }
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
    try {
      // Nothing is mapped: of a large file only the beginning would be, and what a process has in
      // memory would grow with whatever was read last. The system keeps the file's pages anyway.
      script(
          "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
          "pragma temp_store = memory; pragma mmap_size = 0; pragma wal_autocheckpoint = 4000;");
      script(access == Access::read ? "pragma cache_size = -8192; pragma query_only = on;"
                                    : "pragma cache_size = -65536;");
    } catch (...) {
      sqlite3_close(handle_);
      throw;
    }
  }
  ~SqliteConnection() override {
    cursors_.clear();
    sqlite3_close(handle_);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Cursor& execute(const Statement& statement, std::span<const Parameter> parameters) override {
    SqliteCursor& cursor = prepared(statement);
    cursor.bind(parameters);
    return cursor;
  }

  Cursor& walk(const Statement& statement, std::span<const Parameter> parameters) override {
    return execute(statement, parameters);
  }

  Changes run(const Statement& statement, std::span<const Parameter> parameters) override {
    ++runs_;
    SqliteCursor& cursor = prepared(statement);
    cursor.bind(parameters);
    while (cursor.next()) {
    }
    return Changes(sqlite3_changes64(handle_));
  }
  std::int64_t changed(std::uint64_t) override { return 0; }  // Changes hold their count
  std::uint64_t runs() const override { return runs_; }
  void settle() override {}

  void script(const std::string& sql) override {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(handle_, "script");
  }

  void check(const Statement& statement) override { SqliteCursor(handle_, statement); }

  void begin_read() override { script("begin deferred"); }
  void begin_write() override { script("begin immediate"); }
  void commit() override {
    reset_all();
    script("commit");
  }
  void rollback() override {
    reset_all();
    // SQLite has already rolled back by itself after some failures (a full disk).
    if (sqlite3_get_autocommit(handle_) == 0) script("rollback");
  }
  void savepoint() override { script("savepoint job"); }
  void release_savepoint() override { script("release job"); }
  void rollback_to_savepoint() override {
    reset_all();
    script("rollback to job; release job");
  }

  void much_changed() override {}  // it plans by its indexes alone

  std::vector<Table> tables() override;
  std::unique_ptr<BulkWriter> bulk(const Table& table) override;

  sqlite3* handle() { return handle_; }

 private:
  SqliteCursor& prepared(const Statement& statement) {
    if (const auto found = cursors_.find(&statement); found != cursors_.end()) {
      return *found->second;
    }
    auto cursor = std::make_unique<SqliteCursor>(handle_, statement);  // may throw
    return *cursors_.emplace(&statement, std::move(cursor)).first->second;
  }

  // A cursor that was not read to its end would keep a lock.
  void reset_all() {
    for (auto& [statement, cursor] : cursors_) cursor->reset();
  }

  sqlite3* handle_ = nullptr;
  std::uint64_t runs_ = 0;
  std::unordered_map<const Statement*, std::unique_ptr<SqliteCursor>> cursors_;
};

ColumnKind kind_of_type(std::string_view type) {
  if (type == "text") return ColumnKind::text;
  if (type == "blob") return ColumnKind::bytes;
  return type == "real" ? ColumnKind::real : ColumnKind::integer;
}

std::vector<Table> SqliteConnection::tables() {
  // A table is made after those it refers to.
  static constexpr Statement kTables{"platform_tables",
                                     "select name from sqlite_master where type = 'table' and name "
                                     "not like 'sqlite\\_%' escape '\\' order by rowid"};
  static constexpr Statement kColumns{
      "platform_columns", "select name, lower(type) from pragma_table_info($1) order by cid"};
  std::vector<Table> tables;
  Cursor& names = execute(kTables, {});
  while (names.next()) {
    Table table{std::string(names.bytes(0)), {}};
    const std::array<Parameter, 1> name{std::string_view(table.name)};
    Cursor& columns = execute(kColumns, name);
    while (columns.next()) {
      table.columns.push_back({std::string(columns.bytes(0)), kind_of_type(columns.bytes(1))});
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

class SqliteBulkWriter final : public BulkWriter {
 public:
  SqliteBulkWriter(sqlite3* handle, const Table& table)
      : text_(insert_into(table)),
        statement_{"platform_bulk", text_},
        cursor_(handle, statement_) {}
  void add(std::span<const Parameter> row) override {
    cursor_.bind(row);
    cursor_.next();
  }
  void finish() override { cursor_.reset(); }

 private:
  static std::string insert_into(const Table& table) {
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::string_view between = i == 0 ? "" : ", ";
      names += fmt::format("{}{}", between, quoted_name(table.columns[i].name));
      values += fmt::format("{}${}", between, i + 1);
    }
    return fmt::format("insert into {} ({}) values ({})", quoted_name(table.name), names, values);
  }

  std::string text_;
  Statement statement_;
  SqliteCursor cursor_;
};

std::unique_ptr<BulkWriter> SqliteConnection::bulk(const Table& table) {
  return std::make_unique<SqliteBulkWriter>(handle_, table);
}

class SqliteEngine final : public Engine {
 public:
  explicit SqliteEngine(std::filesystem::path file) : file_(std::move(file)) {}

  std::string_view name() const override { return "sqlite"; }
  std::string place() const override { return file_.string(); }
  bool exists() const override { return std::filesystem::exists(file_); }
  std::unique_ptr<Connection> open(Access access) const override {
    return open_sqlite(file_, access);
  }
  bool shared() const override { return false; }
  bool claim(Connection&, unsigned) const override { return true; }  // the folder is locked
  bool copy_to(const std::filesystem::path& file) const override {
    copy_sqlite(file_, file);
    return true;
  }
  std::string check() const override { return check_sqlite(*open_sqlite(file_, Access::read)); }
  std::string migration(std::string_view sql) const override { return migration_for_sqlite(sql); }

 private:
  std::filesystem::path file_;
};

}  // namespace

std::shared_ptr<const Engine> sqlite_engine(std::filesystem::path file) {
  return std::make_shared<SqliteEngine>(std::move(file));
}

std::unique_ptr<Connection> open_sqlite(const std::filesystem::path& file, Access access) {
  return std::make_unique<SqliteConnection>(file, access);
}

void copy_sqlite(const std::filesystem::path& source, const std::filesystem::path& target) {
  SqliteConnection from(source, Access::read);
  sqlite3* to = nullptr;
  if (sqlite3_open(target.c_str(), &to) != SQLITE_OK) {
    const Failure failure(kind_of(sqlite3_extended_errcode(to)), sqlite3_errmsg(to));
    sqlite3_close(to);
    throw failure;
  }
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from.handle(), "main");
  const int code = backup == nullptr ? SQLITE_ERROR : sqlite3_backup_step(backup, -1);
  if (backup != nullptr) sqlite3_backup_finish(backup);
  const Failure failure(kind_of(sqlite3_extended_errcode(to)), sqlite3_errmsg(to));
  sqlite3_close(to);
  if (code != SQLITE_DONE) throw failure;
}

std::string check_sqlite(Connection& connection) {
  static constexpr Statement kIntegrity{"platform.integrity", "pragma integrity_check(5)"};
  static constexpr Statement kForeignKeys{"platform.foreign_keys", "pragma foreign_key_check"};
  std::string complaints;
  Cursor& integrity = connection.execute(kIntegrity, {});
  while (integrity.next()) {
    if (integrity.bytes(0) != "ok") complaints += std::string(integrity.bytes(0)) + "\n";
  }
  Cursor& keys = connection.execute(kForeignKeys, {});
  int broken = 0;
  while (keys.next()) {
    if (broken++ < 5) complaints += "foreign key: " + std::string(keys.bytes(0)) + "\n";
  }
  return complaints;
}

}  // namespace jishi::db
