#include "base/texts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace jishi {
namespace {

TEST(Texts, AreSortedAndWholeInBothLanguages) {
  const auto& texts = all_texts();
  ASSERT_FALSE(texts.empty());
  EXPECT_TRUE(std::is_sorted(texts.begin(), texts.end(),
                             [](const Text& a, const Text& b) { return a.code < b.code; }));
  for (const Text& text : texts) {
    EXPECT_NE(text.code.find('.'), std::string_view::npos) << text.code;
    EXPECT_FALSE(text.zh.empty()) << text.code;
    EXPECT_FALSE(text.en.empty()) << text.code;
  }
}

TEST(Texts, FillPutsInWhatIsNamed) {
  EXPECT_EQ(fill("{a}和{b}", {{"a", "一"}, {"b", "二"}}), "一和二");
  EXPECT_EQ(fill("{a}{a}", {{"a", "x"}}), "xx");
  EXPECT_EQ(fill("{unknown}", {{"a", "x"}}), "{unknown}");
  EXPECT_EQ(fill("open {a", {{"a", "x"}}), "open {a");
  EXPECT_EQ(fill("", {{"a", "x"}}), "");
  // What is put in is not looked at again.
  EXPECT_EQ(fill("{a}", {{"a", "{b}"}, {"b", "x"}}), "{b}");
}

TEST(Texts, ACodeWithoutATextIsSaidAsItIs) {
  EXPECT_EQ(say(Language::zh, "nobody.wrote_this"), "nobody.wrote_this");
  EXPECT_EQ(say(Language::zh, "platform.zzz"), "platform.zzz");
  EXPECT_EQ(say(Language::zh, ""), "");
}

TEST(Texts, WhatIsGivenInEnglishAsWellStandsInEnglish) {
  const Error error = fail(ErrorKind::not_found, "ledger.no_store",
                           {{"folder", "文件夹"}, {"folder_en", "the folder"}});
  EXPECT_NE(say(Language::zh, error).find("文件夹"), std::string::npos);
  EXPECT_NE(say(Language::en, error).find("the folder"), std::string::npos);
  EXPECT_EQ(say(Language::en, error).find("文件夹"), std::string::npos);
}

TEST(Texts, AnErrorSpeaksBothLanguages) {
  const Error error = fail(ErrorKind::not_found, "ledger.no_store", {{"folder", "/data"}});
  EXPECT_NE(say(Language::zh, error).find("/data"), std::string::npos);
  EXPECT_NE(say(Language::en, error).find("/data"), std::string::npos);
  EXPECT_NE(say(Language::en, error), say(Language::zh, error));
}

}  // namespace
}  // namespace jishi
