#pragma once
// `jishi bench`: how quick the program is on this machine, each figure beside what was expected of
// it and beside a baseline of the same run. It judges, it does not fail: a slow machine is no
// error.

#include <string>
#include <vector>

#include "app/context.hpp"

namespace jishi::app {

struct BenchOptions {
  std::vector<std::string> groups;  // of bench_groups(); empty: all
  double scale = 1;                 // of all sizes, kMinScale..1
  std::string write;                // a Markdown file for the figures; empty: none
  std::string postgres;             // URL of a server for the city's baseline; empty: without it
  std::string divisions;            // folder of the published list; empty: the usual, or made up
  std::string program;              // that `start` starts; empty: this one
};

inline constexpr double kMinBenchScale = 0.001;

/// The names of the groups, in the order in which they run.
std::vector<std::string> bench_groups();

/// Runs the groups and prints their figures: as tables, or one JSON object a line. Works in a
/// temporary folder, which it removes. Errors: app.bench_unknown_group, app.bench_scale,
/// app.bench_cancelled, those of the parts it measures.
Result<Status> run_bench(const Context& context, const BenchOptions& options);

}  // namespace jishi::app
