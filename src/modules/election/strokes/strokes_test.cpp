#include "modules/election/strokes/strokes.hpp"

#include <gtest/gtest.h>

namespace jishi::election {

namespace {

const Strokes& table() {
  static const Strokes made = *Strokes::open(JISHI_SOURCE_DIR "/packs/party");
  return made;
}

TEST(Strokes, AreThoseOfTheStandard) {
  EXPECT_EQ(table().of(U'王'), "1121");
  EXPECT_EQ(table().of(U'李'), "1234521");
  EXPECT_EQ(table().of(U'刘'), "413422");
  EXPECT_EQ(table().of(U'赵'), "121213434");
  EXPECT_EQ(table().of(U'𠮷'), "");
}

TEST(Strokes, PutNamesInTheOrderOfBallots) {
  std::vector<std::string> names{"黄文", "赵一",   "陈丽华", "张伟", "李娜", "刘洋",
                                 "王强", "马超",   "于敏",   "丁一", "李明", "王建国",
                                 "王",   "欧阳锋", "𠮷田",   "杨阳"};
  std::sort(names.begin(), names.end(),
            [](const auto& left, const auto& right) { return table().before(left, right); });
  const std::vector<std::string> ordered{"丁一",   "于敏", "马超", "王",   "王建国", "王强",
                                         "刘洋",   "李明", "李娜", "杨阳", "张伟",   "陈丽华",
                                         "欧阳锋", "赵一", "黄文", "𠮷田"};
  EXPECT_EQ(names, ordered);
}

TEST(Strokes, OfTheSameNumberGoByTheShapeOfTheFirst) {
  // 横 before 竖 before 撇 before 点 before 折.
  for (const auto& [first, second] : {std::pair{"杨", "吴"}, std::pair{"吴", "何"},
                                      std::pair{"何", "沈"}, std::pair{"沈", "张"}}) {
    EXPECT_TRUE(table().before(first, second)) << first;
    EXPECT_FALSE(table().before(second, first)) << first;
  }
  EXPECT_FALSE(table().before("王", "王"));
}

TEST(Strokes, KnowsWhetherANameIsWhollyThere) {
  EXPECT_TRUE(table().knows("王强"));
  EXPECT_FALSE(table().knows("王𠮷"));
  EXPECT_FALSE(table().knows(""));
}

TEST(Strokes, APackWithoutATableHasNone) {
  const auto empty = Strokes::open("/nowhere");
  ASSERT_TRUE(empty);
  EXPECT_FALSE(empty->knows("王"));
  EXPECT_TRUE(empty->before("李", "王") != empty->before("王", "李"));
}

}  // namespace

}  // namespace jishi::election
