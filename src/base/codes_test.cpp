#include "base/codes.hpp"

#include <gtest/gtest.h>

namespace jishi {
namespace {

CodeSet sample() {
  return CodeSet("民族", "Ethnic group",
                 {{"01", "汉族", "Han", {"汉", "1"}}, {"unknown", "未知", "Unknown", {"N/K"}}});
}

TEST(CodeSet, ReadsNamesSynonymsAndNumericCodes) {
  const auto set = sample();
  EXPECT_EQ(set.code_of("汉族"), "01");
  EXPECT_EQ(set.code_of(" 汉 族 "), "01");
  EXPECT_EQ(set.code_of("汉"), "01");
  EXPECT_EQ(set.code_of("１"), "01");
  EXPECT_EQ(set.code_of("01"), "01");
  EXPECT_EQ(set.code_of("n/k"), "unknown");
}

TEST(CodeSet, RefusesOtherWords) {
  const auto set = sample();
  for (const auto* word : {"", "汉族人", "Han", "unknown", "2", "223_汉族"})
    EXPECT_EQ(set.code_of(word), std::nullopt) << word;
}

TEST(CodeSet, NamesItsCodes) {
  const auto set = sample();
  EXPECT_EQ(set.label("01", Language::zh), "汉族");
  EXPECT_EQ(set.label("01", Language::en), "Han");
  EXPECT_EQ(set.label("某族", Language::en), "某族");
  EXPECT_EQ(set.title(Language::zh), "民族");
}

TEST(Codes, RefusesACodeThatNoValueHasAndNamesThoseThereAre) {
  Codes codes;
  codes.add("sex",
            CodeSet("性别", "Sex", {{"male", "男", "Male", {}}, {"female", "女", "Female", {}}}));
  EXPECT_FALSE(refuse_code(codes, "sex", "sex", "male"));
  for (const char* wrong : {"", "男", "Male", "males"}) {
    const auto refusal = refuse_code(codes, "sex", "as.sex", wrong);
    ASSERT_TRUE(refusal) << wrong;
    EXPECT_EQ(refusal->code, "base.code_unknown");
    EXPECT_EQ(refusal->arguments,
              (Arguments{{"path", "as.sex"}, {"value", wrong}, {"known", "male, female"}}));
  }
  EXPECT_TRUE(refuse_code(codes, "no such set", "sex", "male"));
}

TEST(Codes, ASetThatIsNotThereIsEmpty) {
  Codes codes;
  codes.add("ethnic", sample());
  EXPECT_EQ(codes.set("ethnic").entries().size(), 2U);
  EXPECT_TRUE(codes.set("colour").entries().empty());
  EXPECT_EQ(codes.set("colour").code_of("红"), std::nullopt);
  codes.add("ethnic", CodeSet());
  EXPECT_TRUE(codes.set("ethnic").entries().empty());
  EXPECT_EQ(codes.all().size(), 1U);
}

}  // namespace
}  // namespace jishi
