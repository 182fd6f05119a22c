#pragma once
// The seam between the program and a database engine: what SQLite does today and PostgreSQL will
// do.

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "platform/db/statement.hpp"

namespace jishi::db {

/// Why the engine could not do what it was asked.
enum class FailureKind {
  unique,
  foreign_key,
  check,
  busy,
  serialization,
  lost,
  full,
  damaged,
  other
};

/// Thrown by every call below. A feature that expects a clash says `on conflict` in its SQL
/// instead.
class Failure : public std::runtime_error {
 public:
  Failure(FailureKind kind, const std::string& message)
      : std::runtime_error(message), kind_(kind) {}
  FailureKind kind() const { return kind_; }

 private:
  FailureKind kind_;
};

struct BlobView {
  std::string_view bytes;
};

/// A parameter; views are read before execute() returns its first row.
using Parameter = std::variant<std::monostate, std::int64_t, double, std::string_view, BlobView>;

/// The rows of one execution, one at a time. Column numbers start at 0; texts are valid until
/// next().
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool next() = 0;
  virtual int columns() const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;
};

/// One connection; used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Starts a statement. The cursor belongs to the connection and is good until the statement is
  /// executed again.
  virtual Cursor& execute(const Statement& statement, std::span<const Parameter> parameters) = 0;
  /// Executes a statement for its effect only; returns the number of rows it changed.
  virtual std::int64_t run(const Statement& statement, std::span<const Parameter> parameters) = 0;
  /// Runs SQL text without parameters: migrations and maintenance.
  virtual void script(const std::string& sql) = 0;
  /// Prepares SQL text and throws it away: is it valid here?
  virtual void check(const Statement& statement) = 0;

  virtual void begin_read() = 0;
  virtual void begin_write() = 0;
  virtual void commit() = 0;
  virtual void rollback() = 0;
  virtual void savepoint() = 0;
  virtual void release_savepoint() = 0;
  virtual void rollback_to_savepoint() = 0;
};

}  // namespace jishi::db
