#include "platform/log/log.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace jishi::log {
namespace {

class Lines : public ::testing::Test {
 protected:
  FixedClock clock{*make_date(2026, 11, 24)};
  std::vector<std::string> lines;
  Log log{clock, [this](std::string_view line) { lines.emplace_back(line); }};

  void pass(std::int64_t milliseconds) { clock.set_ms(clock.now_ms() + milliseconds); }
};

TEST_F(Lines, SayWhenHowBadAndWhat) {
  pass(11 * 3'600'000 + 62'005);
  log.error("request_failed", {{"request", "aa"}, {"message", "a \"word\"\nand a line"}});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0],
            R"({"time":"2026-11-24T11:01:02.005Z","level":"error","event":"request_failed",)"
            R"("request":"aa","message":"a \"word\"\nand a line"})");
}

TEST_F(Lines, TroubleIsToldWhenItBeginsOnceAMinuteAndWhenItIsOver) {
  Trouble trouble(log, clock, "store_away");
  trouble.over();
  EXPECT_TRUE(lines.empty());
  for (int second = 0; second <= 90; ++second) {
    trouble.met("refused");
    pass(1'000);
  }
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(
      lines[0].find(R"("level":"warning","event":"store_away","message":"refused","times":1)"),
      std::string::npos);
  EXPECT_NE(lines[1].find(R"("times":61)"), std::string::npos);
  trouble.over();
  trouble.over();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_NE(lines[2].find(R"("event":"store_away_over","seconds":91)"), std::string::npos);
}

}  // namespace
}  // namespace jishi::log
