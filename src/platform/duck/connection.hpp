#pragma once
// Statements and transactions in DuckDB.

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "platform/duck/rows.hpp"

namespace jishi::duck {

/// A column of a statement's result, known before it runs.
struct ColumnInfo {
  std::string name;
  Type type = Type::other;
};

/// A statement that is planned once and run often; planning costs milliseconds. Values are bound by
/// their number ($1 is 1) and stay bound from run to run.
class Prepared {
 public:
  template <std::integral T>
  void bind(std::size_t number, T value) {
    if constexpr (std::same_as<T, bool>) {
      bind_bool(number, value);
    } else {
      bind_int64(number, static_cast<std::int64_t>(value));
    }
  }
  void bind(std::size_t number, double value);
  void bind(std::size_t number, std::string_view value);
  void bind(std::size_t number, const char* value) { bind(number, std::string_view(value)); }
  void bind(std::size_t number, Date value);
  void bind(std::size_t number, std::nullopt_t);
  template <class T>
  void bind(std::size_t number, const std::optional<T>& value) {
    value ? bind(number, *value) : bind(number, std::nullopt);
  }

  /// Runs the statement with `values` as $1, $2, …
  template <class... Values>
  Result<Rows> query(const Values&... values) {
    std::size_t number = 0;
    (bind(++number, values), ...);
    return run();
  }

  /// The names of the parameters, in the order of their numbers; `1`, `2` … where they have none.
  std::vector<std::string> parameters() const;
  std::vector<ColumnInfo> columns() const;

 private:
  friend class Connection;
  explicit Prepared(std::shared_ptr<PreparedState> state) : state_(std::move(state)) {}
  void bind_bool(std::size_t number, bool value);
  void bind_int64(std::size_t number, std::int64_t value);
  Result<Rows> run();

  std::shared_ptr<PreparedState> state_;
};

class Connection {
 public:
  /// Runs one or more statements.
  Result<Done> execute(std::string_view sql);
  /// Runs statements and returns what the last one found.
  Result<Rows> query(std::string_view sql);
  Result<Prepared> prepare(std::string_view sql);

  /// Stops what this connection is running, which then fails with `platform.duck_interrupted`. May
  /// be called from any thread.
  void interrupt() const;

 private:
  friend class Database;
  friend class Appender;
  friend class IdList;
  explicit Connection(std::shared_ptr<ConnectionState> state) : state_(std::move(state)) {}
  std::shared_ptr<ConnectionState> state_;
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept : connection_(std::move(other.connection_)) {
    other.connection_.reset();
  }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// Makes everything since `begin` durable. After a failure nothing of it is kept.
  Result<Done> commit();

 private:
  explicit Transaction(const Connection& connection) : connection_(connection) {}
  std::optional<Connection> connection_;
};

}  // namespace jishi::duck
