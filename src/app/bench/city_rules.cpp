// Rules and roll-ups over the marts of a city, one by one.

#include <fstream>
#include <iterator>

#include "app/bench/city.hpp"

namespace jishi::app::bench {

namespace {

using insight::Rule;

constexpr std::string_view kMarts[] = {"organisation", "member", "post",    "activity",
                                       "payment",      "task",   "ancestry"};

// Marts and parameters come in as named subqueries, as the program puts them before a rule; no
// organisation of the bench has parameters of its own.
std::string over_marts(std::string_view query, const std::vector<insight::RuleParameter>& set) {
  std::string text = "with ";
  for (const std::string_view mart : kMarts) {
    text += fmt::format("{0} as not materialized (select * from mart.{0}), ", mart);
  }
  std::string setting = fmt::format("o.organisation, date '{}' as as_of", to_iso(bench_day()));
  for (const auto& parameter : set) {
    setting += fmt::format(", cast({} as integer) as {}", parameter.standard, parameter.name);
  }
  return text + fmt::format(
                    "setting as (select {} from mart.organisation as o) "
                    "select q.* from ({}) as q",
                    setting, query);
}

std::string lights_query(const Rule& rule) {
  return over_marts(rule.query, rule.parameters) + " where q.level is not null";
}

Result<std::int64_t> count_rows(duck::Connection& marts, const std::string& query) {
  auto rows = marts.query(query);
  if (!rows) return rows.error();
  std::int64_t count = 0;
  while (const auto chunk = rows->next_chunk()) count += static_cast<std::int64_t>(chunk->size());
  return count;
}

// Sums what a roll-up counts, so that all of it has to be computed and little is fetched.
Result<Done> sum_rollup(const Run& run, duck::Connection& marts, std::string_view name,
                        std::string_view counted) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  std::ifstream file(*pack / "rollups" / fmt::format("{}.sql", name), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto summed = marts.query(
      fmt::format("select count(*), sum({}) from ({}) as r", counted, over_marts(text, {})));
  if (!summed) return summed.error();
  return Done{};
}

// The lights as the roll-up of lights wants them.
Result<Done> keep_lights(duck::Connection& marts, const std::vector<Rule>& rules) {
  std::string script =
      "create or replace temp table light (organisation bigint, rule text, level text);";
  for (const Rule& rule : rules) {
    script += fmt::format("insert into light select l.organisation, '{}', l.level from ({}) as l;",
                          rule.id, lights_query(rule));
  }
  return marts.execute(script);
}

}  // namespace

Result<std::vector<TimedRule>> time_rules(Run& run, duck::Connection& marts,
                                          const std::vector<Rule>& rules, int rounds) {
  std::vector<TimedRule> timed;
  for (const Rule& rule : rules) {
    TimedRule one{rule.id, lights_query(rule), 0, 0};
    std::vector<double> seconds;
    for (int round = 0; round <= rounds; ++round) {
      if (const auto on = run.go_on(); !on) return on.error();
      const Stopwatch watch;
      const auto lights = count_rows(marts, one.query);
      if (!lights) return lights.error();
      if (round > 0) seconds.push_back(watch.seconds());  // the first one warms up
      one.lights = *lights;
    }
    one.seconds = quantile(seconds, 0);
    timed.push_back(std::move(one));
  }
  return timed;
}

Result<double> time_rollups(Run& run, duck::Connection& marts, const std::vector<Rule>& rules) {
  if (const auto kept = keep_lights(marts, rules); !kept) return kept.error();
  double best = 0;
  for (int round = 0; round < 2; ++round) {
    const Stopwatch watch;
    if (const auto sum = sum_rollup(run, marts, "structure", "members"); !sum) return sum.error();
    if (const auto sum = sum_rollup(run, marts, "lights", "lights"); !sum) return sum.error();
    best = round == 0 ? watch.seconds() : std::min(best, watch.seconds());
  }
  return best;
}

}  // namespace jishi::app::bench
