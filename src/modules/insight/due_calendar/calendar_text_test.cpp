#include "modules/insight/due_calendar/calendar_text.hpp"

#include <gtest/gtest.h>

namespace jishi::insight {
namespace {

TEST(CalendarText, EscapesWhatHasAMeaning) {
  EXPECT_EQ(escaped("a,b;c\\d\r\ne"), "a\\,b\\;c\\\\d\\ne");
  EXPECT_EQ(escaped("书记：无"), "书记：无");
}

TEST(CalendarText, FoldsBetweenCharacters) {
  const std::string full(75, 'x');
  EXPECT_EQ(folded(full), fmt::format("{}\r\n", full));
  EXPECT_EQ(folded(full + 'x'), fmt::format("{}\r\n x\r\n", full));
  // Three bytes each: 24 of them and two signs are 74 bytes, and the next does not fit.
  std::string line = "ab";
  for (int i = 0; i < 25; ++i) line += "党";
  EXPECT_EQ(folded(line), fmt::format("{}\r\n {}\r\n", line.substr(0, 74), line.substr(74)));
}

TEST(CalendarText, IsACalendarOfWholeDays) {
  const std::string text =
      calendar_text("到期", {{"1@x", *make_date(2026, 12, 31), "换届", "red", 1'767'225'599'000}});
  EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_NE(text.find("DTSTAMP:20251231T235959Z\r\n"), text.npos);
  EXPECT_NE(text.find("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"), text.npos);
  EXPECT_TRUE(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST(CalendarText, WhatHasAMinuteBeginsOnChinasClock) {
  DueEvent event{"2@x", *make_date(2026, 12, 31), "支部党员大会", "meeting", 0};
  event.minute = 7 * 60 + 30;
  event.place = "一楼, 活动室";
  const std::string text = calendar_text("到期", {event});
  EXPECT_NE(text.find("DTSTART:20261230T233000Z\r\n"), text.npos);
  EXPECT_EQ(text.find("DTEND"), text.npos);
  EXPECT_EQ(text.find("TRANSPARENT"), text.npos);
  EXPECT_NE(text.find("LOCATION:一楼\\, 活动室\r\n"), text.npos);
  EXPECT_NE(text.find("CATEGORIES:MEETING\r\n"), text.npos);
}

TEST(CalendarText, TellsWhereAMeetingIsHeldByVideo) {
  DueEvent event{"3@x", *make_date(2026, 12, 31), "党课", "meeting", 0};
  event.link = "https://a.b/c?d=1,2";
  const std::string bare = calendar_text("到期", {event});
  EXPECT_NE(bare.find("LOCATION:https://a.b/c?d=1\\,2\r\nURL:https://a.b/c?d=1,2\r\n"), bare.npos);
  event.place = "活动室";
  const std::string both = calendar_text("到期", {event});
  EXPECT_NE(both.find("LOCATION:活动室\r\nURL:https://a.b/c?d=1,2\r\n"), both.npos);
}

}  // namespace
}  // namespace jishi::insight
