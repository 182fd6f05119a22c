#pragma once
// Ids given to DuckDB from memory.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/duck/connection.hpp"

namespace jishi::duck {

struct IdListState;

/// A list of ids that SQL reads as a table with the column `id`: `from NAME()`. A statement sees
/// what is set when it begins to run, so one that was prepared once serves for every list. (A
/// temporary table would keep the dead rows of all lists before, and be slower with each.)
class IdList {
 public:
  /// Makes the table function `name`, for as long as the database is open. Fails when the name is
  /// taken.
  static Result<IdList> define(Connection& connection, const std::string& name);

  /// From now on these ids. Not while a statement that reads the list is running.
  void set(std::vector<std::int64_t> ids);

 private:
  explicit IdList(std::shared_ptr<IdListState> state) : state_(std::move(state)) {}
  std::shared_ptr<IdListState> state_;
};

}  // namespace jishi::duck
