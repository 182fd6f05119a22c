#include "platform/duck/appender.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "platform/duck/state.hpp"

namespace jishi::duck {

struct AppenderState {
  std::shared_ptr<ConnectionState> connection;
  duckdb_appender handle = nullptr;
  std::optional<Error> failure;  // the first one

  ~AppenderState() { duckdb_appender_destroy(&handle); }

  void note(duckdb_state state) {
    if (state != DuckDBError || failure) return;
    const char* message = duckdb_appender_error(handle);
    failure = error_of(DUCKDB_ERROR_INVALID_INPUT, message == nullptr ? "" : message,
                       connection->database->file);
  }
};

struct BatchState {
  duckdb_data_chunk handle = nullptr;
  std::vector<duckdb_type> types;

  ~BatchState() { duckdb_destroy_data_chunk(&handle); }
  duckdb_vector vector(std::size_t column) const {
    return duckdb_data_chunk_get_vector(handle, column);
  }
};

namespace {

template <class T>
bool holds(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN: return std::same_as<T, bool>;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_DATE: return std::same_as<T, std::int32_t>;
    case DUCKDB_TYPE_BIGINT: return std::same_as<T, std::int64_t>;
    case DUCKDB_TYPE_DOUBLE: return std::same_as<T, double>;
    default: return false;
  }
}

}  // namespace

template <class T>
std::span<T> Batch::values(std::size_t column) {
  if (!holds<T>(state_->types.at(column))) {
    throw std::logic_error(fmt::format("duckdb: column {} of the batch has another type", column));
  }
  return {static_cast<T*>(duckdb_vector_get_data(state_->vector(column))), kRows};
}

template std::span<bool> Batch::values(std::size_t);
template std::span<std::int32_t> Batch::values(std::size_t);
template std::span<std::int64_t> Batch::values(std::size_t);
template std::span<double> Batch::values(std::size_t);

void Batch::set_text(std::size_t column, std::size_t row, std::string_view text) {
  if (state_->types.at(column) != DUCKDB_TYPE_VARCHAR) {
    throw std::logic_error(fmt::format("duckdb: column {} of the batch is no text", column));
  }
  duckdb_vector_assign_string_element_len(state_->vector(column), row, text.data(), text.size());
}

void Batch::set_null(std::size_t column, std::size_t row) {
  const auto vector = state_->vector(column);
  duckdb_vector_ensure_validity_writable(vector);
  duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
}

Result<Appender> Appender::open(Connection& connection, std::string_view table) {
  auto state = std::make_shared<AppenderState>();
  state->connection = connection.state_;
  const auto dot = table.find('.');
  const std::string schema(table.substr(0, dot == table.npos ? 0 : dot));
  const std::string name(dot == table.npos ? table : table.substr(dot + 1));
  state->note(duckdb_appender_create(connection.state_->handle,
                                     schema.empty() ? nullptr : schema.c_str(), name.c_str(),
                                     &state->handle));
  if (state->failure) return *state->failure;
  return Appender(std::move(state));
}

void Appender::add(std::int64_t value) {
  state_->note(duckdb_append_int64(state_->handle, value));
}

void Appender::add(std::int32_t value) {
  state_->note(duckdb_append_int32(state_->handle, value));
}

void Appender::add(double value) {
  state_->note(duckdb_append_double(state_->handle, value));
}

void Appender::add(std::string_view value) {
  state_->note(duckdb_append_varchar_length(state_->handle, value.data(), value.size()));
}

void Appender::add(Date value) {
  state_->note(duckdb_append_date(state_->handle, {to_days(value)}));
}

void Appender::add(std::nullopt_t) {
  state_->note(duckdb_append_null(state_->handle));
}

void Appender::add_bool(bool value) {
  state_->note(duckdb_append_bool(state_->handle, value));
}

void Appender::end_row() {
  state_->note(duckdb_appender_end_row(state_->handle));
}

Batch Appender::batch() const {
  auto batch = std::make_shared<BatchState>();
  std::vector<std::unique_ptr<LogicalType>> owners;
  std::vector<duckdb_logical_type> types;
  for (idx_t i = 0; i < duckdb_appender_column_count(state_->handle); ++i) {
    owners.push_back(std::make_unique<LogicalType>(duckdb_appender_column_type(state_->handle, i)));
    types.push_back(owners.back()->handle);
    batch->types.push_back(owners.back()->id());
  }
  batch->handle = duckdb_create_data_chunk(types.data(), types.size());
  return Batch(std::move(batch));
}

void Appender::append(Batch& batch, std::size_t rows) {
  if (rows > Batch::kRows) throw std::logic_error("duckdb: more rows than a batch holds");
  duckdb_data_chunk_set_size(batch.state_->handle, rows);
  state_->note(duckdb_append_data_chunk(state_->handle, batch.state_->handle));
  duckdb_data_chunk_reset(batch.state_->handle);
}

Result<Done> Appender::flush() {
  if (!state_->failure) state_->note(duckdb_appender_flush(state_->handle));
  if (state_->failure) return *state_->failure;
  return Done{};
}

Result<Done> Appender::close() {
  if (!state_->failure) state_->note(duckdb_appender_close(state_->handle));
  if (state_->failure) return *state_->failure;
  return Done{};
}

}  // namespace jishi::duck
