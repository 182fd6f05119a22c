#include "modules/insight/words.hpp"

#include <gtest/gtest.h>

#include "base/texts.hpp"
#include "platform/pack/codes_file.hpp"

namespace jishi::insight {
namespace {

const Codes& codes() {
  static const Codes loaded = *load_codes(JISHI_SOURCE_DIR "/packs/party/codes.toml");
  return loaded;
}

std::string zh(std::string_view column, const boost::json::value& value) {
  return value_text(codes(), Language::zh, column, value);
}

TEST(Words, PutsValuesIntoWords) {
  EXPECT_EQ(zh("joined", "2026-01-02"), "2026-01-02");
  EXPECT_EQ(zh("joined", nullptr), "—");
  EXPECT_EQ(zh("members", 52), "52");
  EXPECT_EQ(zh("status", "normal"), "正常");
  EXPECT_EQ(zh("stage", "probationary"), "预备党员");
  EXPECT_EQ(zh("kind", "theme_day"), "主题党日");
  EXPECT_EQ(zh("kind", "joint_branch"), "联合支部");
  EXPECT_EQ(zh("title", "secretary"), "书记");
  EXPECT_EQ(zh("title", "工会主席"), "工会主席");
  EXPECT_EQ(zh("period_kind", "quarter"), "季度");
  EXPECT_EQ(zh("month", 2026 * 12 + 2), "2026-03");
  EXPECT_EQ(zh("amount_cents", 1250), "12.50");
  EXPECT_EQ(value_text(codes(), Language::en, "stage", "full"), "Full member");
}

TEST(Words, NamesColumns) {
  EXPECT_EQ(column_title(Language::zh, "joined"), "入党日期");
  EXPECT_EQ(column_title(Language::en, "joined"), "Joined");
  EXPECT_EQ(column_title(Language::zh, "no_such"), "no_such");
}

TEST(Words, EvidenceFillsSentences) {
  const boost::json::object evidence{{"members", 52}, {"max_members", 50}, {"ended", nullptr}};
  EXPECT_EQ(fill("{members} > {max_members}, {ended}",
                 evidence_arguments(codes(), Language::zh, evidence)),
            "52 > 50, —");
}

}  // namespace
}  // namespace jishi::insight
