// The scripts of the pack's demo cases fit its processes: each is played to each of its steps.

#include <gtest/gtest.h>

#include <set>

#include "app/commands.hpp"
#include "app/scratch_folder.hpp"
#include "modules/workflow/demo_cases/script.hpp"

namespace jishi::app {
namespace {

constexpr Statement kOpen{"test.open",
                          "select distinct name from workflow_task where state = 'open'"};
constexpr Statement kSteps{
    "test.steps",
    "select count(distinct coalesce(t.name, c.status)) from workflow_dispatch_item i join"
    " workflow_case c on c.id = i.case_id left join workflow_task t on t.case_id = c.id and"
    " t.state = 'open' where i.outcome = 'sent'"};
constexpr Statement kRegions{"test.regions",
                             "select count(distinct g.region) from liaison_group g join"
                             " registry_organisation o on o.id = g.region"
                             " where o.kind = 'party_region'"};
constexpr Statement kProcesses{
    "test.processes", "select distinct process from workflow_case where status = 'running'"};

std::set<std::string> processes_of_pack(const std::filesystem::path& pack) {
  std::set<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(pack / "processes")) {
    if (file.path().extension() == ".bpmn") names.insert(file.path().stem());
  }
  return names;
}

TEST(DemoCases, AreThereOfEveryKindAndStage) {
  const ScratchFolder folder;
  Settings settings;
  settings.data = folder.path() / "data";
  settings.keys = folder.path() / "keys";
  settings.pack = JISHI_SOURCE_DIR "/packs/party";
  settings.json = true;
  const FixedClock clock(*make_date(2026, 6, 15));
  DemoOptions options;
  options.members = 3000;
  options.cases = true;
  testing::internal::CaptureStdout();
  const auto status = [&] {
    Console console;
    return run_demo({settings, clock, console}, options);
  }();
  std::istringstream printed(testing::internal::GetCapturedStdout());
  ASSERT_TRUE(status) << status.error().code;
  std::string line;
  std::getline(printed, line);  // the city
  std::getline(printed, line);
  const auto told = boost::json::parse(line).as_object();
  EXPECT_EQ(boost::json::serialize(told.at("refused")), "[]");
  EXPECT_GT(told.at("cases").as_int64(), 90);
  EXPECT_GT(told.at("receivers").as_int64(), 4);
  EXPECT_GT(told.at("remittances").as_int64(), 50);
  EXPECT_GT(told.at("uses").as_int64(), 2);
  EXPECT_GT(told.at("publications").as_int64(), 50);
  Console console;
  const auto store = open_store({settings, clock, console});
  ASSERT_TRUE(store);
  const auto running = (*store)->read([](db::Reader& reader) {
    const auto names = reader.all<std::string>(kProcesses);
    return std::set<std::string>(names.begin(), names.end());
  });
  EXPECT_EQ(running, processes_of_pack(settings.pack));
  // The board of the task that went to many shows each of its steps.
  EXPECT_EQ((*store)->read([](db::Reader& reader) { return reader.one<int>(kSteps); }), 4);
  EXPECT_EQ((*store)->read([](db::Reader& reader) { return reader.one<int>(kRegions); }), 2);
  // Each step of each script lies before somebody in one case at least.
  const auto open = (*store)->read([](db::Reader& reader) {
    const auto names = reader.all<std::string>(kOpen);
    return std::set<std::string>(names.begin(), names.end());
  });
  const auto scripts = workflow::read_demo_scripts(settings.pack / "demo" / "cases.toml");
  ASSERT_TRUE(scripts);
  for (const auto& script : scripts->cases) {
    for (const auto& step : script.steps)
      EXPECT_TRUE(open.contains(step.task)) << script.process << " / " << step.task;
  }
}

// A public notice of five working days takes two weeks over the holidays of October.
TEST(DemoCases, NoneIsRefusedOverLongHolidays) {
  const ScratchFolder folder;
  Settings settings;
  settings.data = folder.path() / "data";
  settings.keys = folder.path() / "keys";
  settings.pack = JISHI_SOURCE_DIR "/packs/party";
  settings.json = true;
  const FixedClock clock(*make_date(2026, 11, 30));
  DemoOptions options;
  options.members = 1500;
  options.cases = true;
  testing::internal::CaptureStdout();
  Console console;
  const auto status = run_demo({settings, clock, console}, options);
  std::istringstream printed(testing::internal::GetCapturedStdout());
  ASSERT_TRUE(status) << status.error().code;
  std::string line;
  std::getline(printed, line);  // the city
  std::getline(printed, line);
  EXPECT_EQ(boost::json::serialize(boost::json::parse(line).as_object().at("refused")), "[]");
}

}  // namespace
}  // namespace jishi::app
