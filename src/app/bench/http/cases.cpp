#include "app/bench/http/cases.hpp"

#include <fstream>
#include <set>
#include <thread>

#include "app/bench/bare.hpp"
#include "app/bench/http/streams.hpp"
#include "app/bench/long_process.hpp"

namespace jishi::app::bench {

namespace {

constexpr std::int64_t kMembers = 20'000;
constexpr std::int64_t kCases = 10'000;
constexpr std::int64_t kLeastCases = 64;
constexpr int kRounds = 4;  // of steps; the first is not counted
constexpr std::int64_t kTasksOfOthers = 1'000'000;
constexpr std::int64_t kLeastTasksOfOthers = 1'000;
constexpr std::int64_t kBranches = 30'000;
constexpr std::int64_t kLeastBranches = 20;
constexpr double kStepExpectedMs = 20;
constexpr double kTasksExpectedMs = 30;
constexpr double kDispatchExpectedS = 5;
constexpr double kLongestS = 300;  // of a load that ends when there is nothing left to ask
constexpr std::string_view kProcess = "bench_long";

constexpr Statement kCode{"bench_code", "select code from registry_organisation where id = $1"};
constexpr Statement kOpen{"bench_open_tasks",
                          "select t.id from workflow_task t join workflow_case c on c.id ="
                          " t.case_id where t.state = 'open' and c.process = $1"};

/// One server, one city.
struct Bureau {
  Run& run;
  const Office& office;
  Served& served;
  std::string_view engine;
  std::int64_t cases = 0;

  void figure(Figure figure) const {
    figure.what = engine;
    run.figures.push_back(std::move(figure));
  }
  std::string place(std::string_view below) const {
    return fmt::format("/api/v1/organisations/{}/{}", office.district, below);
  }
};

Error unexpected(const Answer& answer) {
  return fail(ErrorKind::unavailable, "bench.unexpected",
              {{"status", std::to_string(answer.status)}, {"answer", answer.body}});
}

/// Asks once; what is answered as JSON. Error: bench.unexpected.
Result<boost::json::object> told(const Bureau& bureau, const std::string& request, int status) {
  const Answer answer = ask(bureau.served.port(), request);
  boost::system::error_code error;
  auto body = boost::json::parse(answer.body, error);
  if (answer.status != status || error || !body.is_object()) return unexpected(answer);
  return std::move(body.as_object());
}

/// Branches right below the district, brought in as anybody would bring them in.
Result<Done> add_branches(Run& run, const Office& office, std::int64_t count) {
  const auto connection = Store::engine_of(office.place)->open(db::Access::read);
  const std::array<db::Parameter, 1> district{office.district};
  db::Cursor& row = connection->execute(kCode, district);
  const std::string parent(row.next() ? row.bytes(0) : "");
  const auto file = run.folder / "branches.csv";
  {
    std::ofstream rows(file);
    rows << "组织代码,组织名称,上级组织代码,组织类别,成立日期\n";
    for (std::int64_t i = 0; i < count; ++i)
      rows << fmt::format("ZB{0:06},第{0}党支部,{1},党支部,2020-01-01\n", i, parent);
  }
  std::vector<std::string> words{office.program};
  words.insert(words.end(), office.arguments.begin(), office.arguments.end());
  words.insert(words.end(), {"import", file.string()});
  auto importing = Child::start(std::move(words), run.folder / "import.log");
  if (!importing || importing->wait() != 0)
    return fail(ErrorKind::unavailable, "bench.no_import",
                {{"file", (run.folder / "import.log").string()}});
  return Done{};
}

/// What a server does by itself, minutes after so many rows came, is done before anything is
/// measured: statistics, and a checkpoint. Before its first one PostgreSQL has no files of its log
/// to use again and fills each new one with zeros first, which a commit waits 10 to 60 ms for.
void tidy_up(const Office& office) {
  const auto engine = Store::engine_of(office.place);
  if (!engine->shared()) return;
  engine->open(db::Access::write)->script("vacuum analyze");
  try {
    engine->open(db::Access::write)->script("checkpoint");
  } catch (const db::Failure&) {
    // Not everybody may ask for one (pg_checkpoint): then the figures are those of a young server.
  }
}

/// A load that ends when `count` requests were made; refusals are an error.
Result<LoadDone> load(const Bureau& bureau, std::int64_t count, int status,
                      const std::function<void(std::string&, std::int64_t)>& write,
                      std::size_t connections = 64) {
  std::int64_t made = 0;
  const LoadPlan plan{.port = bureau.served.port(),
                      .connections = connections,
                      .seconds = kLongestS,
                      .status = status,
                      .next = [&](std::string& out) {
                        if (made < count) write(out, made++);
                      }};
  LoadDone done = make_load(plan, bureau.run.cancelled);
  if (done.refused > 0)
    return fail(ErrorKind::unavailable, "bench.unexpected",
                {{"status", "-"}, {"answer", done.first_refusal}});
  if (const auto on = bureau.run.go_on(); !on) return on.error();
  return done;
}

Result<Done> open_cases(const Bureau& bureau) {
  const std::string path = bureau.place("cases");
  const std::string body = fmt::format(R"({{"process":"{}"}})", kProcess);
  const auto done = load(bureau, bureau.cases, 201, [&](std::string& out, std::int64_t number) {
    bureau.served.sender().post(out, path, fmt::format("bench-case-{}", number), body);
  });
  if (!done) return done.error();
  bureau.figure(
      {.name = "case_starts",
       .unit = "cases/s",
       .measured = done->a_second(),
       .note = fmt::format("{} cases of {} tasks, 64 connections", bureau.cases, kTasksOfCase)});
  return Done{};
}

std::vector<Id> open_tasks(const Bureau& bureau) {
  const auto connection = Store::engine_of(bureau.office.place)->open(db::Access::read);
  const std::array<db::Parameter, 1> process{kProcess};
  std::vector<Id> tasks;
  connection->begin_read();
  for (db::Cursor& rows = connection->walk(kOpen, process); rows.next();)
    tasks.push_back(rows.integer(0));
  connection->rollback();
  return tasks;
}

Result<Done> measure_steps(const Bureau& bureau) {
  std::vector<double> latencies_ms;
  double seconds = 0;
  double server_s = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto tasks = open_tasks(bureau);
    const double before = bureau.served.process().worked_s();
    const auto done =
        load(bureau, std::int64_t(tasks.size()), 200, [&](std::string& out, std::int64_t number) {
          const Id task = tasks[static_cast<std::size_t>(number)];
          bureau.served.sender().post(out, fmt::format("/api/v1/tasks/{}/actions", task),
                                      fmt::format("bench-step-{}", task), R"({"verb":"approve"})");
        });
    if (!done) return done.error();
    if (round == 0) continue;
    latencies_ms.insert(latencies_ms.end(), done->latencies_ms.begin(), done->latencies_ms.end());
    seconds += done->seconds;
    server_s += bureau.served.process().worked_s() - before;
  }
  const auto count = static_cast<double>(std::max<std::size_t>(latencies_ms.size(), 1));
  const auto engine = Store::engine_of(bureau.office.place);
  constexpr double kBareSeconds = 2;
  const Baseline bare =
      engine->shared()
          ? Baseline{"by_libpq_insert",
                     bare_server_inserts(*engine, kBareSeconds * bureau.run.options.scale)}
          : Baseline{"by_sqlite_one", bare_inserts(bureau.run.folder / "one.sqlite", 1,
                                                   kBareSeconds * bureau.run.options.scale)};
  bureau.figure({.name = "case_steps",
                 .unit = "steps/s",
                 .measured = seconds > 0 ? count / seconds : 0,
                 .baselines = {bare},
                 .note = fmt::format("{} steps of {} running cases; half of them within {:.2f} ms; "
                                     "CPU of the server for one: {:.0f} µs",
                                     latencies_ms.size(), bureau.cases, quantile(latencies_ms, 0.5),
                                     server_s * 1e6 / count)});
  bureau.figure({.name = "case_step_p99",
                 .unit = "ms",
                 .measured = quantile(latencies_ms, 0.99),
                 .expected = Expected{Sense::at_most, kStepExpectedMs},
                 .note = "64 connections, each asks again as soon as it is answered"});
  return Done{};
}

/// Open tasks of others, in their hundreds at each of many organisations.
void add_tasks_of_others(const Bureau& bureau, std::int64_t count) {
  const auto connection = Store::engine_of(bureau.office.place)->open(db::Access::write);
  const std::string numbers = fmt::format(
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < {}) ", count);
  connection->begin_write();
  connection->script(
      "insert into workflow_task (id, case_id, number, node, name, role, organisation, assignee,"
      " state, outcome, opened, due, done, done_by, urged, late) " +
      numbers +
      "select i, (select min(id) from workflow_case), 1000 + i, 't0', '', 'secretary', i % 5000,"
      " 0, 'open', '', 0, null, null, 0, 0, 0 from n");
  connection->script("insert into workflow_desk (role, owner, due, task) " + numbers +
                     "select 'secretary', i % 5000, 9000000000000000, i from n");
  connection->commit();
  connection->much_changed();
}

Result<Done> measure_my_tasks(const Bureau& bureau) {
  const std::int64_t others = bureau.run.scaled(kTasksOfOthers, kLeastTasksOfOthers);
  add_tasks_of_others(bureau, others);
  constexpr std::int64_t kAsked = 400;
  const auto done = load(
      bureau, kAsked, 200,
      [&](std::string& out, std::int64_t) {
        bureau.served.sender().get(out, "/api/v1/tasks?limit=50");
      },
      1);
  if (!done) return done.error();
  bureau.figure({.name = "my_tasks_p99",
                 .unit = "ms",
                 .measured = quantile(done->latencies_ms, 0.99),
                 .expected = Expected{Sense::at_most, kTasksExpectedMs},
                 .note = fmt::format("50 of one's own {} open tasks, among {} of others; half of "
                                     "them within {:.2f} ms",
                                     bureau.cases, others, quantile(done->latencies_ms, 0.5))});
  return Done{};
}

/// Waits for a job whose result says how many `done` it has; how many different parts of it were
/// told meanwhile.
Result<std::size_t> await_job(const Bureau& bureau, const std::string& job, const char* done,
                              std::int64_t count) {
  std::set<std::int64_t> parts;
  std::string request;
  bureau.served.sender().get(request, "/api/v1/jobs/" + job);
  while (true) {
    if (const auto on = bureau.run.go_on(); !on) return on.error();
    const auto shown = told(bureau, request, 200);
    if (!shown) return shown.error();
    const auto state = shown->at("state").as_string();
    if (state == "done" && shown->at("result").at(done).to_number<std::int64_t>() == count)
      return parts.size();
    if (state != "waiting" && state != "running")
      return unexpected({200, {}, boost::json::serialize(*shown)});
    parts.insert(shown->at("part").to_number<std::int64_t>());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

/// All of one's own open tasks are approved by one job.
Result<Done> measure_batch(const Bureau& bureau) {
  const auto open = open_tasks(bureau);
  boost::json::array tasks;
  for (const Id task : open) tasks.emplace_back(std::to_string(task));
  std::string request;
  bureau.served.sender().post(request, "/api/v1/task-batches", "bench-batch",
                              boost::json::serialize(boost::json::object{
                                  {"verb", "approve"}, {"tasks", std::move(tasks)}}));
  const Stopwatch watch;
  const auto begun = told(bureau, request, 202);
  if (!begun) return begun.error();
  const auto count = static_cast<std::int64_t>(open.size());
  const auto parts = await_job(bureau, begun->at("id").as_string().c_str(), "done", count);
  if (!parts) return parts.error();
  bureau.figure({.name = "task_batch",
                 .unit = "s",
                 .measured = watch.seconds(),
                 .note = fmt::format("{} tasks approved by one job, each with a result of its own",
                                     open.size())});
  return Done{};
}

Result<Done> measure_dispatch(const Bureau& bureau) {
  const std::int64_t branches = bureau.run.scaled(kBranches, kLeastBranches);
  std::vector<std::string> organisations;
  {
    const auto connection = Store::engine_of(bureau.office.place)->open(db::Access::read);
    constexpr Statement kAdded{"bench_added",
                               "select id from registry_organisation where code like 'ZB%'"};
    connection->begin_read();
    for (db::Cursor& rows = connection->walk(kAdded, {}); rows.next();)
      organisations.push_back(std::to_string(rows.integer(0)));
    connection->rollback();
  }
  std::string request;
  bureau.served.sender().post(
      request, bureau.place("dispatches"), "bench-dispatch",
      boost::json::serialize(boost::json::object{
          {"title", "报送活动安排"},
          {"content", "一页以内"},
          {"basis", "年度安排"},
          {"until", to_iso(bureau.run.context.clock.today() + std::chrono::days(20))},
          {"minutes", 15},
          {"organisations", boost::json::value_from(organisations)}}));
  const Stopwatch watch;
  const auto begun = told(bureau, request, 202);
  if (!begun) return begun.error();
  const auto parts = await_job(bureau, begun->at("id").as_string().c_str(), "sent", branches);
  if (!parts) return parts.error();
  bureau.figure({.name = "dispatch",
                 .unit = "s",
                 .measured = watch.seconds(),
                 .expected = Expected{Sense::at_most, kDispatchExpectedS},
                 .note = fmt::format("a task sent to {} branches, until each has its case; {} "
                                     "different parts of progress were seen",
                                     branches, *parts)});
  return Done{};
}

/// The program's pack, with the process of the bench.
Result<std::filesystem::path> make_pack(Run& run) {
  const auto own = pack_folder(run.context);
  if (!own) return own.error();
  const auto pack = run.folder / "pack";
  std::filesystem::copy(*own, pack, std::filesystem::copy_options::recursive);
  std::ofstream(pack / "processes" / "bench_long.bpmn")
      << long_process(std::string(kProcess), "secretary");
  return pack;
}

Result<Done> measure_bureau(Run& run, const StoreOptions& place,
                            const std::filesystem::path& pack) {
  // Of one account alone `jishi serve` would make the link, and that of the bench void.
  const auto made = make_office(run, place, {.members = kMembers, .listeners = 1, .pack = pack});
  if (!made) return made.error();
  if (!*made) return Done{};  // not a program of ours, or one that is broken
  const Office& office = **made;
  if (const auto added = add_branches(run, office, run.scaled(kBranches, kLeastBranches)); !added)
    return added;
  tidy_up(office);
  auto served = Served::start(office, run.folder / "serve.log");
  if (!served) return Done{};
  wait_until_ready(*served);
  if (const auto entered = served->sign_in(office); !entered) return entered;
  const std::string_view engine = place.database.empty() ? "SQLite" : "PostgreSQL";
  const Bureau bureau{run, office, *served, engine, run.scaled(kCases, kLeastCases)};
  for (const auto& step :
       {open_cases, measure_steps, measure_batch, measure_my_tasks, measure_dispatch}) {
    if (const auto done = step(bureau); !done) return done;
    if (const auto on = run.go_on(); !on) return on;
  }
  return Done{};
}

}  // namespace

Result<Done> measure_cases(Run& run) {
  const auto pack = make_pack(run);
  if (!pack) return pack.error();
  return on_each_store(
      run, "cases", [&](const StoreOptions& place) { return measure_bureau(run, place, *pack); });
}

}  // namespace jishi::app::bench
