// The scripts of the pack's demo cases fit its processes: each is played to each of its steps.

#include <gtest/gtest.h>

#include <set>

#include "app/commands.hpp"
#include "app/scratch_folder.hpp"

namespace jishi::app {
namespace {

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
  Console console;
  const auto store = open_store({settings, clock, console});
  ASSERT_TRUE(store);
  const auto running = (*store)->read([](db::Reader& reader) {
    const auto names = reader.all<std::string>(kProcesses);
    return std::set<std::string>(names.begin(), names.end());
  });
  EXPECT_EQ(running, processes_of_pack(settings.pack));
}

}  // namespace
}  // namespace jishi::app
