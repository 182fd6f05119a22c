#pragma once
// Cases of the demo city: each procedure of the pack as far as each of its steps, by the scripts of
// packs/party/demo/cases.toml. Played by the engine as people would play them, on days gone by.

#include <filesystem>

#include "modules/workflow/cases/case.hpp"
#include "modules/workflow/dispatch/dispatches.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostDemoScripts = 100;
inline constexpr std::size_t kMostDemoSteps = 50;  // of a script

struct DemoCases {
  std::int64_t cases = 0;
  std::int64_t steps = 0;
  std::int64_t receivers = 0;  // of the task that went to many
  /// Steps that were refused, with what was said: a script that does not fit its process.
  std::vector<std::string> refused;
};

/// Plays every script once for each number of its steps, the last of them yesterday or some days
/// before; then the task that a committee sends to its branches, answered by each as far as another
/// step. `clock` is the store's, and stands on `today` afterwards. Nothing is played where the
/// city is too small to have a branch of ten. `party` does what lies before nobody else. Errors:
/// workflow.demo_script.
Result<DemoCases> play_demo_cases(const Dispatches& dispatches, FixedClock& clock,
                                  const Party& party, const std::filesystem::path& scripts,
                                  Date today);

}  // namespace jishi::workflow
