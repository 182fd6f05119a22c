#pragma once
// Rows that nobody has asked for yet: those of one statement go to the server together, which takes
// a row of many in a fraction of the time of a statement.

#include <string>
#include <variant>
#include <vector>

#include "platform/db/postgres/wire.hpp"

namespace jishi::db::postgres {

/// What does at once, given an array for each parameter, what a statement does for the parameters
/// of many rows: `insert into t (…) values (…)`, `update t set … where a = $1` and `delete from t
/// where a = $1`. Changes of one row by two of them would be made in no order. Empty where the
/// statement is not of such a plain form, or has a parameter of a type that is not carried in
/// arrays here.
std::string of_many(std::string_view sql, std::span<const Oid> types);

/// Rows of one statement, in their order.
class WaitingRows {
 public:
  static constexpr std::size_t kMost = 32;   // the server works on these while the next are made
  static constexpr std::size_t kFewest = 3;  // fewer go one by one

  /// False, and nothing is done, where a value is not of its parameter's type.
  bool add(std::span<const Parameter> values, std::span<const Oid> types);
  void clear() { rows_.clear(); }

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  Parameters row(std::size_t number, std::span<const Oid> types) const;
  /// An array for each parameter.
  Parameters arrays(std::span<const Oid> types) const;

 private:
  using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

  std::vector<std::vector<Value>> rows_;
};

}  // namespace jishi::db::postgres
