#include "platform/duck/connection.hpp"

#include "platform/duck/state.hpp"

namespace jishi::duck {

namespace {

Error failure_of(RowsState& rows) {
  const char* message = duckdb_result_error(&rows.result);
  return error_of(duckdb_result_error_type(&rows.result), message == nullptr ? "" : message,
                  rows.connection->database->file);
}

std::string taken(const char* text) {
  std::string copy = text == nullptr ? "" : text;
  duckdb_free(const_cast<char*>(text));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  return copy;
}

}  // namespace

void Prepared::bind(std::size_t number, double value) {
  must(duckdb_bind_double(state_->handle, number, value), "bind");
}

void Prepared::bind(std::size_t number, std::string_view value) {
  must(duckdb_bind_varchar_length(state_->handle, number, value.data(), value.size()), "bind");
}

void Prepared::bind(std::size_t number, Date value) {
  must(duckdb_bind_date(state_->handle, number, {to_days(value)}), "bind");
}

void Prepared::bind(std::size_t number, std::nullopt_t) {
  must(duckdb_bind_null(state_->handle, number), "bind");
}

void Prepared::bind_bool(std::size_t number, bool value) {
  must(duckdb_bind_boolean(state_->handle, number, value), "bind");
}

void Prepared::bind_int64(std::size_t number, std::int64_t value) {
  must(duckdb_bind_int64(state_->handle, number, value), "bind");
}

Result<Rows> Prepared::run() {
  auto rows = std::make_shared<RowsState>();
  rows->connection = state_->connection;
  if (duckdb_execute_prepared(state_->handle, &rows->result) == DuckDBError)
    return failure_of(*rows);
  return Rows(std::move(rows));
}

std::vector<std::string> Prepared::parameters() const {
  std::vector<std::string> names(duckdb_nparams(state_->handle));
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i] = taken(duckdb_parameter_name(state_->handle, i + 1));
  }
  return names;
}

std::vector<ColumnInfo> Prepared::columns() const {
  std::vector<ColumnInfo> columns(duckdb_prepared_statement_column_count(state_->handle));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].name = taken(duckdb_prepared_statement_column_name(state_->handle, i));
    columns[i].type = type_of(duckdb_prepared_statement_column_type(state_->handle, i));
  }
  return columns;
}

Result<Done> Connection::execute(std::string_view sql) {
  if (auto rows = query(sql); !rows) return rows.error();
  return Done{};
}

Result<Rows> Connection::query(std::string_view sql) {
  auto rows = std::make_shared<RowsState>();
  rows->connection = state_;
  if (duckdb_query(state_->handle, std::string(sql).c_str(), &rows->result) == DuckDBError) {
    return failure_of(*rows);
  }
  return Rows(std::move(rows));
}

Result<Prepared> Connection::prepare(std::string_view sql) {
  auto prepared = std::make_shared<PreparedState>();
  prepared->connection = state_;
  const auto state = duckdb_prepare(state_->handle, std::string(sql).c_str(), &prepared->handle);
  if (state == DuckDBError) {
    const char* message = duckdb_prepare_error(prepared->handle);
    return error_of(DUCKDB_ERROR_PARSER, message == nullptr ? "" : message, state_->database->file);
  }
  return Prepared(std::move(prepared));
}

void Connection::interrupt() const {
  duckdb_interrupt(state_->handle);
}

Result<Transaction> Transaction::begin(Connection& connection) {
  if (auto begun = connection.execute("BEGIN TRANSACTION"); !begun) return begun.error();
  return Transaction(connection);
}

Transaction::~Transaction() {
  if (connection_) (void)connection_->execute("ROLLBACK");
}

Result<Done> Transaction::commit() {
  auto committed = connection_->execute("COMMIT");
  connection_.reset();
  return committed;
}

}  // namespace jishi::duck
