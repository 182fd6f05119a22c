#include "platform/pack/codes_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace jishi {
namespace {

TEST(CodesFile, ReadsThePackOfTheProject) {
  const auto codes = load_codes(JISHI_SOURCE_DIR "/packs/party/codes.toml");
  ASSERT_TRUE(codes.has_value()) << codes.error().arguments.back().second;
  const struct {
    const char* set;
    const char* word;
    const char* code;
  } cases[] = {
      {"organisation_kind", "党总支", "general_branch"},
      {"organisation_kind", "支部", "branch"},
      {"unit_kind", "行政村", "village"},
      {"member_stage", "预备", "probationary"},
      {"member_status", "出党", "left"},
      {"post_title", "书记", "secretary"},
      {"activity_kind", "支部委员会", "committee_meeting"},
      {"sex", "1", "male"},
      {"ethnic", "汉", "01"},
      {"education", "大专", "31"},
  };
  for (const auto& [set, word, code] : cases)
    EXPECT_EQ(codes->set(set).code_of(word), code) << set << ' ' << word;
}

/// A set without its `entries`: four lines.
constexpr std::string_view kHead = "[[set]]\nname='a'\nzh='甲'\nen='A'\n";

TEST(CodesFile, RefusesWhatWouldBeAmbiguousOrIsNoSuchFile) {
  const struct {
    std::string_view head;
    std::string_view rest;
    const char* line;
  } cases[] = {
      {"", "", "1"},
      {"", "x = [", "1"},
      {"", "set = 3", "1"},
      {"[[set]]\nzh='甲'\nen='A'\n", "entries=[]", "1"},
      {kHead, "", "1"},
      {kHead, "entries = [{code='x', zh='乙'}]", "5"},
      {kHead, "entries = [3]", "5"},
      {kHead, "entries = [{code='x', zh='乙', en='B', synonyms=[3]}]", "5"},
      {kHead, "entries = [{code='x', zh='乙', en='B'},\n{code='x', zh='丙', en='C'}]", "6"},
      {kHead,
       "entries = [{code='x', zh='乙', en='B'},\n{code='y', zh='丙', en='C', synonyms=['乙']}]",
       "6"},
      {kHead, "entries = []\n[[set]]\nname='a'\nzh='乙'\nen='B'\nentries = []", "6"},
  };
  for (const auto& [head, rest, line] : cases) {
    const auto codes = parse_codes(fmt::format("{}{}", head, rest), "codes.toml");
    ASSERT_FALSE(codes.has_value()) << rest;
    EXPECT_EQ(codes.error().code, "pack.codes_invalid");
    EXPECT_EQ(codes.error().arguments[1].second, line) << rest;
  }
  EXPECT_EQ(load_codes("/nowhere/codes.toml").error().code, "pack.codes_unreadable");
}

}  // namespace
}  // namespace jishi
