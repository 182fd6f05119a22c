#pragma once
// The fast way into a table of DuckDB: by row about 4 M rows/s, by batch about 6 M.

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.hpp"
#include "base/result.hpp"
#include "platform/duck/connection.hpp"

namespace jishi::duck {

struct AppenderState;
struct BatchState;

/// Rows by column, written straight into the engine's memory. Asking a column for another type than
/// the table's is a mistake of the program and throws std::logic_error.
class Batch {
 public:
  static constexpr std::size_t kRows = 2048;

  /// The values of a column (`bool`, `std::int32_t` also for dates, `std::int64_t`, `double`).
  /// Every row that is appended must be written or set null. Ask anew after each append.
  template <class T>
  std::span<T> values(std::size_t column);
  void set_text(std::size_t column, std::size_t row, std::string_view text);
  void set_null(std::size_t column, std::size_t row);

 private:
  friend class Appender;
  explicit Batch(std::shared_ptr<BatchState> state) : state_(std::move(state)) {}
  std::shared_ptr<BatchState> state_;
};

/// Appends rows to one table. Rows count as stored only when `flush` or `close` said so; the first
/// failure of any row is kept and told by them. What is appended inside a transaction goes with it:
/// declare the transaction before the appender.
class Appender {
 public:
  /// `table` may name its schema: `mart.member_delta`.
  static Result<Appender> open(Connection& connection, std::string_view table);

  /// Appends one row: every column in the table's order.
  template <class... Values>
  void append_row(const Values&... values) {
    (add(values), ...);
    end_row();
  }

  /// Appends a row piece by piece, where the columns are known only when the program runs.
  void add(std::int64_t value);
  void add(std::int32_t value);
  void add(double value);
  void add(std::string_view value);
  void add(const char* value) { add(std::string_view(value)); }
  void add(Date value);
  void add(std::nullopt_t);
  void add(std::same_as<bool> auto value) { add_bool(value); }
  template <class T>
  void add(const std::optional<T>& value) {
    value ? add(*value) : add(std::nullopt);
  }
  void end_row();

  /// An empty batch for this table.
  Batch batch() const;
  /// Appends the first `rows` rows of a batch and empties it.
  void append(Batch& batch, std::size_t rows);

  /// Hands everything so far to the table.
  Result<Done> flush();
  /// Flushes and ends: nothing can be appended afterwards.
  Result<Done> close();

 private:
  explicit Appender(std::shared_ptr<AppenderState> state) : state_(std::move(state)) {}
  void add_bool(bool value);

  std::shared_ptr<AppenderState> state_;
};

}  // namespace jishi::duck
