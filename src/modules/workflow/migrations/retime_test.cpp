// What a case takes over from another version: who does its open tasks, until when, its timers.

#include "modules/workflow/migrations/retime.hpp"

#include <gtest/gtest.h>

#include "modules/workflow/engine/test_process.hpp"
#include "modules/workflow/migrations/migrate_cases.hpp"

namespace jishi::workflow {
namespace {

constexpr Moment kStarted = 1'800'000'000'000;
constexpr Moment kOneDay = 24 * 3'600'000;

std::shared_ptr<const Definition> of(const std::string& task, const std::string& timer) {
  return define(process_xml(
      kStartAndEnd + element("userTask", "t", "", task) +
      "<boundaryEvent id=\"b\" attachedToRef=\"t\" cancelActivity=\"false\"><timerEventDefinition>"
      "<timeDuration>" +
      timer + "</timeDuration></timerEventDefinition></boundaryEvent>" + element("endEvent", "e2") +
      chain({"s", "t", "e"}) + chain({"b", "e2"})));
}

std::vector<MigrationChange> migrated(const Definition& from, const Definition& to, State& state) {
  auto moved = state_in(from, to, state);
  if (!moved) return {};
  state = *moved;
  const std::vector<OpenRow> rows{{1, state.tasks.front().id, 1, kStarted}};
  return take_over(from, to, state, rows, kStarted + 2 * kOneDay);
}

State begun(const Definition& definition) {
  Event event;
  event.now = kStarted;
  const Environment none;
  return apply(definition, definition.processes.front(), {}, event, none).state;
}

TEST(TakeOver, DaysAndTimersAreCountedFromWhenTheStepCameUp) {
  const auto one = of("jishi:role=\"secretary\"", "P3D");
  const auto other = of("jishi:role=\"deputy_secretary\" jishi:due=\"P5D\"", "P30D");
  State state = begun(*one);
  state.tasks.front().assignee = "7";
  const auto changes = migrated(*one, *other, state);
  ASSERT_EQ(changes.size(), 3);
  EXPECT_EQ(changes[0].what, "role");
  EXPECT_EQ(changes[0].role, "deputy_secretary");
  EXPECT_EQ(changes[1].what, "due");
  EXPECT_EQ(changes[1].from_ms, std::nullopt);
  EXPECT_EQ(changes[1].to_ms, kStarted + 5 * kOneDay);
  EXPECT_EQ(changes[2].what, "timer");
  EXPECT_EQ(changes[2].from_ms, kStarted + 3 * kOneDay);
  EXPECT_EQ(state.timers.front().due, kStarted + 30 * kOneDay);
  EXPECT_EQ(state.tasks.front().assignee, "");
}

TEST(TakeOver, WhatIsTheSameStaysAsItIs) {
  const auto one = of("jishi:role=\"secretary\" jishi:due=\"P5D\"", "P3D");
  State state = begun(*one);
  state.tasks.front().assignee = "7";
  EXPECT_TRUE(migrated(*one, *one, state).empty());
  EXPECT_EQ(state.tasks.front().assignee, "7");
  EXPECT_EQ(state.timers.front().due, kStarted + 3 * kOneDay);
}

TEST(TakeOver, ATimerThatAStepDidNotHaveBeginsWithTheStep) {
  const auto one =
      define(process_xml(kStartAndEnd + element("userTask", "t") + chain({"s", "t", "e"})));
  const auto other = of("", "P3D");
  State state = begun(*one);
  const auto changes = migrated(*one, *other, state);
  ASSERT_EQ(changes.size(), 1);
  EXPECT_EQ(changes[0].to_ms, kStarted + 3 * kOneDay);
  ASSERT_EQ(state.timers.size(), 1);
}

}  // namespace
}  // namespace jishi::workflow
