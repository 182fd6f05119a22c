#include "modules/workflow/play_table/play_table.hpp"

#include <gtest/gtest.h>

#include "base/texts.hpp"
#include "modules/identity/identity.hpp"
#include "modules/workflow/workflow.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::workflow {

namespace {

const std::filesystem::path kPack = JISHI_SOURCE_DIR "/packs/party";
constexpr Moment kNow = 1'780'000'000'000;  // in May 2026

std::string read(const std::filesystem::path& path) {
  return *files::read_whole(path, kMostTableBytes);
}

/// The simplest process of the pack with its table; what came of the table.
PlayedTable played(const std::string& table, const std::string& process = "request") {
  std::vector<std::string> roles;
  const auto held = identity::load_roles(kPack);
  for (const auto& role : held->all()) roles.push_back(role.id);
  const auto deployments = Deployments::open(kPack, roles, operations().names());
  DeployProcess asked{read(kPack / "processes" / (process + ".bpmn")), {}};
  for (const auto& one : std::filesystem::directory_iterator(kPack / "forms"))
    asked.files.push_back({one.path().filename().string(), read(one.path())});
  for (const auto& one : std::filesystem::directory_iterator(kPack / "processes")) {
    if (one.path().extension() == ".dmn")
      asked.files.push_back({one.path().filename().string(), read(one.path())});
  }
  Findings findings;
  const auto playable = (*deployments)->understand(asked, findings);
  if (playable == nullptr) return {};
  auto result = play_table(*playable, table, kNow, Language::en);
  if (!result) return {0, {result.error()}};
  return *result;
}

TEST(PlayTable, PlaysTheTablesOfThePackAsTheyAreWritten) {
  for (const char* process : {"request", "transfer", "meeting", "task"}) {
    const auto table = read(kPack / "processes" / (std::string(process) + ".test"));
    const PlayedTable result = played(table, process);
    EXPECT_GT(result.held, 0) << process;
    for (const Error& wrong : result.wrong) ADD_FAILURE() << process << say(Language::en, wrong);
  }
}

TEST(PlayTable, NamesTheLineThatDoesNotComeAbout) {
  const std::string people = "流程 request.bpmn\n人物\n  李 | secretary@organisation\n";
  const std::pair<const char*, const char*> cases[] = {
      {"情形 甲\n  - | 李 | 开始 | | 别处\n", "workflow.table_not_allowed"},
      {"情形 甲\n  - | 王 | 开始 | | 别处\n", "workflow.table_person"},
      {"情形 甲\n  没有的步骤 | 李 | 办理 | | 别处\n", "workflow.table_step"},
      {"情形 甲\n  - | 李 | 跳舞 | | 别处\n", "workflow.table_verb"},
      {"情形 甲\n  - | 李 | 开始 | 别处\n", "workflow.table_columns"},
      {"情形 甲\n  - | 李 | 开始 | 无值 | 别处\n", "workflow.table_value"},
      {"情形 甲\n  - | 李 | 开始 | |\n", "workflow.table_verdict"},
      {"情形 甲 | 接 乙 至 丙\n", "workflow.table_like"},
      {"情节 甲\n", "workflow.table_section"},
      {"决策 request.dmn#没有\n  a=1 | _=2\n", "workflow.table_decision"},
  };
  for (const auto& [table, code] : cases) {
    const PlayedTable result = played(people + table);
    ASSERT_EQ(result.wrong.size(), 1U) << table;
    EXPECT_EQ(result.wrong.front().code, code) << table;
  }
}

}  // namespace

}  // namespace jishi::workflow
