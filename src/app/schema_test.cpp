// What a database of the program has to be like, whatever module its tables are of.
#include <gtest/gtest.h>

#include "ledger/test_store.hpp"

namespace jishi::app {
namespace {

constexpr Statement kWithoutRowid{
    "test.without_rowid",
    "select name from sqlite_schema where type = 'table' and sql like '%without rowid'"
    " order by name"};
constexpr Statement kColumns{"test.columns",
                             "select name, pk from pragma_table_info($1) order by cid"};

struct ColumnRow {
  std::string name;
  std::int64_t key = 0;  // its place in the primary key, from 1; 0: none
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (name, key))

// SQLite 3.40, that of Debian 12, takes columns before the last for null in its check of a whole
// file, where the last one is of the key: every backup would be refused.
TEST(Schema, TheLastColumnOfATableIsOfItsKeyOnlyWhereAllAre) {
  TestStore store(*make_date(2026, 3, 1), TestEngine::sqlite);
  const int looked_at = store->read([&](db::Reader& reader) {
    int tables = 0;
    for (const std::string& table : reader.all<std::string>(kWithoutRowid)) {
      const auto columns = reader.all<ColumnRow>(kColumns, table);
      const bool all = std::all_of(columns.begin(), columns.end(),
                                   [](const ColumnRow& column) { return column.key != 0; });
      EXPECT_TRUE(all || columns.back().key == 0) << table << " ends with its key";
      ++tables;
    }
    return tables;
  });
  EXPECT_GT(looked_at, 30);
}

}  // namespace
}  // namespace jishi::app
