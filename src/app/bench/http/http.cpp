// The server as many people use it: archive pages, durable commands, streams of events, lights. It
// is a process of its own; who asks shares its cores, so both are told.

#include <random>

#include "app/bench/bare.hpp"
#include "app/bench/http/nginx.hpp"
#include "app/bench/http/streams.hpp"
#include "app/bench/http/visitor.hpp"

namespace jishi::app::bench {

namespace {

constexpr double kSeconds = 6;
constexpr double kLeastSeconds = 0.2;
constexpr double kStartExpectedS = 1;
constexpr double kIdleExpectedMb = 150;
constexpr double kP99ExpectedMs = 10;
constexpr std::size_t kStreams = 10'000;
constexpr std::size_t kLeastStreams = 64;
constexpr std::size_t kFilesBesides = 400;

/// What is expected of one engine.
struct Wanted {
  std::string_view engine;
  double pages;     // a second
  double commands;  // a second
};
constexpr Wanted kOnSqlite{"SQLite", 15'000, 10'000};
constexpr Wanted kOnPostgres{"PostgreSQL", 10'000, 5'000};

/// One server that is measured.
struct Measured {
  Run& run;
  const Office& office;
  Served& served;
  const Wanted& wanted;
  double seconds;

  void figure(Figure figure) const {
    figure.what = wanted.engine;
    run.figures.push_back(std::move(figure));
  }
};

struct Worked {
  LoadDone done;
  std::string note;
};

/// Makes a load and says what it cost both sides.
Worked measure(const Measured& measured, const LoadPlan& plan) {
  const CpuWatch own;
  const double before = measured.served.process().worked_s();
  Worked worked{make_load(plan, measured.run.cancelled), {}};
  const double server_s = measured.served.process().worked_s() - before;
  const auto count = static_cast<double>(std::max<std::size_t>(worked.done.latencies_ms.size(), 1));
  worked.note = fmt::format(
      "{} connections, {} answers, half of them within {:.2f} ms; CPU of one: server {:.0f} µs, "
      "client {:.0f} µs; refused: {}{}",
      plan.connections, worked.done.latencies_ms.size(), quantile(worked.done.latencies_ms, 0.5),
      server_s * 1e6 / count, own.seconds() * 1e6 / count, worked.done.refused,
      worked.done.refused == 0 ? "" : ", first: " + worked.done.first_refusal);
  return worked;
}

std::vector<Baseline> page_baselines(const Measured& measured) {
  std::vector<Baseline> baselines;
  std::string request;
  measured.served.sender().get(request, Visitor::page_of(measured.office.persons.front()));
  const Answer page = ask(measured.served.port(), request);
  if (const auto nginx = Nginx::start(measured.run.folder / "nginx", page.body)) {
    const Sender bare;
    const LoadPlan plan{.port = nginx->port(),
                        .seconds = measured.seconds / 2,
                        .next = [&](std::string& out) { bare.get(out, "/page"); }};
    baselines.push_back({"by_nginx", make_load(plan, measured.run.cancelled).a_second()});
  } else {
    measured.run.context.console.note(measured.run.context.say("bench.no_nginx"));
  }
  const auto engine = Store::engine_of(measured.office.place);
  baselines.push_back({engine->shared() ? "by_libpq_row" : "by_sqlite_row",
                       bare_reads(*engine, measured.office.persons, measured.seconds / 2)});
  return baselines;
}

void measure_pages(const Measured& measured) {
  Visitor visitor(measured.served, measured.office, Visitor::Purpose::pages);
  LoadPlan plan{.port = measured.served.port(),
                .seconds = measured.seconds / 4,
                .next = [&](std::string& out) { visitor.page(out); }};
  make_load(plan, measured.run.cancelled);  // so that pages are in memory, as on any other day
  plan.seconds = measured.seconds;
  Worked worked = measure(measured, plan);
  measured.figure({.name = "http_pages",
                   .unit = "pages/s",
                   .measured = worked.done.a_second(),
                   .expected = Expected{Sense::at_least, measured.wanted.pages},
                   .baselines = page_baselines(measured),
                   .note = std::move(worked.note)});
  measured.figure({.name = "http_pages_p99",
                   .unit = "ms",
                   .measured = quantile(worked.done.latencies_ms, 0.99),
                   .expected = Expected{Sense::at_most, kP99ExpectedMs}});
}

std::vector<Baseline> command_baselines(const Measured& measured) {
  constexpr std::int64_t kBatch = 32;  // half of those who wait
  const double seconds = measured.seconds / 3;
  const auto engine = Store::engine_of(measured.office.place);
  if (engine->shared()) return {{"by_libpq_insert", bare_server_inserts(*engine, seconds)}};
  return {
      {"by_sqlite_one", bare_inserts(measured.run.folder / "one.sqlite", 1, seconds)},
      {"by_sqlite_batch", bare_inserts(measured.run.folder / "batches.sqlite", kBatch, seconds)}};
}

void measure_commands(const Measured& measured) {
  Visitor visitor(measured.served, measured.office, Visitor::Purpose::commands);
  const LoadPlan plan{.port = measured.served.port(),
                      .seconds = measured.seconds,
                      .status = 201,
                      .next = [&](std::string& out) { visitor.payment(out); }};
  Worked worked = measure(measured, plan);
  measured.figure({.name = "http_commands",
                   .unit = "commands/s",
                   .measured = worked.done.a_second(),
                   .expected = Expected{Sense::at_least, measured.wanted.commands},
                   .baselines = command_baselines(measured),
                   .note = std::move(worked.note) +
                           "; each a payment with its Idempotency-Key, while lights "
                           "follow"});
  measured.figure({.name = "http_commands_p99",
                   .unit = "ms",
                   .measured = quantile(worked.done.latencies_ms, 0.99)});
}

void tell_start(const Measured& measured) {
  const Served& served = measured.served;
  measured.figure(
      {.name = "http_start",
       .unit = "s",
       .measured = served.start_s(),
       .expected = Expected{Sense::at_most, kStartExpectedS},
       .note = fmt::format("`jishi serve` on a city of {} members, from the start of the process "
                           "to its first answer",
                           measured.office.members)});
  measured.figure({.name = "http_idle_memory",
                   .unit = "MB",
                   .measured = served.process().resident_mb(),
                   .expected = Expected{Sense::at_most, kIdleExpectedMb},
                   .note = "resident, with the pages of its libraries"});
}

/// What a database does by itself in the hours after an import: else it would do so meanwhile.
void settle_database(const StoreOptions& place) {
  const auto engine = Store::engine_of(place);
  if (engine->shared()) engine->open(db::Access::write)->script("vacuum analyze");
}

Result<Done> measure_server(Run& run, const StoreOptions& place, const Wanted& wanted) {
  const auto wished = static_cast<std::size_t>(run.scaled(kStreams, kLeastStreams));
  // The server inherits the limit; it and we each need some files besides.
  const std::size_t streams =
      std::min(wished, raise_file_limit(wished + kFilesBesides) - kFilesBesides);
  const auto made = make_office(run, place, {.listeners = streams});
  if (!made) return made.error();
  if (!*made) return Done{};  // not a program of ours, or one that is broken
  const Office& office = **made;
  const auto log = run.folder / "serve.log";
  const double seconds = std::max(kLeastSeconds, kSeconds * run.options.scale);
  // The first start after an import brings lights and lists up to date and makes the index of full
  // text; later ones are what people wait for.
  if (auto first = Served::start(office, log)) {
    wait_until_ready(*first);
    first->end();
    settle_database(place);
  } else {
    return Done{};
  }
  auto served = Served::start(office, log);
  if (!served) return Done{};
  const Measured measured{run, office, *served, wanted, seconds};
  wait_until_ready(*served);
  tell_start(measured);
  if (const auto entered = served->sign_in(office); !entered) return entered;
  if (const auto on = run.go_on(); !on) return on;
  measure_streams(run, office, *served, wanted.engine, streams);
  if (const auto on = run.go_on(); !on) return on;
  measure_pages(measured);
  if (const auto on = run.go_on(); !on) return on;
  measure_lights(run, office, *served, wanted.engine);
  if (const auto on = run.go_on(); !on) return on;
  measure_commands(measured);
  return run.go_on();
}

}  // namespace

Result<Done> bench_http(Run& run) {
  return on_each_store(run, "http", [&](const StoreOptions& place) {
    return measure_server(run, place, place.database.empty() ? kOnSqlite : kOnPostgres);
  });
}

}  // namespace jishi::app::bench
