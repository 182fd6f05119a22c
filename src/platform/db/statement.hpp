#pragma once
#include <string_view>
#include <vector>

namespace jishi {

/// One SQL statement from a .sql file, with `$1`…`$n` as its parameters. Its address is its
/// identity: connections cache the prepared form by it.
struct Statement {
  std::string_view name;  // modules/registry/move_organisation/move_organisation.close_link
  std::string_view text;
  /// It touches no rows but those of the objects that its command is about (Writer::about()).
  bool of_one = false;
};

/// Every statement of the program; made at build time.
const std::vector<const Statement*>& all_statements();

}  // namespace jishi
