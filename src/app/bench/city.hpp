#pragma once
// The parts of the bench of a whole city.

#include "app/bench/run.hpp"
#include "modules/insight/insight.hpp"
#include "platform/duck/connection.hpp"

namespace jishi::app::bench {

/// A rule, the query that finds its lights in the marts, and how long that took.
struct TimedRule {
  std::string id;
  std::string query;
  double seconds = 0;
  std::int64_t lights = 0;
};

/// Every rule over the marts: the best of `rounds`.
Result<std::vector<TimedRule>> time_rules(Run& run, duck::Connection& marts,
                                          const std::vector<insight::Rule>& rules, int rounds);

/// The seconds that the roll-ups take: the structure of the members, and the lights, of every
/// organisation with all below it.
Result<double> time_rollups(Run& run, duck::Connection& marts,
                            const std::vector<insight::Rule>& rules);

/// Copies the marts to the PostgreSQL server behind --postgres and runs the same queries there.
/// The seconds of each, in the order of `rules`; nothing for one that failed there.
Result<std::vector<std::optional<double>>> time_in_postgres(Run& run, duck::Connection& marts,
                                                            const std::vector<TimedRule>& rules);

}  // namespace jishi::app::bench
