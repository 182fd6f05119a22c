#pragma once
// What every group of the bench has at hand, and the groups.

#include <atomic>

#include "app/bench/bench.hpp"
#include "app/bench/figure.hpp"
#include "app/bench/measure.hpp"

namespace jishi::app::bench {

/// One run of one group.
struct Run {
  const Context& context;
  const BenchOptions& options;
  const std::filesystem::path& folder;  // empty at first, removed afterwards
  const std::atomic<bool>& cancelled;
  std::vector<Figure>& figures;

  /// A size as the scale has it, but at least `least`.
  std::int64_t scaled(std::int64_t size, std::int64_t least) const {
    return std::max(least, static_cast<std::int64_t>(static_cast<double>(size) * options.scale));
  }
  /// app.bench_cancelled once Ctrl-C was pressed.
  Result<Done> go_on() const {
    if (cancelled) return fail(ErrorKind::refused, "bench.cancelled");
    return Done{};
  }
  /// A new store in `folder`/`name`.
  Result<std::unique_ptr<Store>> make_store(std::string_view name) const;
};

/// A URL of a PostgreSQL server with a schema of its own in the place of the usual one.
std::string with_schema(const std::string& url, std::string_view schema);

/// The day on which the made-up cities stand.
Date bench_day();

Result<Done> bench_start(Run& run);
Result<Done> bench_merkle(Run& run);
Result<Done> bench_commands(Run& run);
Result<Done> bench_import_csv(Run& run);
Result<Done> bench_import_xlsx(Run& run);
Result<Done> bench_demo(Run& run);
Result<Done> bench_city(Run& run);
Result<Done> bench_registry(Run& run);
Result<Done> bench_search(Run& run);
Result<Done> bench_divisions(Run& run);
Result<Done> bench_http(Run& run);
Result<Done> bench_procedures(Run& run);

}  // namespace jishi::app::bench
