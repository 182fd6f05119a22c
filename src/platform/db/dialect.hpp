#pragma once
// Where the engines' SQL differs. Everything is written once, in the words below; where no rule can
// help, a migration is given as a pair NAME.sqlite.sql and NAME.postgres.sql.
//
//                     SQLite                          PostgreSQL
// migrations
//   bigint primary key  integer primary key (the row id)  as it is
//   integer             as it is                          bigint: every number has 64 bits
//   text                as it is                          text collate "C": ordered by bytes
//   blob                as it is                          bytea
//   without rowid       as it is                          left out
// statements
//   json_each($n)       as it is                          a list of numbers, one a row, as `value`

#include <string>
#include <string_view>

namespace jishi::db {

std::string migration_for_sqlite(std::string_view sql);
std::string migration_for_postgres(std::string_view sql);
std::string statement_for_postgres(std::string_view sql);

/// A name in double quotes.
std::string quoted_name(std::string_view name);

/// A text in single quotes.
std::string quoted_text(std::string_view text);

}  // namespace jishi::db
