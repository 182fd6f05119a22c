#pragma once
// The `.test` table of a process, read: state · who · verb · with what · verdict. How it is written
// stands in docs/how-to/add-a-process.md; tests/processes/table.py reads the same.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/feel/value.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostTableBytes = 1 << 20;
inline constexpr std::size_t kMostTableRows = 5'000;  // played, those of a case before it counted

struct TableRow {
  int line = 0;
  std::string state, who, verb;
  std::string word;  // behind the verb: a step, a person, a message, a code, a span as ISO 8601
  feel::Value::Entries variables;
  std::vector<std::string> stands;  // names of the steps afterwards
  std::string refused;              // the code that it is refused with
  std::string over;                 // the status of a case that is over
  feel::Value::Entries values;      // what variables must hold, by their paths
  std::vector<std::string> sent;    // messages
};

struct TableCase {
  std::string name;
  std::vector<TableRow> rows;
};

struct TableChoice {
  int line = 0;
  std::string file, decision;
  feel::Value::Entries inputs, outputs;
};

struct Table {
  std::string begins = "2026-01-05T09:00";
  std::map<std::string, std::set<std::pair<std::string, std::string>>> people;  // role, place
  feel::Value::Entries given;
  std::map<std::string, feel::Value::Entries> services;  // what an operation gives back
  std::vector<TableCase> cases;
  std::vector<TableChoice> choices;
};

/// A verb of a table as a script of the engine knows it; empty: none.
std::string_view table_verb(std::string_view word);

/// Errors: workflow.table_…, with the line.
Result<Table> read_table(std::string_view text);

}  // namespace jishi::workflow
