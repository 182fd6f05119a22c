#pragma once
// What stands behind the handles of this folder; included by its .cpp files only. Each part keeps
// alive what it was made from, so that the order in which callers let go does not matter.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <duckdb.h>

#include "base/result.hpp"
#include "platform/duck/rows.hpp"

namespace jishi::duck {

/// The error for what the engine says; `file` names the database in it.
Error error_of(duckdb_error_type type, std::string_view message, const std::string& file);

/// Throws std::logic_error unless the engine took a call that only a mistake of the program breaks.
void must(duckdb_state state, const char* what);

Type type_of(duckdb_type type);

struct DatabaseState {
  std::string file;  // canonical path; empty in memory
  bool registered = false;
  duckdb_database handle = nullptr;

  ~DatabaseState();
};

struct ConnectionState {
  std::shared_ptr<DatabaseState> database;
  duckdb_connection handle = nullptr;

  ~ConnectionState() { duckdb_disconnect(&handle); }
};

struct PreparedState {
  std::shared_ptr<ConnectionState> connection;
  duckdb_prepared_statement handle = nullptr;

  ~PreparedState() { duckdb_destroy_prepare(&handle); }
};

struct RowsState {
  std::shared_ptr<ConnectionState> connection;
  duckdb_result result{};

  ~RowsState() { duckdb_destroy_result(&result); }
};

/// Owns a type description of the engine.
struct LogicalType {
  duckdb_logical_type handle;

  explicit LogicalType(duckdb_logical_type type) : handle(type) {}
  LogicalType(const LogicalType&) = delete;
  LogicalType& operator=(const LogicalType&) = delete;
  ~LogicalType() { duckdb_destroy_logical_type(&handle); }
  duckdb_type id() const { return duckdb_get_type_id(handle); }
};

}  // namespace jishi::duck
