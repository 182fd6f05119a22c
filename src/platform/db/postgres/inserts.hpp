#pragma once
// Rows that nobody has asked for yet: of one insert they go to the server together, which takes a
// row of many in a fraction of the time of a statement.

#include <string>
#include <variant>
#include <vector>

#include "platform/db/postgres/wire.hpp"

namespace jishi::db::postgres {

/// What inserts many rows at once, given an array for each parameter, instead of
/// `insert into t (…) values (…)` for each. Empty where the statement is not of that plain form, or
/// has a parameter of a type that is not carried in arrays here.
std::string insert_of_many(std::string_view sql, std::span<const Oid> types);

/// Rows of one insert, in their order.
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
