#include "platform/pinyin/pinyin.hpp"

#include <gtest/gtest.h>

namespace jishi::pinyin {
namespace {

Match match(std::string_view typed, std::string_view name) {
  return Query(typed).match(to_utf16(name));
}

TEST(Pinyin, ANameIsMeantByItsCharacters) {
  EXPECT_EQ(match("张三", "张三"), Match::exact);
  EXPECT_EQ(match(" 张　三 ", "张三"), Match::exact);
  EXPECT_EQ(match("张", "张三"), Match::prefix);
  EXPECT_EQ(match("张三丰", "张三"), Match::none);
  EXPECT_EQ(match("三", "张三"), Match::none);
}

TEST(Pinyin, ANameIsMeantByItsSyllablesWhileTheyAreTyped) {
  EXPECT_EQ(match("zhangsan", "张三"), Match::pinyin);
  EXPECT_EQ(match("ZHANG SAN", "张三"), Match::pinyin);
  EXPECT_EQ(match("xi'an", "西安"), Match::pinyin);
  for (const char* typed : {"zh", "zhang", "zhangs", "zhangsa"}) {
    EXPECT_LE(match(typed, "张三"), Match::initials_prefix) << typed;
  }
  EXPECT_EQ(match("zhangsa", "张三"), Match::pinyin_prefix);
  EXPECT_EQ(match("zhangsi", "张三"), Match::none);
  EXPECT_EQ(match("hang", "张三"), Match::none);
}

TEST(Pinyin, ANameIsMeantByItsInitialsAndByMixtures) {
  EXPECT_EQ(match("zs", "张三"), Match::initials);
  EXPECT_EQ(match("zhs", "张三"), Match::initials);
  EXPECT_EQ(match("z", "张三"), Match::initials_prefix);
  EXPECT_EQ(match("zhang三", "张三"), Match::pinyin);
  EXPECT_EQ(match("张s", "张三"), Match::initials);
  EXPECT_EQ(match("z三", "张三"), Match::initials);
  EXPECT_EQ(match("zsan", "张三"), Match::initials);
  EXPECT_EQ(match("zx", "张三"), Match::none);
}

TEST(Pinyin, AnyReadingOfACharacterMatches) {
  const std::pair<const char*, const char*> cases[] = {
      {"shanxiongxin", "单雄信"}, {"danxiongxin", "单雄信"},  {"qiuying", "仇英"},
      {"zengguofan", "曾国藩"},   {"xiejin", "解缙"},         {"zhashenxing", "查慎行"},
      {"ouyangxiu", "欧阳修"},    {"oujishi", "区寄时"},      {"yuchigong", "尉迟恭"},
      {"moqixie", "万俟卨"},      {"gexu", "盖叙"},           {"yueyi", "乐毅"},
      {"leyi", "乐毅"},           {"lvbu", "吕布"},           {"lubu", "吕布"},
      {"piaoshu", "朴树"},        {"renzhenghang", "任正行"}, {"chongyan", "种晏"}};
  for (const auto& [typed, name] : cases) EXPECT_EQ(match(typed, name), Match::pinyin) << typed;
}

TEST(Pinyin, NamesInOtherScriptsAreMeantByTheirLetters) {
  EXPECT_EQ(match("ali", "Ali"), Match::exact);
  EXPECT_EQ(match("a", "阿里木"), Match::pinyin_prefix);
  EXPECT_EQ(match("", "张三"), Match::none);
  EXPECT_EQ(match("张", ""), Match::none);
  EXPECT_EQ(match("\xff\xfe", "张三"), Match::none);
}

TEST(Pinyin, AnOrganisationIsMeantFromTheMiddleToo) {
  const std::u16string name = to_utf16("中共青山市幸福社区第三支部委员会");
  EXPECT_EQ(Query("幸福社区").match_within(name), Match::prefix);
  EXPECT_EQ(Query("xingfu").match_within(name), Match::pinyin_prefix);
  EXPECT_EQ(Query("xfsq").match_within(name), Match::initials_prefix);
  EXPECT_EQ(Query("中共青山市幸福社区第三支部委员会").match_within(name), Match::exact);
  EXPECT_EQ(Query("幸福街道").match_within(name), Match::none);
}

TEST(Pinyin, NothingTypedTakesLong) {
  const std::u16string name(200, u'阿');
  EXPECT_NE(Query(std::string(64, 'a')).match(name), Match::exact);
}

TEST(Pinyin, NamesAreOrderedAsInADictionary) {
  const Readings& readings = Readings::get();
  const auto less = [&](const char* left, const char* right) {
    return before(readings, to_utf16(left), to_utf16(right));
  };
  EXPECT_TRUE(less("安", "包"));
  EXPECT_TRUE(less("曾", "张"));  // as a surname it is read zeng
  EXPECT_TRUE(less("Ali", "安"));
  EXPECT_TRUE(less("张", "张三"));
  EXPECT_FALSE(less("张三", "张三"));
}

}  // namespace
}  // namespace jishi::pinyin
