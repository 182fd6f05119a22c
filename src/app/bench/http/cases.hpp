#pragma once
// Procedures as many people work on them, through the server.

#include "app/bench/run.hpp"

namespace jishi::app::bench {

/// Steps of ten thousand running cases, one's own tasks among a million, a task that is sent to
/// thirty thousand branches: on SQLite, and on PostgreSQL where the run has one.
Result<Done> measure_cases(Run& run);

}  // namespace jishi::app::bench
