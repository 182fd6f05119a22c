#pragma once
// Statements as a connection knows them.

#include <cstdint>
#include <string>
#include <vector>

#include "platform/db/postgres/wire.hpp"

namespace jishi::db::postgres {

/// A statement on a connection.
struct Prepared {
  std::string name;
  std::string sql;
  std::vector<Oid> types;
  std::uint64_t generation = 0;
  std::vector<int> reads;      // tables, as Words numbers them; only where there is writing
  std::vector<int> changes;    // of them
  std::string of_many;         // of_many(), likewise
  bool of_many_known = false;  // to this connection's server
  bool inserts = false;
};

}  // namespace jishi::db::postgres
