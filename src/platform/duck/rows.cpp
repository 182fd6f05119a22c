#include "platform/duck/rows.hpp"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "platform/duck/state.hpp"

namespace jishi::duck {

namespace {

/// A column as the engine keeps it.
struct Vector {
  duckdb_vector handle = nullptr;
  duckdb_type type = DUCKDB_TYPE_INVALID;
  std::uint8_t scale = 0;  // of a decimal
  const void* data = nullptr;
  const std::uint64_t* validity = nullptr;

  template <class T>
  const T& at(std::size_t row) const {
    return static_cast<const T*>(data)[row];
  }
  bool is_null(std::size_t row) const {
    return validity != nullptr && ((validity[row / 64] >> (row % 64)) & 1U) == 0;
  }
};

/// A decimal is kept as an integer, whose type stands in for it.
duckdb_type kept_as(const LogicalType& type) {
  return type.id() == DUCKDB_TYPE_DECIMAL ? duckdb_decimal_internal_type(type.handle) : type.id();
}

Vector vector_of(duckdb_vector handle) {
  const LogicalType type(duckdb_vector_get_column_type(handle));
  const bool decimal = type.id() == DUCKDB_TYPE_DECIMAL;
  return {handle, kept_as(type), decimal ? duckdb_decimal_scale(type.handle) : std::uint8_t{0},
          duckdb_vector_get_data(handle), duckdb_vector_get_validity(handle)};
}

[[noreturn]] void wrong_type(const Vector& vector, std::string_view wanted) {
  throw std::logic_error(fmt::format("duckdb: a column of type {} is read as {}",
                                     static_cast<int>(vector.type), wanted));
}

std::int64_t narrowed(const duckdb_hugeint& value) {
  const auto low = static_cast<std::int64_t>(value.lower);
  if (value.upper != (low < 0 ? -1 : 0)) throw std::out_of_range("duckdb: beyond 64 bits");
  return low;
}

std::int64_t narrowed(std::uint64_t value) {
  if (!std::in_range<std::int64_t>(value)) throw std::out_of_range("duckdb: beyond 64 bits");
  return static_cast<std::int64_t>(value);
}

/// The integer that the engine keeps, whatever its width; of a decimal without its scale.
std::int64_t kept_integer(const Vector& vector, std::size_t row) {
  switch (vector.type) {
    case DUCKDB_TYPE_BOOLEAN: return vector.at<bool>(row) ? 1 : 0;
    case DUCKDB_TYPE_TINYINT: return vector.at<std::int8_t>(row);
    case DUCKDB_TYPE_SMALLINT: return vector.at<std::int16_t>(row);
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_DATE: return vector.at<std::int32_t>(row);
    case DUCKDB_TYPE_BIGINT: return vector.at<std::int64_t>(row);
    case DUCKDB_TYPE_UTINYINT: return vector.at<std::uint8_t>(row);
    case DUCKDB_TYPE_USMALLINT: return vector.at<std::uint16_t>(row);
    case DUCKDB_TYPE_UINTEGER: return vector.at<std::uint32_t>(row);
    case DUCKDB_TYPE_UBIGINT: return narrowed(vector.at<std::uint64_t>(row));
    case DUCKDB_TYPE_HUGEINT: return narrowed(vector.at<duckdb_hugeint>(row));
    default: wrong_type(vector, "an integer");
  }
}

std::int64_t read_int64(const Vector& vector, std::size_t row) {
  if (vector.scale != 0) wrong_type(vector, "an integer, but has decimals");
  return kept_integer(vector, row);
}

double read_double(const Vector& vector, std::size_t row) {
  switch (vector.type) {
    case DUCKDB_TYPE_DOUBLE: return vector.at<double>(row);
    case DUCKDB_TYPE_FLOAT: return vector.at<float>(row);
    default: break;
  }
  double value = static_cast<double>(kept_integer(vector, row));
  for (std::uint8_t i = 0; i < vector.scale; ++i) value /= 10;
  return value;
}

std::string_view read_text(const Vector& vector, std::size_t row) {
  if (vector.type != DUCKDB_TYPE_VARCHAR) wrong_type(vector, "text");
  // The engine asks for a pointer that may be written through, and does not write.
  auto* text = const_cast<duckdb_string_t*>(&vector.at<duckdb_string_t>(row));
  return {duckdb_string_t_data(text), duckdb_string_t_length(*text)};
}

boost::json::value read_json(const Vector& vector, std::size_t row) {
  if (vector.is_null(row)) return nullptr;
  switch (type_of(vector.type)) {
    case Type::boolean: return vector.at<bool>(row);
    case Type::integer:
      if (vector.scale != 0) return read_double(vector, row);
      return kept_integer(vector, row);
    case Type::real: return read_double(vector, row);
    case Type::text: return boost::json::string(read_text(vector, row));
    case Type::date: return boost::json::string(to_iso(from_days(kept_integer(vector, row))));
    case Type::list: {
      const auto entry = vector.at<duckdb_list_entry>(row);
      const Vector items = vector_of(duckdb_list_vector_get_child(vector.handle));
      boost::json::array array;
      array.reserve(entry.length);
      for (idx_t i = 0; i < entry.length; ++i) array.push_back(read_json(items, entry.offset + i));
      return array;
    }
    case Type::other: break;
  }
  wrong_type(vector, "JSON");
}

template <class T>
bool kept_exactly(const Vector& vector) {
  if (vector.scale != 0) return false;
  if constexpr (std::same_as<T, bool>) return vector.type == DUCKDB_TYPE_BOOLEAN;
  if constexpr (std::same_as<T, std::int64_t>) return vector.type == DUCKDB_TYPE_BIGINT;
  if constexpr (std::same_as<T, double>) return vector.type == DUCKDB_TYPE_DOUBLE;
  if constexpr (std::same_as<T, std::int32_t>) {
    return vector.type == DUCKDB_TYPE_INTEGER || vector.type == DUCKDB_TYPE_DATE;
  }
  return false;
}

template <class T>
T converted(const Vector& vector, std::size_t row) {
  if constexpr (std::same_as<T, std::string_view>) {
    return read_text(vector, row);
  } else if constexpr (std::same_as<T, double>) {
    return read_double(vector, row);
  } else {
    const auto value = read_int64(vector, row);
    if (value < std::numeric_limits<T>::min() || value > std::numeric_limits<T>::max()) {
      throw std::out_of_range("duckdb: a number is too large for the type it is read as");
    }
    return static_cast<T>(value);
  }
}

}  // namespace

struct ChunkState {
  std::shared_ptr<RowsState> rows;  // the engine's memory
  duckdb_data_chunk handle = nullptr;
  std::size_t size = 0;
  std::vector<Vector> columns;

  ~ChunkState() { duckdb_destroy_data_chunk(&handle); }
};

Type type_of(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN: return Type::boolean;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT: return Type::integer;
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL: return Type::real;
    case DUCKDB_TYPE_VARCHAR: return Type::text;
    case DUCKDB_TYPE_DATE: return Type::date;
    case DUCKDB_TYPE_LIST: return Type::list;
    default: return Type::other;
  }
}

std::size_t Chunk::size() const {
  return state_->size;
}

template <class T>
Column<T> Chunk::column(std::size_t index) const {
  const Vector& vector = state_->columns.at(index);
  Column<T> column;
  column.validity_ = vector.validity;
  if (kept_exactly<T>(vector)) {
    column.values_ = {static_cast<const T*>(vector.data), size()};
    return column;
  }
  column.converted_ = std::make_unique<T[]>(size());
  for (std::size_t row = 0; row < size(); ++row) {
    if (!vector.is_null(row)) column.converted_[row] = converted<T>(vector, row);
  }
  column.values_ = {column.converted_.get(), size()};
  return column;
}

template Column<bool> Chunk::column(std::size_t) const;
template Column<std::int32_t> Chunk::column(std::size_t) const;
template Column<std::int64_t> Chunk::column(std::size_t) const;
template Column<double> Chunk::column(std::size_t) const;
template Column<std::string_view> Chunk::column(std::size_t) const;

bool Chunk::is_null(std::size_t column, std::size_t row) const {
  return state_->columns.at(column).is_null(row);
}

std::int64_t Chunk::int64_at(std::size_t column, std::size_t row) const {
  return read_int64(state_->columns.at(column), row);
}

double Chunk::double_at(std::size_t column, std::size_t row) const {
  return read_double(state_->columns.at(column), row);
}

std::string_view Chunk::text_at(std::size_t column, std::size_t row) const {
  return read_text(state_->columns.at(column), row);
}

boost::json::value Chunk::json_at(std::size_t column, std::size_t row) const {
  return read_json(state_->columns.at(column), row);
}

bool Rows::next() {
  ++row_;
  if (chunk_ && row_ < chunk_->size()) return true;
  chunk_ = next_chunk();
  row_ = 0;
  return chunk_.has_value();
}

std::optional<Chunk> Rows::next_chunk() {
  auto chunk = std::make_shared<ChunkState>();
  chunk->rows = state_;
  chunk->handle = duckdb_fetch_chunk(state_->result);
  if (chunk->handle == nullptr) return std::nullopt;
  chunk->size = duckdb_data_chunk_get_size(chunk->handle);
  if (chunk->size == 0) return std::nullopt;
  for (idx_t i = 0; i < duckdb_data_chunk_get_column_count(chunk->handle); ++i) {
    chunk->columns.push_back(vector_of(duckdb_data_chunk_get_vector(chunk->handle, i)));
  }
  return Chunk(std::move(chunk));
}

std::size_t Rows::column_count() const {
  return duckdb_column_count(&state_->result);
}

std::string Rows::column_name(std::size_t column) const {
  const char* name = duckdb_column_name(&state_->result, column);
  return name == nullptr ? "" : name;
}

std::uint64_t Rows::row_count() const {
  return duckdb_row_count(&state_->result);
}

std::uint64_t Rows::changed() const {
  return duckdb_rows_changed(&state_->result);
}

}  // namespace jishi::duck
