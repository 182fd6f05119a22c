#pragma once
// The process that the bench plays: as long as developing members is.

#include <string>

namespace jishi::app::bench {

inline constexpr int kTasksOfCase = 25;

/// A process file: 25 tasks in a row, each done by `role` (empty: it names none), each with a
/// gateway behind it that looks at what was decided.
std::string long_process(const std::string& id, const std::string& role);

}  // namespace jishi::app::bench
