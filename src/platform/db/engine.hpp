#pragma once
// Where a store's database is and how it is opened: a SQLite file, or a PostgreSQL database.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "platform/db/connection.hpp"

namespace jishi::db {

enum class Access { read, write };

class Engine {
 public:
  virtual ~Engine() = default;

  /// sqlite | postgres: which migrations are its own.
  virtual std::string_view name() const = 0;
  /// Where it is, for people: without a password.
  virtual std::string place() const = 0;
  /// Whether there is a database to open. Throws Failure when that cannot be found out.
  virtual bool exists() const = 0;
  /// Opens a connection; with Access::write makes the database where it can.
  virtual std::unique_ptr<Connection> open(Access access) const = 0;
  /// Whether other processes may write to it at the same time.
  virtual bool shared() const = 0;
  /// Takes a number for as long as the connection lasts; false when another connection has it.
  virtual bool claim(Connection& connection, unsigned number) const = 0;
  /// Copies a consistent state of it into a new SQLite file, by means of its own; false where it
  /// has none.
  virtual bool copy_to(const std::filesystem::path& file) const = 0;
  /// The engine's own look at the whole of it; empty when all is well, else its first complaints.
  virtual std::string check() const = 0;
  /// The SQL of a migration in this engine's words (dialect.hpp).
  virtual std::string migration(std::string_view sql) const = 0;
};

/// The SQLite file `file`.
std::shared_ptr<const Engine> sqlite_engine(std::filesystem::path file);

/// The PostgreSQL database of a URL: postgres://… or postgresql://…
std::shared_ptr<const Engine> postgres_engine(std::string url);

bool is_postgres_url(std::string_view text);

}  // namespace jishi::db
