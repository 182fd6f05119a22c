#pragma once
// The seam between the program and a database engine: SQLite (sqlite.cpp) or PostgreSQL
// (postgres.cpp).

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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

/// Thrown within begin_once(): the same is to be asked from the beginning.
struct AskAgain {};

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

class Connection;

/// The number of rows that a statement changed. An engine behind a wire is not waited for unless
/// the number is asked for, within the transaction of the statement.
class Changes {
 public:
  explicit Changes(std::int64_t count) : count_(count) {}
  Changes(Connection& connection, std::uint64_t ticket)
      : connection_(&connection), ticket_(ticket) {}

  std::int64_t count() const;
  operator std::int64_t() const { return count(); }
  /// The number is there: nobody is waited for.
  bool known() const { return connection_ == nullptr; }
  std::uint64_t ticket() const { return ticket_; }

 private:
  Connection* connection_ = nullptr;
  std::uint64_t ticket_ = 0;
  std::int64_t count_ = 0;
};

enum class ColumnKind { integer, real, text, bytes };

/// A table as it stands in a database.
struct Table {
  struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::integer;
  };
  std::string name;
  std::vector<Column> columns;
};

/// Many rows into one table, as quickly as the engine can take them. Nothing else is done on the
/// connection until finish().
class BulkWriter {
 public:
  virtual ~BulkWriter() = default;
  /// A value a column, each of its column's kind or nothing.
  virtual void add(std::span<const Parameter> row) = 0;
  virtual void finish() = 0;
};

/// How attempts that are looked ahead ask: one thing after the other, as answers lead to questions,
/// or all at once, before the first answer is looked at.
enum class Asking { by_and_by, at_once };

/// One connection; used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Starts a statement whose rows are few. The cursor belongs to the connection and is good until
  /// the statement is executed again; others may be executed meanwhile. An engine behind a wire is
  /// waited for when the first row is asked for: what was started before that goes there together.
  virtual Cursor& execute(const Statement& statement, std::span<const Parameter> parameters) = 0;
  /// As execute(), for any number of rows: they are never held all together within a transaction.
  virtual Cursor& walk(const Statement& statement, std::span<const Parameter> parameters) = 0;
  /// Executes a statement for its effect only. What it fails with may be thrown by a later call.
  virtual Changes run(const Statement& statement, std::span<const Parameter> parameters) = 0;
  /// What Changes asks.
  virtual std::int64_t changed(std::uint64_t ticket) = 0;
  /// How often run() was called: whether anything was changed since.
  virtual std::uint64_t runs() const = 0;
  /// Waits for all that was run; throws the first failure.
  virtual void settle() = 0;

  /// Whether the transaction is one of begin_boldly() on an engine behind a wire: what an insert
  /// would find out by itself, told by presume(), need not be looked up before.
  virtual bool bold() const { return false; }
  /// Whether a statement changed any row. Presumed, without a wait, where the transaction is
  /// bold(); a later call throws Failure (serialization) if it did not.
  virtual bool presume(const Changes& changes) { return changes.count() != 0; }
  /// Gets ready for `attempts`, which are then made in this order in the same transaction: an
  /// engine behind a wire is asked in few messages what all of them ask before they change
  /// anything. Each may be called several times and left by an exception that is not a
  /// std::exception.
  virtual void foresee(std::span<const std::function<void()>> attempts, Asking asking) {
    (void)attempts;
    (void)asking;
  }
  /// Whether attempts are made to find out what they will ask.
  virtual bool looks_ahead() const { return false; }
  /// This attempt asks nothing more before it changes something: while it is looked ahead it need
  /// not go on.
  virtual void asked_all() {}
  /// The next of the attempts that were foreseen is made, or the next job of a group.
  virtual void next_attempt() {}
  /// What this attempt asks and changes by statements `of_one` are rows of the objects of these
  /// ids alone. To be called before the first of them changes anything. Throws Failure
  /// (serialization) where an earlier attempt was about the same: this one may have been answered
  /// as of before it.
  virtual void about(std::int64_t object) { (void)object; }
  /// Runs SQL text without parameters: migrations and maintenance.
  virtual void script(const std::string& sql) = 0;
  /// Prepares SQL text and throws it away: is it valid here?
  virtual void check(const Statement& statement) = 0;

  /// Whether a statement was answered since begin_read(). Where the connection was lost before,
  /// nobody has seen anything: the same can be asked on another.
  virtual bool answered() const { return true; }

  virtual void begin_read() = 0;
  /// As begin_read(), for statements that are all asked before any answer is looked at: an engine
  /// behind a wire then hears of them in one message, and of no transaction. To be ended by
  /// rollback(). Throws AskAgain where a statement had to be made known to the engine first.
  virtual void begin_once() { begin_read(); }
  /// Between begin_once() and rollback(): makes all `attempts`, each of which asks all it asks
  /// before it looks at an answer. An engine behind a wire is asked in one message what all of them
  /// ask; each may be left by an exception that is not a std::exception and made again. A Failure
  /// that one throws ends all.
  virtual void ask_together(std::span<const std::function<void()>> attempts) {
    for (const auto& attempt : attempts) attempt();
  }
  virtual void begin_write() = 0;
  /// As begin_write(), by someone who does all of it again after begin_write() where a call throws.
  virtual void begin_boldly() { begin_write(); }
  virtual void commit() = 0;
  virtual void rollback() = 0;
  virtual void savepoint() = 0;
  virtual void release_savepoint() = 0;
  virtual void rollback_to_savepoint() = 0;

  /// Tells the engine, outside of a transaction, that its tables have changed much: what it assumes
  /// of them when it plans is looked at anew.
  virtual void much_changed() = 0;

  /// The program's tables, each after those it refers to.
  virtual std::vector<Table> tables() = 0;
  virtual std::unique_ptr<BulkWriter> bulk(const Table& table) = 0;
};

inline std::int64_t Changes::count() const {
  return connection_ == nullptr ? count_ : connection_->changed(ticket_);
}

}  // namespace jishi::db
