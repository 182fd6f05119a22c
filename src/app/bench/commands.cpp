// Durable commands, many at once: what group commit gives.

#include <thread>

#include "app/bench/bare.hpp"
#include "app/bench/run.hpp"

namespace jishi::app::bench {

namespace {

constexpr std::size_t kThreads = 64;
constexpr double kSeconds = 5;
constexpr double kLeastSeconds = 0.2;
constexpr double kExpectedCommands = 10'000;  // a second
constexpr double kExpectedOnPostgres = 5'000;
constexpr FactKind kKind{59};

constexpr Statement kGroups{"bench_groups", "select count(*) from ledger_head"};
Result<Done> run_command(Store& store, std::int64_t number) {
  return store.write(kOwner, [&](Transaction& tx) -> Result<Done> {
    const Id id = tx.new_id();
    tx.run(kBareInsert, id, number % 60'000, bench_day(), kBareText);
    tx.fact(kKind, bench_day(), number % 60'000, {.subject = id});
    return Done{};
  });
}

struct Burst {
  double a_second = 0;
  double group = 1;                  // commands to a commit
  std::vector<double> latencies_ms;  // of all commands
};

Burst run_commands(Store& store, std::size_t threads, double seconds) {
  std::vector<std::vector<double>> latencies(threads);
  const auto groups = [&] {
    return store.read([](db::Reader& reader) { return *reader.one<std::int64_t>(kGroups); });
  };
  const std::int64_t before = groups();
  const Stopwatch watch;
  std::vector<std::thread> clients;
  for (std::size_t client = 0; client < threads; ++client) {
    clients.emplace_back([&, client] {
      for (std::int64_t number = 0; watch.seconds() < seconds; ++number) {
        const Stopwatch one;
        if (!run_command(store, number)) return;
        latencies[client].push_back(one.milliseconds());
      }
    });
  }
  for (std::thread& client : clients) client.join();
  const double spent = watch.seconds();
  Burst burst;
  for (const auto& some : latencies) {
    burst.latencies_ms.insert(burst.latencies_ms.end(), some.begin(), some.end());
  }
  const auto count = static_cast<double>(burst.latencies_ms.size());
  burst.a_second = count / spent;
  burst.group = count / static_cast<double>(std::max<std::int64_t>(1, groups() - before));
  return burst;
}

Result<Done> make_table(Store& store) {
  return store.write_alone(kOwner, [](Transaction& tx) -> Result<Done> {
    tx.connection().script(tx.store().engine().migration(kBareTable));
    return Done{};
  });
}

// The same commands on a server, in a schema of their own.
Result<Done> bench_on_postgres(Run& run, double seconds) {
  constexpr std::string_view kSchema = "jishi_bench_commands";
  const auto server = db::postgres_engine(run.options.postgres)->open(db::Access::write);
  server->script(fmt::format("drop schema if exists {0} cascade; create schema {0}", kSchema));
  StoreOptions wanted;
  wanted.folder = run.folder / "postgres";
  wanted.keys_folder = run.folder / "keys";
  wanted.database = with_schema(run.options.postgres, kSchema);
  {
    auto store = Store::open(wanted, run.context.clock);
    if (!store) return store.error();
    if (const auto made = make_table(**store); !made) return made;
    const Burst many = run_commands(**store, kThreads, seconds);
    run.figures.push_back(
        {.name = "commands_postgres",
         .unit = "commands/s",
         .measured = many.a_second,
         .expected = Expected{Sense::at_least, kExpectedOnPostgres},
         .note = fmt::format("{} threads, {} commands, {:.0f} to a commit on average, 99 of 100 "
                             "within {:.1f} ms; as durable as the server is set",
                             kThreads, many.latencies_ms.size(), many.group,
                             quantile(many.latencies_ms, 0.99))});
  }
  server->script(fmt::format("drop schema {} cascade", kSchema));
  return run.go_on();
}

}  // namespace

Result<Done> bench_commands(Run& run) {
  const double seconds = std::max(kLeastSeconds, kSeconds * run.options.scale);
  auto store = run.make_store("commands");
  if (!store) return store.error();
  if (const auto made = make_table(**store); !made) return made;
  const Burst alone = run_commands(**store, 1, seconds / 2);
  if (const auto on = run.go_on(); !on) return on;
  const Burst many = run_commands(**store, kThreads, seconds);
  if (const auto on = run.go_on(); !on) return on;
  const auto group = std::max<std::int64_t>(1, std::llround(many.group));
  const double one_by_one = bare_inserts(run.folder / "one.sqlite", 1, seconds / 2);
  const double in_batches = bare_inserts(run.folder / "batches.sqlite", group, seconds / 2);
  run.figures.push_back(
      {.name = "commands_many",
       .unit = "commands/s",
       .measured = many.a_second,
       .expected = Expected{Sense::at_least, kExpectedCommands},
       .baselines = {{"by_sqlite_one", one_by_one}, {"by_sqlite_batch", in_batches}},
       .note = fmt::format("{} threads, {} commands, {:.0f} to a commit on average; a row and a "
                           "fact each",
                           kThreads, many.latencies_ms.size(), many.group)});
  run.figures.push_back({.name = "commands_alone",
                         .unit = "commands/s",
                         .measured = alone.a_second,
                         .baselines = {{"by_sqlite_one", one_by_one}}});
  run.figures.push_back(
      {.name = "commands_p50", .unit = "ms", .measured = quantile(many.latencies_ms, 0.5)});
  run.figures.push_back(
      {.name = "commands_p99", .unit = "ms", .measured = quantile(many.latencies_ms, 0.99)});
  if (run.options.postgres.empty()) return Done{};
  return bench_on_postgres(run, seconds);
}

}  // namespace jishi::app::bench
