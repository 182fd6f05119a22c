#pragma once
// A city to serve, and accounts that may see a part of it.

#include <functional>

#include "app/bench/run.hpp"

namespace jishi::app::bench {

/// Where a city is, and who asks about it.
struct Office {
  StoreOptions place;
  std::string program;                 // jishi
  std::vector<std::string> arguments;  // with which it finds the store, its keys and the pack
  Id district = kNoId;                 // the organisation whose secretary asks
  std::vector<Id> persons;             // who is in that scope
  std::int64_t members = 0;            // of the whole city
  std::string link;                    // by which the secretary signs in, once
  std::vector<std::string> tokens;     // of listeners, each of a branch of its own
};

/// How an office is to be.
struct OfficeWish {
  std::int64_t members = 100'000;  // before the scale
  std::size_t listeners = 0;
  std::filesystem::path pack = {};  // empty: the program's own
};

/// Makes a demo city by `jishi demo` at `place`, and gives it a secretary of one district, who is
/// also its member for organisation, and accounts for streams. Nothing when the program does not
/// run.
Result<std::optional<Office>> make_office(Run& run, const StoreOptions& place,
                                          const OfficeWish& wish);

/// Measures on SQLite, then, where the run has a server, in a schema of its own on PostgreSQL.
/// `name`: of folder and schema.
Result<Done> on_each_store(Run& run, const std::string& name,
                           const std::function<Result<Done>(const StoreOptions&)>& measure);

/// Streams that one account of an office listens to.
inline constexpr std::size_t kStreamsPerAccount = 64;

}  // namespace jishi::app::bench
