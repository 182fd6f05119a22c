#pragma once
// Results of DuckDB: row by row where convenience counts, chunk by chunk where speed does.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/date.hpp"

namespace jishi::duck {

struct DatabaseState;
struct ConnectionState;
struct PreparedState;
struct RowsState;
struct ChunkState;

/// What a column holds; `other` cannot be read here: cast it in SQL.
enum class Type { boolean, integer, real, text, date, list, other };

/// One column of a chunk, read as T: `bool`, `std::int32_t` and `std::int64_t` (also for dates, as
/// days since 1970-01-01), `double` or `std::string_view`. It lives no longer than its chunk.
template <class T>
class Column {
 public:
  std::size_t size() const { return values_.size(); }
  bool is_null(std::size_t row) const {
    return validity_ != nullptr && ((validity_[row / 64] >> (row % 64)) & 1U) == 0;
  }
  /// The value of a row; where it is null, any value.
  T operator[](std::size_t row) const { return values_[row]; }

 private:
  friend class Chunk;
  const std::uint64_t* validity_ = nullptr;
  std::span<const T> values_;
  std::unique_ptr<T[]> converted_;  // filled where the engine keeps the values in another form
};

/// Up to 2,048 rows of a result, kept by column. Asking a column for a type that it does not have,
/// or a number that does not fit, is a mistake of the program and throws std::logic_error.
class Chunk {
 public:
  std::size_t size() const;

  template <class T>
  Column<T> column(std::size_t index) const;

  bool is_null(std::size_t column, std::size_t row) const;
  std::int64_t int64_at(std::size_t column, std::size_t row) const;
  double double_at(std::size_t column, std::size_t row) const;
  std::string_view text_at(std::size_t column, std::size_t row) const;
  /// The cell as JSON: a date as `YYYY-MM-DD`, a list as an array.
  boost::json::value json_at(std::size_t column, std::size_t row) const;

 private:
  friend class Rows;
  explicit Chunk(std::shared_ptr<const ChunkState> state) : state_(std::move(state)) {}
  std::shared_ptr<const ChunkState> state_;
};

/// A result. Read it either by `next` or by `next_chunk`, not by both.
class Rows {
 public:
  /// Moves to the first row, then to the next; false after the last.
  bool next();

  bool is_null(std::size_t column) const { return chunk_->is_null(column, row_); }
  bool get_bool(std::size_t column) const { return get_int64(column) != 0; }
  std::int64_t get_int64(std::size_t column) const { return chunk_->int64_at(column, row_); }
  double get_double(std::size_t column) const { return chunk_->double_at(column, row_); }
  Date get_date(std::size_t column) const { return from_days(get_int64(column)); }
  /// Valid until the next call of `next`.
  std::string_view get_text(std::size_t column) const { return chunk_->text_at(column, row_); }
  boost::json::value get_json(std::size_t column) const { return chunk_->json_at(column, row_); }

  /// The next rows together; nothing after the last.
  std::optional<Chunk> next_chunk();

  std::size_t column_count() const;
  std::string column_name(std::size_t column) const;
  /// How many rows there are in all.
  std::uint64_t row_count() const;
  /// How many rows an insert, update or delete changed.
  std::uint64_t changed() const;

 private:
  friend class Connection;
  friend class Prepared;
  explicit Rows(std::shared_ptr<RowsState> state) : state_(std::move(state)) {}

  std::shared_ptr<RowsState> state_;
  std::optional<Chunk> chunk_;
  std::size_t row_ = 0;
};

}  // namespace jishi::duck
