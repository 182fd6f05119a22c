#pragma once
// Plays the table of a process against its files, without a store.

#include "modules/workflow/deployments/deployments.hpp"
#include "modules/workflow/engine/state.hpp"
#include "modules/workflow/play_table/table.hpp"

namespace jishi::workflow {

/// What came of a table.
struct PlayedTable {
  std::int64_t held = 0;     // cases and rows of decisions that came about as they are written
  std::vector<Error> wrong;  // the first line of each case that did not, workflow.table_…
};

/// `now`: the clock of decisions that are played by themselves, in milliseconds. Errors: a table
/// that does not read.
Result<PlayedTable> play_table(const Playable& playable, std::string_view text, Moment now,
                               Language language);

}  // namespace jishi::workflow
