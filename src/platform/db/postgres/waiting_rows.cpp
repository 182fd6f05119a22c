#include "platform/db/postgres/waiting_rows.hpp"

#include <algorithm>
#include <bit>
#include <cctype>

namespace jishi::db::postgres {

namespace {

std::string_view name_of(Oid type) {
  switch (type) {
    case kInt8: return "bigint";
    case kFloat8: return "double precision";
    case kText: return "text";
    case kBytea: return "bytea";
    default: return "";
  }
}

bool fits(const Parameter& value, Oid type) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  switch (type) {
    case kInt8: return std::holds_alternative<std::int64_t>(value);
    case kFloat8: return std::holds_alternative<double>(value);
    case kText: return std::holds_alternative<std::string_view>(value);
    default: return std::holds_alternative<BlobView>(value);
  }
}

// `$12` becomes a column of the rows: many.p12.
std::string of_columns(std::string_view values) {
  std::string text;
  for (const char sign : values) text += sign == '$' ? std::string("many.p") : std::string(1, sign);
  return text;
}

// Lists and comparisons without quoted dollars, calls or what else could hold another row.
bool is_plain(std::string_view text, std::string_view signs) {
  return text.find("'$") == text.npos && std::all_of(text.begin(), text.end(), [&](char sign) {
           return std::isalnum(static_cast<unsigned char>(sign)) != 0 ||
                  signs.find(sign) != signs.npos;
         });
}

// The arrays as rows `many` of columns p1, p2 …; empty where one cannot be carried.
std::string rows_of(std::span<const Oid> types) {
  std::string arrays;
  std::string columns;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string_view type = name_of(types[i]);
    if (type.empty()) return {};
    const std::string_view comma = i == 0 ? "" : ", ";
    arrays += fmt::format("{}${}::{}[]", comma, i + 1, type);
    columns += fmt::format("{}p{}", comma, i + 1);
  }
  return types.empty() ? "" : fmt::format("unnest({}) as many ({})", arrays, columns);
}

// For each of the rows by itself, as if it were asked alone: `offset 0` keeps the planner from
// turning it into a walk through a whole table that was small when the plan was made. The last
// column is the number of the row, from 1.
std::string select_of_many(std::string_view sql, const std::string& rows) {
  for (const std::string_view word : {"'$", "limit $", " offset ", " into ", " for update", "\""}) {
    if (sql.find(word) != sql.npos) return {};
  }
  const std::string numbered = rows.substr(0, rows.size() - 1) + ", number)";
  const auto name = numbered.find(" as many (");
  return fmt::format(
      "select q.*, many.number from {} with ordinality{} cross join lateral ({} offset 0) q",
      numbered.substr(0, name), numbered.substr(name), of_columns(sql));
}

std::string insert_of_many(std::string_view sql, std::string_view rows) {
  constexpr std::string_view kValues = ") values (";
  const auto at = sql.find(kValues);
  if (at == sql.npos || sql.back() != ')') return {};
  std::string_view values = sql.substr(at + kValues.size());
  values.remove_suffix(1);
  if (!is_plain(values, "$, '_")) return {};
  return fmt::format("{} select {} from {}", sql.substr(0, at + 1), of_columns(values), rows);
}

// `after`: what comes behind the table's name. The rows stand before the last condition.
std::string change_of_many(std::string_view sql, std::string_view after, std::string_view joint,
                           std::string_view rows) {
  constexpr std::string_view kWhere = " where ";
  const auto at = sql.find(after);
  const auto where = sql.find(kWhere);
  if (at == sql.npos || where == sql.npos || !is_plain(sql.substr(at), "$, '_=")) return {};
  if (sql.find("select", at) != sql.npos || sql.find(" or ", at) != sql.npos) return {};
  return fmt::format("{}{}{}{}", of_columns(sql.substr(0, where)), joint, rows,
                     of_columns(sql.substr(where)));
}

// In an array: the number of its bytes, then these.
void append_sized(std::string& bytes, std::string_view value) {
  append_big_endian(bytes, value.size(), 4);
  bytes += value;
}

void append_number(std::string& bytes, std::uint64_t value) {
  append_big_endian(bytes, 8, 4);
  append_big_endian(bytes, value, 8);
}

}  // namespace

std::string of_many(std::string_view sql, std::span<const Oid> types) {
  std::string plain(sql);
  std::replace(plain.begin(), plain.end(), '\n', ' ');
  const std::string rows = rows_of(types);
  if (rows.empty()) return {};
  if (plain.starts_with("select ")) return select_of_many(plain, rows);
  if (plain.starts_with("insert into ")) return insert_of_many(plain, rows);
  if (plain.starts_with("update ")) return change_of_many(plain, " set ", " from ", rows);
  if (plain.starts_with("delete from ")) return change_of_many(plain, " where ", " using ", rows);
  return {};
}

bool WaitingRows::add(std::span<const Parameter> values, std::span<const Oid> types) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!fits(values[i], types[i])) return false;
  }
  auto& row = rows_.emplace_back();
  row.reserve(values.size());
  for (const Parameter& value : values) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      row.emplace_back(*integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      row.emplace_back(*real);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      row.emplace_back(std::string(*text));
    } else if (const auto* blob = std::get_if<BlobView>(&value)) {
      row.emplace_back(std::string(blob->bytes));
    } else {
      row.emplace_back();
    }
  }
  return true;
}

Parameters WaitingRows::row(std::size_t number, std::span<const Oid> types) const {
  std::vector<Parameter> values;
  for (const Value& value : rows_[number]) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      values.emplace_back(*integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      values.emplace_back(*real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      values.emplace_back(std::string_view(*text));
    } else {
      values.emplace_back();
    }
  }
  return {values, types};
}

// An array as the wire carries it: one dimension, whether there are nulls, the type, the number of
// elements, that they are counted from 1, then they.
Parameters WaitingRows::arrays(std::span<const Oid> types) const {
  std::vector<std::string> arrays;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const bool nulls = std::any_of(rows_.begin(), rows_.end(), [&](const auto& row) {
      return std::holds_alternative<std::monostate>(row[i]);
    });
    std::string& bytes = arrays.emplace_back();
    append_big_endian(bytes, 1, 4);
    append_big_endian(bytes, nulls ? 1 : 0, 4);
    append_big_endian(bytes, types[i], 4);
    append_big_endian(bytes, rows_.size(), 4);
    append_big_endian(bytes, 1, 4);
    for (const auto& row : rows_) {
      if (const auto* integer = std::get_if<std::int64_t>(&row[i])) {
        append_number(bytes, static_cast<std::uint64_t>(*integer));
      } else if (const auto* real = std::get_if<double>(&row[i])) {
        append_number(bytes, std::bit_cast<std::uint64_t>(*real));
      } else if (const auto* text = std::get_if<std::string>(&row[i])) {
        append_sized(bytes, *text);
      } else {
        append_big_endian(bytes, 0xFFFFFFFF, 4);
      }
    }
  }
  return Parameters(std::move(arrays));
}

}  // namespace jishi::db::postgres
