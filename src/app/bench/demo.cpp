// The demo city through the real import, its lights, and new facts that change them.

#include <random>

#include "app/bench/run.hpp"
#include "app/commands/city_stream.hpp"
#include "modules/dues/dues.hpp"

namespace jishi::app::bench {

namespace {

constexpr std::int64_t kMembers = 100'000;
constexpr double kExpectedSeconds = 60;
constexpr int kRounds = 20;
constexpr std::size_t kFactsInRound = 1'000;
constexpr double kExpectedRefreshMs = 1'000;  // a fact becomes a light

constexpr Statement kMembersOf{"bench_members",
                               "select person, organisation from registry_published_member"};

struct Member {
  Id person = kNoId;
  Id organisation = kNoId;
};
BOOST_DESCRIBE_STRUCT(Member, (), (person, organisation))

class NoImportObserver final : public intake::ImportObserver {
 public:
  void refused(const intake::Refusal&) override {}
  void progress(std::int64_t, double) override {}
};

/// Takes a city and keeps nothing of it.
class NoSink final : public demo::CitySink {
 public:
  bool organisation(const intake::OrganisationRow&) override { return true; }
  bool member(const intake::MemberRow&) override { return true; }
  bool post(const intake::PostRow&) override { return true; }
  bool activity(const intake::ActivityRow&) override { return true; }
  bool payment(const intake::PaymentRow&) override { return true; }
};

Result<demo::CityCounts> import_city(Run& run, Store& store, const demo::Shares& shares,
                                     const demo::CityPlan& plan) {
  std::atomic<bool> stop = false;
  CityStream stream(shares, plan, stop);
  NoImportObserver observer;
  const auto report = intake::import_rows(store, kOwner, "demo", stream, observer, run.cancelled);
  if (!report) return report.error();
  return stream.counts();
}

Result<std::unique_ptr<insight::Insight>> open_lights(Run& run, Store& store) {
  auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  insight::InsightOptions options;
  options.pack = *pack;
  return insight::Insight::open(store, options);
}

// Payments of members spread over the city, as one durable command.
Result<Done> pay(Store& store, const std::vector<Member>& members, std::mt19937_64& random,
                 std::int64_t round) {
  return store.write_alone(kOwner, [&](Transaction& tx) -> Result<Done> {
    for (std::size_t i = 0; i < kFactsInRound; ++i) {
      const Member& member = members[random() % members.size()];
      dues::record_payment(tx, {}, member.organisation,
                           {member.person, month_index(bench_day()), 10'000 + round, std::nullopt});
    }
    return Done{};
  });
}

Result<Done> bench_refresh(Run& run, Store& store, insight::Insight& insight) {
  const auto members =
      store.read([](db::Reader& reader) { return reader.all<Member>(kMembersOf); });
  std::mt19937_64 random(1);
  std::vector<double> refreshed_ms;
  const auto rounds = run.scaled(kRounds, 2);
  for (std::int64_t round = 0; round < rounds; ++round) {
    if (const auto on = run.go_on(); !on) return on;
    if (const auto paid = pay(store, members, random, round); !paid) return paid;
    const Stopwatch watch;
    if (const auto refreshed = insight.refresh(kOwner); !refreshed) return refreshed.error();
    refreshed_ms.push_back(watch.milliseconds());
  }
  const std::string note =
      fmt::format("{} rounds of {} new payments of random members", rounds, kFactsInRound);
  run.figures.push_back(
      {.name = "refresh_p50", .unit = "ms", .measured = quantile(refreshed_ms, 0.5), .note = note});
  run.figures.push_back({.name = "refresh_p99",
                         .unit = "ms",
                         .measured = quantile(refreshed_ms, 0.99),
                         .expected = Expected{Sense::at_most, kExpectedRefreshMs},
                         .note = note});
  return Done{};
}

}  // namespace

Result<Done> bench_demo(Run& run) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  const demo::Shares shares = demo::load_shares(*pack / "demo");
  const demo::CityPlan plan{run.scaled(kMembers, demo::kMinMembers), 1, run.context.clock.today(),
                            2};
  NoSink nowhere;
  const Stopwatch making;
  if (const auto made = demo::make_city(shares, plan, nowhere); !made) return made.error();
  const double making_s = making.seconds();
  auto store = run.make_store("demo");
  if (!store) return store.error();
  double grown_mb = 0;
  const CpuWatch cpu;
  const Stopwatch all;
  std::optional<demo::CityCounts> counts;
  {
    const MemoryPeak peak;
    const auto imported = import_city(run, **store, shares, plan);
    if (!imported) return imported.error();
    counts = *imported;
    grown_mb = peak.grown_mb();
  }
  const double import_s = all.seconds();
  auto insight = open_lights(run, **store);
  if (!insight) return insight.error();
  const double marts_s = all.seconds() - import_s;
  const auto changes = (*insight)->refresh(kOwner);
  if (!changes) return changes.error();
  const double all_s = all.seconds();
  const double cpu_s = cpu.seconds();
  const std::int64_t rows = counts->organisations + counts->members + counts->posts +
                            counts->activities + counts->payments;
  run.figures.push_back(
      {.name = "demo_all",
       .unit = "s",
       .measured = all_s,
       .expected = Expected{Sense::at_most, kExpectedSeconds},
       .baselines = {{"by_making", making_s}},
       .note = fmt::format("{} members, {} organisations, {} rows, {} participants, {} lights; "
                           "{:.1f} s of CPU",
                           counts->members, counts->organisations, rows, counts->participations,
                           changes->lit, cpu_s)});
  run.figures.push_back({.name = "demo_import", .unit = "s", .measured = import_s});
  run.figures.push_back(
      {.name = "demo_rows", .unit = "rows/s", .measured = static_cast<double>(rows) / import_s});
  run.figures.push_back({.name = "demo_marts", .unit = "s", .measured = marts_s});
  run.figures.push_back(
      {.name = "demo_lights", .unit = "s", .measured = all_s - import_s - marts_s});
  run.figures.push_back({.name = "demo_memory", .unit = "MB", .measured = grown_mb});
  return bench_refresh(run, **store, **insight);
}

}  // namespace jishi::app::bench
