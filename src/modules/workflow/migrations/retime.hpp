#pragma once
// What a case takes over from the version that it goes on by: who does its open tasks, until when,
// and when its timers fire.

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

/// An open task as its row has it.
struct OpenRow {
  Id id = kNoId;
  Number number = 0;
  Id organisation = kNoId;
  Moment opened = 0;
};
BOOST_DESCRIBE_STRUCT(OpenRow, (), (id, number, organisation, opened))

/// What changes with the version.
struct MigrationChange {
  std::string element;
  std::string name;
  std::string what;                     // role | place | due | timer | reminder
  std::string role;                     // of the new version; of `role` and `place`
  std::optional<std::int64_t> from_ms;  // of `due` and `timer`; none: it had no day
  std::optional<std::int64_t> to_ms;    // none: it has none any more
};
BOOST_DESCRIBE_STRUCT(MigrationChange, (), (element, name, what, role, from_ms, to_ms))

/// Brings a state that was read by `to` in line with what differs there from `from`: days of tasks
/// and timers are counted anew from when the step came up. Pure. `rows`: of the open tasks.
std::vector<MigrationChange> take_over(const Definition& from, const Definition& to, State& state,
                                       const std::vector<OpenRow>& rows, Moment now);

}  // namespace jishi::workflow
