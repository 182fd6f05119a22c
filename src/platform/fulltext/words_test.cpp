#include "platform/fulltext/words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "base/text.hpp"
#include "platform/fulltext/excerpt.hpp"
#include "platform/fulltext/terms.hpp"

namespace jishi::fulltext {
namespace {

std::string utf8(std::u32string_view signs) {
  std::string text;
  for (const char32_t sign : signs) append_utf8(text, sign);
  return text;
}

/// What was read: words between bars, `*` behind a prefix; or the code of the refusal.
std::string read_as(std::string_view typed) {
  const auto words = Words::read(typed);
  if (!words) return words.error().code;
  std::string text;
  for (const Wanted& wanted : words->wanted()) {
    text += (text.empty() ? "" : "|") + utf8(wanted.signs) + (wanted.prefix ? "*" : "");
  }
  return text;
}

TEST(Words, WhatIsTypedIsReadAs) {
  const std::pair<std::string, std::string> cases[] = {
      {"党课", "党课"},
      {"党课 换届", "党课|换届"},
      {"  党课　换届\t", "党课|换届"},
      {"党课，换届！", "党课|换届"},
      {"Party LECTURE", "party|lecture"},
      {"ＰＡＲＴＹ２０２６", "party2026"},
      {"2026年党课", "2026年党课"},
      {"第3次", "第3次"},
      {"A&B", "a|b"},
      {"don't", "don|t"},
      {"e-mail@example.org", "e|mail|example|org"},
      // Quotes, also half of a pair, of any kind.
      {"\"三会一课 学习\"", "三会一课 学习"},
      {"“三会一课 学习” 讨论", "三会一课 学习|讨论"},
      {"＂a  b＂", "a b"},
      {"「学习」讨论", "学习|讨论"},
      {"a \"b c", "a|b c"},
      {"a\"b\"c", "a|b|c"},
      {"\"《条例》（试行）\"", "条例 试行"},
      {"\"a*\"", "a"},
      // Beginnings.
      {"meet*", "meet*"},
      {"ＭＥＥＴ＊", "meet*"},
      {"2026* 党课*", "2026*|党课"},
      {"党员a*", "党员a*"},
      {"*meet", "meet"},
      {"a**b", "a*|b"},
      // Operators of search engines are words like others.
      {"a AND b OR NOT c", "a|and|b|or|not|c"},
      {"+a -b topic:c (d)", "a|b|topic|c|d"},
      // No room on the page.
      {"党\xE2\x80\x8B课", "党课"},
      {"\xEF\xBB\xBF党课", "党课"},
      // Rare characters, letters with marks, other scripts.
      {"𬭩矿村", "𬭩矿村"},
      {"Crème ÉTÉ", "crème|été"},
      {"ئۇيغۇر", "ئۇيغۇر"},
      {"ＩＩＩ Ⅲ", "iii|ⅲ"},
      // Nothing to look for.
      {"", "fulltext.nothing_wanted"},
      {"   ", "fulltext.nothing_wanted"},
      {"***", "fulltext.nothing_wanted"},
      {"\"\"", "fulltext.nothing_wanted"},
      {"，。！", "fulltext.nothing_wanted"},
      {"😀", "fulltext.nothing_wanted"},
      {std::string("\0", 1), "fulltext.nothing_wanted"},
      {"\xFF\xFE\x80", "fulltext.nothing_wanted"},
      {"\xE5\x85", "fulltext.nothing_wanted"},
      // Hostile, and read all the same.
      {std::string("a\0b", 3), "a|b"},
      {"a\xFF党", "a|党"},
      {"'; drop table x; --", "drop|table|x"},
      {"\\\"a\\\"", "a"},
      {"%25 %s %n", "25|s|n"},
      {"((((((((((a", "a"},
      {"NEAR/5 ADJ XOR", "near|5|adj|xor"},
      {"..", "fulltext.nothing_wanted"},
      {"QT P", "qt|p"},
  };
  for (const auto& [typed, wanted] : cases) EXPECT_EQ(read_as(typed), wanted) << typed;
}

TEST(Words, HaveLimits) {
  EXPECT_EQ(read_as(std::string(kMostTyped, 'a')), std::string(kMostTyped, 'a'));
  EXPECT_EQ(read_as(std::string(kMostTyped + 1, 'a')), "fulltext.too_long");
  std::string many;
  for (std::size_t i = 0; i < kMostWords; ++i) many += "a ";
  EXPECT_NE(read_as(many), "fulltext.too_many_words");
  EXPECT_EQ(read_as(many + "a"), "fulltext.too_many_words");
}

/// What of a text is marked, between brackets.
std::string marked(std::string_view typed, std::string_view text) {
  const auto words = Words::read(typed);
  const PlainText plain = plain_text(text);
  std::vector<Hit> hits;
  for (const Wanted& wanted : words->wanted()) {
    const auto found = hits_of(wanted, plain);
    hits.insert(hits.end(), found.begin(), found.end());
  }
  std::string shown;
  for (const Segment& segment : excerpt(text, plain, std::move(hits)))
    shown += segment.hit ? "[" + segment.text + "]" : segment.text;
  return shown;
}

TEST(Words, AreFoundInTexts) {
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {"党课", "书记讲党课：党员的权利", "书记讲[党课]：党员的权利"},
      {"换届", "支部换届选举", "支部[换届]选举"},
      {"届", "支部换届选举", "支部换[届]选举"},
      {"党课", "党员上课", "党员上课"},
      {"会议", "党员大会，议题三", "党员大会，议题三"},
      {"\"会 议\"", "党员大会，议题三", "党员大[会，议]题三"},
      {"\"2026 年\"", "2026年计划", "[2026年]计划"},
      {"\"a b\"", "ab a-b", "ab [a-b]"},
      {"2026", "12026 2026年 ２０２６", "12026 [2026]年 [２０２６]"},
      {"meet", "Meeting, MEET", "Meeting, [MEET]"},
      {"meet*", "Meeting, MEET", "[Meet]ing, [MEET]"},
      {"eet", "Meeting", "Meeting"},
      {"党a", "党abc党a", "党abc[党a]"},
      {"党a*", "党abc", "[党a]bc"},
      {"学习 习近", "学习近况", "[学习近]况"},
      {"aa", "aa aa", "[aa] [aa]"},
      {"学学", "学学学学", "[学学学学]"},
      {"村党", "𬭩村党支部", "𬭩[村党]支部"},
      {"𬭩村", "在𬭩村开会", "在[𬭩村]开会"},
      {"党课", "党\xE2\x80\x8B课", "[党\xE2\x80\x8B课]"},
      {"été", "ÉTÉ 2026", "[ÉTÉ] 2026"},
      {"课", "\xFF课", "\xFF[课]"},
  };
  for (const auto& [typed, text, wanted] : cases) EXPECT_EQ(marked(typed, text), wanted) << typed;
}

TEST(Excerpt, ShowsOfALongTextWhatIsAroundTheFirstHit) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "学";
  text += "换届";
  for (int i = 0; i < 300; ++i) text += "习";
  const std::string shown = marked("换届", text);
  EXPECT_TRUE(shown.starts_with("…学学"));
  EXPECT_TRUE(shown.ends_with("习…"));
  EXPECT_NE(shown.find("学[换届]习"), shown.npos);
  EXPECT_EQ(count_code_points(shown), kMostShown + 4);  // two marks, two brackets
  EXPECT_EQ(marked("党", "党" + text).substr(0, 5), "[党]");
}

/// Signs of every kind that a text may hold.
std::string any_text(int most) {
  static const std::vector<std::string> kSigns = {
      "党",   "课",   "员", "换", "届", "𬭩", "〇",       "か",
      "ㄅ",   "한",   "a",  "b",  "Z",  "é",    "Ａ",       "３",
      "3",    "0",    "Ⅲ",  "я",  "ئ",  "ۇ",    "\xCC\x81", " ",
      "　",   "，",   "-",  "\"", "“",  "*",    "😀",        "\xE2\x80\x8B",
      "\xFF", "\xE5", "々"};
  std::string text;
  for (int signs = *rc::gen::inRange(0, most); signs > 0; --signs)
    text += *rc::gen::elementOf(kSigns);
  return text;
}

// Whatever is found in a text is found by the terms under which the text stands.
RC_GTEST_PROP(WordsProperty, TermsOfWhatIsThereAreAmongThoseOfTheText, ()) {
  const std::string text = any_text(40);
  const bool part = *rc::gen::arbitrary<bool>() && !text.empty();
  const std::string typed =
      part ? text.substr(*rc::gen::inRange<std::size_t>(0, text.size()), 12) : any_text(6);
  const auto words = Words::read(typed);
  if (!words) {
    RC_ASSERT(words.error().code == "fulltext.nothing_wanted" ||
              words.error().code == "fulltext.too_many_words");
    return;
  }
  const PlainText plain = plain_text(text);
  std::set<std::string> terms;
  each_term(plain, [&](const std::string& term) { terms.insert(term); });
  for (const Wanted& wanted : words->wanted()) {
    if (hits_of(wanted, plain).empty()) return;
  }
  for (const std::string& term : words->terms()) RC_ASSERT(terms.contains(term));
}

RC_GTEST_PROP(WordsProperty, AnExcerptIsTheTextAndItsHitsAreWhatWasWanted, ()) {
  const std::string text = any_text(40);
  const auto words = Words::read(any_text(6));
  if (!words) return;
  const PlainText plain = plain_text(text);
  for (const Extent& extent : plain.extents)
    RC_ASSERT(extent.begin <= extent.end && extent.end <= text.size());
  for (const Wanted& wanted : words->wanted()) {
    const auto hits = hits_of(wanted, plain);
    std::string whole;
    bool any = false;
    for (const Segment& segment : excerpt(text, plain, hits)) {
      whole += segment.text;
      any = any || segment.hit;
    }
    RC_ASSERT(whole == text);
    RC_ASSERT(any == !hits.empty());
  }
}

}  // namespace
}  // namespace jishi::fulltext
