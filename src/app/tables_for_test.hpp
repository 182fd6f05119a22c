#pragma once
// What stands in the tables of a store, whatever the engine: for tests that compare or search it.

#include <algorithm>
#include <deque>
#include <functional>
#include <set>
#include <string>

#include "base/hash.hpp"
#include "ledger/store.hpp"
#include "platform/db/dialect.hpp"

namespace jishi::app {

/// Calls `visit` for every table and every of its columns, by names.
inline void each_column(
    Store& store,
    const std::function<void(const std::string& table, const db::Table::Column&)>& visit) {
  for (const db::Table& table : store.engine().open(db::Access::read)->tables()) {
    for (const auto& column : table.columns) visit(table.name, column);
  }
}

/// The rows of every table as sorted lines, one table after another, without some tables and
/// columns (`table` or `table.column`).
inline std::string tables_of(Store& store, const std::set<std::string>& without) {
  const auto connection = store.engine().open(db::Access::read);
  // Connections know statements by their addresses.
  std::deque<std::string> texts;
  std::deque<Statement> statements;
  std::string all;
  for (const db::Table& table : connection->tables()) {
    if (without.contains(table.name)) continue;
    std::string names;
    for (const auto& column : table.columns) {
      names += (names.empty() ? "" : ", ") + db::quoted_name(column.name);
    }
    texts.push_back("select " + names + " from " + table.name);
    statements.push_back({"test.table", texts.back()});
    std::vector<std::string> lines;
    db::Cursor& cursor = connection->execute(statements.back(), {});
    while (cursor.next()) {
      std::string line;
      for (int i = 0; i < cursor.columns(); ++i) {
        const auto& column = table.columns[static_cast<std::size_t>(i)];
        if (without.contains(table.name + "." + column.name)) continue;
        line += "|";
        if (cursor.is_null(i)) continue;
        const std::string_view bytes = cursor.bytes(i);
        line += column.kind == db::ColumnKind::bytes ? to_hex(bytes) : std::string(bytes);
      }
      lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) all += table.name + line + "\n";
  }
  return all;
}

/// The lines that only one of two texts has: what a failing test shows.
inline std::string differences(const std::string& before, const std::string& after) {
  const auto lines = [](const std::string& text) {
    std::multiset<std::string> found;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      found.insert(text.substr(at, end - at));
      at = end + 1;
    }
    return found;
  };
  const auto one = lines(before);
  const auto other = lines(after);
  std::string told;
  const auto tell = [&](const auto& from, const auto& in, char mark) {
    for (const std::string& line : from) {
      if (!in.contains(line)) told += mark + line + "\n";
    }
  };
  tell(one, other, '-');
  tell(other, one, '+');
  return told;
}

}  // namespace jishi::app
