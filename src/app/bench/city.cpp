// The lights of a whole city, and of the few organisations that new facts touched.

#include "app/bench/city.hpp"

#include <random>

#include "modules/insight/bench_city.hpp"
#include "platform/duck/database.hpp"

namespace jishi::app::bench {

namespace {

using insight::BenchMarts;

constexpr std::int64_t kMembers = 1'000'000;
constexpr std::int64_t kLeastMembers = 1'000;
constexpr std::int64_t kOrganisations = 60'000;
constexpr std::int64_t kLeastOrganisations = 100;
constexpr double kExpectedBuildS = 180;
constexpr double kExpectedLightsS = 2;
constexpr double kExpectedAllS = 15;
constexpr double kExpectedTouchedMs = 300;
constexpr double kExpectedBranchMs = 20;
constexpr int kRounds = 5;
constexpr std::int64_t kTouchRounds = 100;
constexpr std::int64_t kFirstLooks = 50;
constexpr std::size_t kFactsOfBranch = 2;      // of add_facts: a payment and a theme day
constexpr std::size_t kBranchesTouched = 500;  // 1,000 facts

Result<Done> time_build(Run& run, BenchMarts& marts) {
  insight::BenchCity city;
  city.members = run.scaled(kMembers, kLeastMembers);
  city.organisations = run.scaled(kOrganisations, kLeastOrganisations);
  city.as_of = bench_day();
  const MemoryPeak peak;
  const Stopwatch watch;
  const auto counts = marts.fill(city);
  if (!counts) return counts.error();
  const double seconds = watch.seconds();
  run.figures.push_back(
      {.name = "city_build",
       .unit = "s",
       .measured = seconds,
       .expected = Expected{Sense::at_most, kExpectedBuildS},
       .note = fmt::format("{} organisations, {} members, {} facts: {} activities, {} attendances "
                           "(which no rule of today reads), {} payments",
                           counts->organisations, counts->members, counts->facts(),
                           counts->activities, counts->attendances, counts->payments)});
  run.figures.push_back({.name = "city_build_memory", .unit = "MB", .measured = peak.grown_mb()});
  return Done{};
}

struct Lights {
  double best_s = 0;
  double median_s = 0;
  double cpu_s = 0;
  double grown_mb = 0;
  std::int64_t count = 0;
};

Result<Lights> time_lights(Run& run, BenchMarts& marts) {
  const MemoryPeak peak;
  Lights lights;
  std::vector<double> seconds;
  std::vector<double> cpu_seconds;
  for (int round = 0; round <= kRounds; ++round) {
    if (const auto on = run.go_on(); !on) return on.error();
    const CpuWatch cpu;
    const Stopwatch watch;
    const auto count = marts.lights(bench_day());
    if (!count) return count.error();
    lights.count = *count;
    if (round == 0) continue;  // that one warms up
    seconds.push_back(watch.seconds());
    cpu_seconds.push_back(cpu.seconds());
  }
  lights.best_s = quantile(seconds, 0);
  lights.median_s = quantile(seconds, 0.5);
  lights.cpu_s = quantile(cpu_seconds, 0);
  lights.grown_mb = peak.grown_mb();
  return lights;
}

// New facts of random branches, and those branches looked at again.
Result<Done> time_touched(Run& run, BenchMarts& marts) {
  auto branches = marts.branches(static_cast<std::size_t>(run.scaled(kOrganisations, 100)));
  if (!branches) return branches.error();
  std::mt19937_64 random(1);
  std::vector<double> added_ms;
  std::vector<double> looked_ms;
  std::vector<double> both_ms;
  std::vector<double> tidied_ms;
  const std::int64_t rounds = run.scaled(kTouchRounds, 3);
  for (std::int64_t round = 0; round < rounds; ++round) {
    if (const auto on = run.go_on(); !on) return on;
    std::shuffle(branches->begin(), branches->end(), random);
    const std::vector<Id> touched(
        branches->begin(), branches->begin() + static_cast<std::ptrdiff_t>(
                                                   std::min(kBranchesTouched, branches->size())));
    const Stopwatch watch;
    if (const auto added = marts.add_facts(touched, bench_day()); !added) return added;
    added_ms.push_back(watch.milliseconds());
    if (const auto lights = marts.lights_of(touched, bench_day(), BenchMarts::kFactMarts);
        !lights) {
      return lights.error();
    }
    both_ms.push_back(watch.milliseconds());
    looked_ms.push_back(both_ms.back() - added_ms.back());
    if (const auto tidied = marts.tidy(); !tidied) return tidied;
    tidied_ms.push_back(watch.milliseconds() - both_ms.back());
  }
  const std::string note = fmt::format(
      "{} rounds of {} facts of {} random branches; written into the deltas in {} "
      "(p99 {}) ms, looked at in {} (p99 {}) ms; then tidied in {} (p99 {}) ms",
      rounds, kBranchesTouched * kFactsOfBranch, kBranchesTouched,
      value_text(quantile(added_ms, 0.5)), value_text(quantile(added_ms, 0.99)),
      value_text(quantile(looked_ms, 0.5)), value_text(quantile(looked_ms, 0.99)),
      value_text(quantile(tidied_ms, 0.5)), value_text(quantile(tidied_ms, 0.99)));
  run.figures.push_back({.name = "city_touched_p50",
                         .unit = "ms",
                         .measured = quantile(both_ms, 0.5),
                         .expected = Expected{Sense::at_most, kExpectedTouchedMs},
                         .note = note});
  run.figures.push_back({.name = "city_touched_p99",
                         .unit = "ms",
                         .measured = quantile(both_ms, 0.99),
                         .expected = Expected{Sense::at_most, kExpectedTouchedMs}});
  return Done{};
}

// As the program does it: facts in, then the rules that look at their marts. Statements are planned
// when they are first needed on a day; those looks are told apart.
Result<Done> time_branch(Run& run, BenchMarts& marts) {
  const std::int64_t rounds = run.scaled(kTouchRounds, 3);
  const auto branches = marts.branches(static_cast<std::size_t>(rounds + kFirstLooks));
  if (!branches) return branches.error();
  std::vector<double> first_ms;
  std::vector<double> looked_ms;
  std::vector<double> every_rule_ms;
  std::vector<double> added_ms;
  for (const Id branch : *branches) {
    const Stopwatch watch;
    if (const auto added = marts.add_facts({branch}, bench_day()); !added) return added;
    const double added = watch.milliseconds();
    if (const auto lights = marts.lights_of({branch}, bench_day(), BenchMarts::kFactMarts);
        !lights) {
      return lights.error();
    }
    const bool first = std::ssize(first_ms) < kFirstLooks;
    (first ? first_ms : looked_ms).push_back(watch.milliseconds());
    if (!first) added_ms.push_back(added);
    const Stopwatch every;
    if (const auto lights = marts.lights_of({branch}, bench_day(), BenchMarts::kEveryMart);
        !lights) {
      return lights.error();
    }
    if (!first) every_rule_ms.push_back(every.milliseconds());
  }
  const Expected expected{Sense::at_most, kExpectedBranchMs};
  run.figures.push_back(
      {.name = "city_branch_p50",
       .unit = "ms",
       .measured = quantile(looked_ms, 0.5),
       .expected = expected,
       .note = fmt::format(
           "{} facts each of {} branches, one after the other, written (in {}, p99 {} ms) and "
           "looked "
           "at; the first {}, which plan the day's statements, take up to {} ms; "
           "all rules, whatever the facts touch, are looked at in {} (p99 {}) ms",
           kFactsOfBranch, looked_ms.size(), value_text(quantile(added_ms, 0.5)),
           value_text(quantile(added_ms, 0.99)), first_ms.size(), value_text(quantile(first_ms, 1)),
           value_text(quantile(every_rule_ms, 0.5)), value_text(quantile(every_rule_ms, 0.99)))});
  run.figures.push_back({.name = "city_branch_p99",
                         .unit = "ms",
                         .measured = quantile(looked_ms, 0.99),
                         .expected = expected});
  return Done{};
}

using Seconds = std::vector<std::optional<double>>;

// The sum, if there is one for every rule.
std::optional<double> sum_of(const Seconds& seconds) {
  double sum = 0;
  for (const auto& one : seconds) {
    if (!one) return std::nullopt;
    sum += *one;
  }
  return seconds.empty() ? std::nullopt : std::optional(sum);
}

std::vector<Baseline> postgres_baseline(const std::optional<double>& seconds) {
  if (!seconds) return {};
  return {{"by_postgres", *seconds}};
}

void add_lights(Run& run, const Lights& lights, const Seconds& postgres) {
  const Expected expected{Sense::at_most, kExpectedLightsS};
  run.figures.push_back(
      {.name = "city_lights_best",
       .unit = "s",
       .measured = lights.best_s,
       .expected = expected,
       .baselines = postgres_baseline(sum_of(postgres)),
       .note = fmt::format("best of {} after one to warm up; {} lights; {:.1f} s of CPU; the "
                           "baseline is the sum of the rules, one by one",
                           kRounds, lights.count, lights.cpu_s)});
  run.figures.push_back({.name = "city_lights_median",
                         .unit = "s",
                         .measured = lights.median_s,
                         .expected = expected});
  run.figures.push_back({.name = "city_lights_memory", .unit = "MB", .measured = lights.grown_mb});
}

// Each rule for itself, the roll-ups, and the same in PostgreSQL. Opens the file anew, because the
// bench's marts keep their connection to themselves.
Result<Done> time_parts(Run& run, const std::filesystem::path& file, const Lights& lights) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  const auto rules = insight::load_rules(*pack);
  if (!rules) return rules.error();
  auto database = duck::Database::open(file, {.temp_directory = run.folder / "tmp"});
  if (!database) return database.error();
  auto marts = database->connect();
  if (!marts) return marts.error();
  const auto bytes = static_cast<double>(std::filesystem::file_size(file));
  run.figures.push_back({.name = "city_disk", .unit = "MB", .measured = bytes / 1024 / 1024});
  const auto timed = time_rules(run, *marts, *rules, kRounds);
  if (!timed) return timed.error();
  const auto rollups = time_rollups(run, *marts, *rules);
  if (!rollups) return rollups.error();
  Seconds postgres;
  if (!run.options.postgres.empty()) {
    auto there = time_in_postgres(run, *marts, *timed);
    if (!there) return there.error();
    postgres = std::move(*there);
  }
  add_lights(run, lights, postgres);
  for (std::size_t i = 0; i < timed->size(); ++i) {
    const TimedRule& rule = (*timed)[i];
    run.figures.push_back(
        {.name = "city_rule",
         .unit = "s",
         .measured = rule.seconds,
         .baselines = postgres.empty() ? std::vector<Baseline>() : postgres_baseline(postgres[i]),
         .what = rule.id,
         .note = fmt::format("{} lights", rule.lights)});
  }
  run.figures.push_back({.name = "city_rollups", .unit = "s", .measured = *rollups});
  run.figures.push_back({.name = "city_all",
                         .unit = "s",
                         .measured = lights.median_s + *rollups,
                         .expected = Expected{Sense::at_most, kExpectedAllS}});
  return Done{};
}

}  // namespace

Result<Done> bench_city(Run& run) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  const auto file = run.folder / "marts.duckdb";
  auto marts = BenchMarts::open(file, *pack);
  if (!marts) return marts.error();
  if (const auto built = time_build(run, **marts); !built) return built;
  const auto lights = time_lights(run, **marts);
  if (!lights) return lights.error();
  if (const auto touched = time_touched(run, **marts); !touched) return touched;
  if (const auto branch = time_branch(run, **marts); !branch) return branch;
  marts->reset();
  return time_parts(run, file, *lights);
}

}  // namespace jishi::app::bench
