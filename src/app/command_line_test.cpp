#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jishi::app {
namespace {

using ::testing::HasSubstr;

CommandLine read(std::vector<std::string> words) {
  words.insert(words.begin(), "jishi");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  return read_command_line(static_cast<int>(argv.size()), argv.data());
}

TEST(CommandLine, SettingsStandBeforeOrBehindTheCommand) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"--data", "D", "--json", "--lang", "en", "lights"},
           {"lights", "--lang=en", "--data", "D", "--json"},
           {"import", "--data", "D", "a.csv", "--json", "b.csv", "--lang", "en"}}) {
    const CommandLine line = read(words);
    EXPECT_TRUE(line.run) << line.text;
    EXPECT_EQ(line.settings.data, "D");
    EXPECT_TRUE(line.settings.json);
    EXPECT_EQ(line.settings.language, Language::en);
  }
}

TEST(CommandLine, RunsWhatIsCalled) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"import", "a.xlsx", "--dry-run", "--map", "甲=姓名", "--map", "乙="},
           {"lights", "--as-of", "2026-02-28", "--rule", "r", "--level", "red", "--summary"},
           {"why", "orglife/theme_day", "A1"},
           {"search", "党课", "换届", "--organisation", "A1", "--best"},
           {"rules"},
           {"rules", "set", "r", "p", "A1", "3"},
           {"verify", "--proof", "3"},
           {"verify", "--consistency", "3", "9"},
           {"do", "registry.undo", R"({"command":"1"})", "--preview"},
           {"do"},
           {"backup"},
           {"user"},
           {"user", "list"},
           {"user", "add", "wang", "--name", "王", "--person", "M1"},
           {"user", "grant", "wang", "secretary", "A1"},
           {"user", "grant", "wang", "system_admin"},
           {"user", "link", "wang"},
           {"user", "disable", "wang"},
           {"user", "end-sessions", "wang"},
           {"feel", "1 + 1"},
           {"feel", "-5 + 3", "--json"},
           {"feel", "--10", "--json"},
           {"feel", "--json", "--(1)"},
           {"feel", "--", "--10"},
           {"feel", ""},
           {"feel", "--json", ""},
           {"feel", "--context", "{}", "rules"},
           {"--json", "feel", "-(a)", "--context", R"({"a":1})", "--now", "2026-01-01T08:00:00"},
           {"decide", "m.dmn", "--decision", "d", "--context", "{}"},
           {"process", "check", "a.bpmn", "b.bpmn", "--json"},
           {"process", "roundtrip", "a.bpmn", "b.bpmn"},
           {"process", "run", "a.bpmn", "--script", "s.json", "--process", "p"},
           {"election", "verify", "b.json"},
           {"election", "verify", "b.json", "--root", std::string(64, 'A')},
           {"restore", "x.jishi-backup", "--replace"},
           {"demo", "--members", "1000", "--workbooks", "D", "--format", "csv"}}) {
    EXPECT_TRUE(read(words).run) << words[0];
  }
}

TEST(CommandLine, RefusesWrongUsageAndSaysWhatWouldBeRight) {
  struct Case {
    std::vector<std::string> words;
    const char* says;
  };
  const Case cases[] = {
      {{"light"}, "lights"},
      {{"lights", "x"}, "x"},
      {{"lights", "--as-of", "2026-02-30"}, "2026-02-30"},
      {{"lights", "--as-of", "20260228"}, "20260228"},
      {{"lights", "--level", "blue"}, "blue"},
      {{"--lang", "fr", "lights"}, "fr"},
      {{"--cipher", "des", "lights"}, "sm4-ctr-hmac-sm3"},
      {{"import"}, "FILE"},
      {{"import", "a", "--dry-run", "--refused", "b"}, "--refused"},
      {{"why", "r"}, "SUBJECT"},
      {{"rules", "set", "r", "p", "A1", "x"}, "VALUE"},
      {{"rules", "set", "r"}, "jishi rules set --help"},
      {{"verify", "--consistency", "3"}, "--consistency"},
      {{"verify", "--proof", "1", "--consistency", "3", "4"}, "--"},
      {{"demo", "--format", "csv"}, "--workbooks"},
      {{"election", "verify", "b.json", "--root", ""}, "--root"},
      {{"election", "verify", "b.json", "--root", std::string(63, 'a')}, "64"},
      {{"restore"}, "FILE"},
      {{"user", "add"}, "LOGIN"},
      {{"user", "grant", "wang"}, "ROLE"},
      {{"user", "link"}, "LOGIN"},
      {{"lights", "--nonsense"}, "--nonsense"},
  };
  for (const Case& test : cases) {
    const CommandLine line = read(test.words);
    EXPECT_FALSE(line.run) << test.says;
    EXPECT_EQ(line.status, Status::usage) << test.says;
    EXPECT_THAT(line.text, HasSubstr(test.says));
    EXPECT_THAT(line.text, HasSubstr("--help"));
  }
}

TEST(CommandLine, HelpIsDoneAndNoCommandIsWrongUsage) {
  const CommandLine help = read({"--help", "--lang", "en"});
  EXPECT_EQ(help.status, Status::done);
  EXPECT_THAT(help.text, HasSubstr("Usage: jishi"));
  EXPECT_EQ(read({"why", "--help"}).status, Status::done);
  EXPECT_THAT(read({"why", "-h", "--lang", "zh"}).text, HasSubstr("用法: jishi why"));
  const CommandLine version = read({"--version"});
  EXPECT_EQ(version.status, Status::done);
  EXPECT_THAT(version.text, ::testing::MatchesRegex("jishi [0-9]+\\.[0-9]+\\.[0-9]+"));
  const CommandLine nothing = read({});
  EXPECT_EQ(nothing.status, Status::usage);
  EXPECT_THAT(nothing.text, HasSubstr("lights"));
}

}  // namespace
}  // namespace jishi::app
