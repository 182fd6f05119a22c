#include "api/export/export_job.hpp"

#include <fstream>
#include <future>

#include <gtest/gtest.h>

#include "api/test_gate.hpp"
#include "ledger/test_store.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::api {
namespace {

constexpr Id kClerk = 11;
constexpr Id kOther = 12;
constexpr Id kBranch = 7;

struct Row {
  std::string number;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Row, (), (number, name))

struct RowsQuery {
  int rows = 0;
  std::optional<std::int64_t> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(RowsQuery, (), (rows, after, limit))

/// A list of as many rows as it is asked for, exported by a service of its own.
class Exports : public ::testing::Test {
 protected:
  Exports() {
    for (const auto* permission : {"registry.read", "export.make", "export.personal"})
      gate.give(kClerk, permission, kBranch);
    WholeList<Row> whole;
    whole.personal = {"phone"};
    whole.unmasked = [](Call&, db::Reader&, const Row& row, std::string_view) {
      return "139" + row.number;
    };
    whole.count = [](Call& call) -> std::optional<std::int64_t> {
      return Routes::list_query_in<RowsQuery>(call.request)->rows;
    };
    routes.list<RowsQuery>(
        "/api/v1/organisations/{organisation}/rows",
        {"test.rows", kSee, organisation_in("organisation")},
        [this](Call&, const RowsQuery& asked) { return page(asked); }, whole);
    start();
  }

  void start() {
    jobs = std::make_unique<Jobs>(*store);
    service = std::make_unique<ExportService>(dispatch, *jobs, files);
    service->learn(routes.all());
    jobs->add(service->kind());
    files.tidy_at_start();
    jobs->start();
  }

  Result<Page<Row>> page(const RowsQuery& asked) {
    const std::int64_t from = asked.after.value_or(0);
    const std::int64_t until = std::min<std::int64_t>(from + asked.limit.value_or(50), asked.rows);
    if (from == stop_at) {
      stop_at = -1;
      reached.set_value();
      go.get_future().wait();
    }
    if (from == break_at) throw std::runtime_error("the list broke");
    Page<Row> page;
    for (std::int64_t row = from; row < until; ++row)
      page.items.push_back({std::to_string(row), row == 1 ? "=cmd()" : "王芳"});
    if (until < asked.rows) page.next = std::to_string(until);
    return page;
  }

  Call call_of(Id account, Id job = kNoId) {
    Caller caller;
    caller.account = account;
    request.id = "00000000000000aa";
    return {*store, gate, request, caller, {}, job, kNoId, 0, {}, &exporting};
  }
  Result<Job> submit(MakeExport asked, Id account = kClerk) {
    Call call = call_of(account);
    return service->submit(call, asked);
  }
  Job done(const Result<Job>& job) {
    if (!job) throw std::runtime_error(job.error().code);
    jobs->drain();
    return *jobs->find(job->id, Language::zh);
  }
  std::string fetched(Id job, Id account = kClerk) {
    const auto answer = service->fetch(call_of(account, job));
    if (!answer) return answer.error().code;
    std::ifstream file(std::get<http::FileBody>(answer->body).path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::size_t files_there() const {
    const std::filesystem::directory_iterator entries(files.folder());
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
  }
  static MakeExport list(int rows, TableFormat format = TableFormat::csv) {
    return {"/api/v1/organisations/7/rows?rows=" + std::to_string(rows), format, {}, {}};
  }

  TestStore store;
  TestGate gate;
  Codes codes;
  http::Request request;
  std::vector<std::pair<std::int64_t, std::string>> told;
  std::atomic<std::int64_t> stop_at{-1};  // the row before which the list waits for `go`
  std::atomic<std::int64_t> break_at{-1};
  std::promise<void> reached;
  std::promise<void> go;
  Routes routes;
  ExportFiles files{*store, store->folder() / "exports"};
  Exporting exporting{codes, files.folder(), [this](const Exported& exported) {
                        told.emplace_back(exported.rows, exported.purpose);
                      }};
  Dispatch dispatch{*store, gate, exporting, {}, {}};
  std::unique_ptr<Jobs> jobs;
  std::unique_ptr<ExportService> service;
};

TEST_F(Exports, AListOfManyPagesIsFetchedByWhoeverAskedForIt) {
  const Job job = done(submit(list(1'001)));
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.part, 1000);
  EXPECT_EQ(job.rows, 1'001);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].first, 1'001);
  const std::string text = fetched(job.id);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1'002);
  EXPECT_NE(text.find("1000,王芳"), text.npos);
  EXPECT_NE(text.find("1,'=cmd()"), text.npos) << "a formula would run in a spreadsheet";
  EXPECT_EQ(fetched(job.id, kOther), "api.not_found");
}

TEST_F(Exports, AnXlsxCanBeReadBack) {
  const Job job = done(submit(list(300, TableFormat::xlsx)));
  const auto answer = service->fetch(call_of(kClerk, job.id));
  ASSERT_TRUE(answer);
  const auto book = sheets::open(std::get<http::FileBody>(answer->body).path);
  ASSERT_TRUE(book);
  std::vector<std::string> numbers;
  std::string formula;
  ASSERT_TRUE(sheets::read_rows(**book, 0, [&](std::uint32_t number, auto cells) {
    numbers.emplace_back(cells[0].text);
    if (number == 3) formula = cells[1].text;
    return true;
  }));
  ASSERT_EQ(numbers.size(), 301U);
  EXPECT_EQ(numbers.back(), "299");
  EXPECT_EQ(formula, "=cmd()") << "a text, which no spreadsheet runs";
}

TEST_F(Exports, PersonalColumnsTakeAPurposeAndMarkEachRow) {
  MakeExport asked = list(2);
  asked.personal = {"phone"};
  EXPECT_EQ(submit(asked).error().code, "api.purpose_length");
  asked.purpose = "核对换届选举名册";
  const Job job = done(submit(asked));
  const std::string text = fetched(job.id);
  EXPECT_NE(text.find("0,王芳,1390,11 2026-03-01 00000000000000aa"), text.npos) << text;
  EXPECT_EQ(told.at(0).second, "核对换届选举名册");
  asked.personal = {"name"};
  EXPECT_EQ(submit(asked).error().code, "api.export_unknown_column");
}

struct Refusal {
  std::string list;
  std::string code;
};

TEST_F(Exports, WhatTheListRefusesIsRefusedAtOnce) {
  const std::vector<Refusal> refusals{
      {"", "api.export_list_unknown"},
      {"/api/v1/organisations", "api.export_list_unknown"},
      {"/api/v1/organisations/7/rows/../rows", "api.export_list_unknown"},
      {"/api/v1/organisations/8/rows?rows=1", "api.not_found"},
      {"/api/v1/organisations/7/rows", "base.json_missing"},
      {"/api/v1/organisations/7/rows?rows=x", "base.json_expected_integer"},
      {"/api/v1/organisations/7/rows?rows=1&format=csv", "api.export_format_twice"},
      {"/api/v1/organisations/7/rows?rows=1&colour=red", "base.json_unknown"},
      {"/api/v1/organisations/7/rows?rows=1&fields=shoe_size", "api.export_unknown_column"},
  };
  for (const auto& [address, code] : refusals) {
    const auto refused = submit({address, TableFormat::csv, {}, {}});
    EXPECT_EQ(refused ? "taken" : refused.error().code, code) << address;
  }
  gate.give(kOther, "registry.read", kBranch);
  EXPECT_EQ(submit(list(1), kOther).error().code, "api.forbidden");
  EXPECT_TRUE(jobs->list_own(kClerk, Language::zh).empty());
}

TEST_F(Exports, WhoSeesMoreThanTheyMayTakeAlongTakesNothing) {
  gate.give(kOther, "registry.read", kBranch);
  gate.give(kOther, "export.make", kBranch, false);
  EXPECT_EQ(submit(list(1), kOther).error().code, "api.forbidden");
}

TEST_F(Exports, TheScopeIsThatOfTheRunAndOfTheDownload) {
  stop_at = 200;
  const auto first = submit(list(300));
  reached.get_future().wait();
  const auto second = submit(list(10));
  gate.disabled.insert(kClerk);
  go.set_value();
  EXPECT_EQ(done(second).state, JobState::failed);
  gate.disabled.clear();
  EXPECT_EQ(jobs->find(first->id, Language::zh)->state, JobState::done);
  EXPECT_NE(fetched(first->id).find("299"), std::string::npos);
  auto& held = gate.held[kClerk];
  held[0].second.below = false;  // sees the branch alone from now on
  EXPECT_EQ(fetched(first->id), "api.not_found");
  held[0].second.below = true;
  held.erase(held.begin() + 1);  // may see it all, and take nothing along
  EXPECT_EQ(fetched(first->id), "api.not_found");
}

TEST_F(Exports, ATokenTakesNoMoreThanItWasMadeFor) {
  Call call = call_of(kClerk);
  call.caller.by_token = true;
  call.caller.allowed = {};
  call.caller.allowed.add(*number_of("registry.read"));
  EXPECT_EQ(service->submit(call, list(1)).error().code, "api.forbidden");
  call.caller.allowed.add(*number_of("export.make"));
  EXPECT_EQ(done(service->submit(call, list(1))).state, JobState::done);
}

TEST_F(Exports, OneThatRunsIsCancelledAndLeavesNothing) {
  stop_at = 400;
  const auto job = submit(list(100'000));
  const auto behind = submit(list(5));
  reached.get_future().wait();
  EXPECT_EQ(jobs->find(job->id, Language::zh)->rows, 400);
  EXPECT_EQ(jobs->find(job->id, Language::zh)->part, 4);
  EXPECT_EQ(fetched(job->id), "api.export_not_ready");
  EXPECT_TRUE(jobs->cancel(job->id));
  EXPECT_TRUE(jobs->cancel(behind->id)) << "one that waits ends at once";
  EXPECT_EQ(jobs->find(behind->id, Language::zh)->state, JobState::cancelled);
  go.set_value();
  EXPECT_EQ(done(job).state, JobState::cancelled);
  EXPECT_EQ(fetched(job->id), "api.export_gone");
  EXPECT_EQ(files_there(), 0U);
  EXPECT_TRUE(told.empty()) << "nothing was taken along";
  EXPECT_EQ(jobs->cancel(job->id).error().code, "api.job_over");
}

TEST_F(Exports, OneThatTheProgramsEndCutShortBeginsAgain) {
  stop_at = 200;
  const auto job = submit(list(3'000'000));
  reached.get_future().wait();
  auto ended = std::async(std::launch::async, [&] { jobs.reset(); });
  go.set_value();
  ended.get();
  break_at = 600;
  std::ofstream(files.folder() / "17.csv.part") << "what a program that was killed left behind";
  start();
  const Job again = done(job);
  EXPECT_EQ(again.state, JobState::failed) << "begun again, and broken";
  EXPECT_EQ(again.rows, 600);
  EXPECT_EQ(files_there(), 0U);
}

TEST_F(Exports, FilesAreBoundedAndEnd) {
  std::vector<Id> kept;
  for (std::int64_t i = 0; i < ExportFiles::kMaxOfAccount; ++i)
    kept.push_back(done(submit(list(1))).id);
  EXPECT_EQ(submit(list(1)).error().code, "api.too_many_exports");
  EXPECT_TRUE(files.drop(kept[0]));
  EXPECT_FALSE(files.drop(kept[0]));
  EXPECT_EQ(fetched(kept[0]), "api.export_gone");
  EXPECT_EQ(done(submit(list(1))).state, JobState::done);
  store.clock.set_ms(store.clock.now_ms() + ExportFiles::kKeepMs);
  EXPECT_EQ(fetched(kept[1]), "api.export_gone");
  files.tidy();
  EXPECT_EQ(files_there(), 0U);
}

TEST_F(Exports, WhatIsWaitedForIsShortAndSaysWhatToDo) {
  Call call = call_of(kClerk);
  const TableAsked asked{"test.rows", TableFormat::csv, columns_of<Row>(), {}};
  const auto refused = export_table(call, asked, [](TableRows& rows) -> Result<Done> {
    for (std::int64_t row = 0; row <= kMaxExportRows; ++row) {
      if (const auto added = rows.add({std::to_string(row), std::string()}); !added)
        return added.error();
    }
    return Done{};
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "api.export_too_long");
  EXPECT_EQ(files_there(), 0U);
}

}  // namespace
}  // namespace jishi::api
