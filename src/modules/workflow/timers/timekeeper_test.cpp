// What happens by itself: once, at its moment, also when nothing ran then.

#include "modules/workflow/timers/timekeeper.hpp"

#include "modules/workflow/cases/test_cases.hpp"
#include "modules/workflow/facts.hpp"

namespace jishi::workflow {
namespace {

constexpr Statement kLate{"test.late", "select late from workflow_task where state = 'open'"};
constexpr Statement kReminded{"test.reminded", "select reminded from workflow_task"};
constexpr Statement kDesks{"test.desks", "select count(*) from workflow_desk where owner = $1"};
constexpr Statement kTimers{"test.timers", "select count(*) from workflow_timer"};
constexpr Statement kVerbs{"test.verbs",
                           "select count(*) from workflow_case_event where verb = $1"};

std::string timer(const std::string& id, const std::string& span) {
  return element(
      "intermediateCatchEvent", id,
      "<timerEventDefinition><timeDuration>" + span + "</timeDuration></timerEventDefinition>");
}

TEST(Timekeeper, ATimerFiresOnceAlsoWhenItsMomentPassedWhileNothingRan) {
  CaseRoom room;
  room.deploy(kStartAndEnd + timer("wait", "P3D") + element("userTask", "then") +
              chain({"s", "wait", "then", "e"}));
  ASSERT_TRUE(room.start());
  room.pass(2 * kDay);
  EXPECT_EQ(room.run_due(), 0);
  EXPECT_EQ(room.open_tasks(), "");
  room.store.close();
  room.pass(30 * kDay);
  ASSERT_TRUE(room.store.open());
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.open_tasks(), "then");
  EXPECT_EQ(room.run_due(), 0);
  EXPECT_EQ(room.facts_of(fact::kTimerFired), 1);
  EXPECT_EQ(room.ask(kTimers), 0);
}

TEST(Timekeeper, ARemindedTaskIsToldToTheOrganisationAboveWhenItIsLate) {
  CaseRoom room;
  room.deploy(kStartAndEnd +
              element("userTask", "t", "",
                      "jishi:role=\"secretary\" jishi:due=\"P3D\" jishi:remind=\"P1D\" "
                      "jishi:escalate=\"P2D\"") +
              chain({"s", "t", "e"}));
  const auto started = room.start();
  ASSERT_TRUE(started);
  room.pass(2 * kDay - 1);
  EXPECT_EQ(room.run_due(), 0);
  room.pass(1);
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.ask(kVerbs, "remind"), 1);
  EXPECT_EQ(room.facts_of(fact::kTaskReminded), 1);
  EXPECT_EQ(room.ask(kLate), 0);
  EXPECT_EQ(room.facts_of(fact::kNoticeSent), 1);
  EXPECT_EQ(room.ask(kReminded), 1);
  room.pass(kDay);
  EXPECT_EQ(room.run_due(), 1);  // late when it is due, told above two days later
  EXPECT_EQ(room.ask(kLate), 1);
  EXPECT_EQ(room.ask(kDesks, room.top), 0);
  room.pass(kDay);
  EXPECT_EQ(room.run_due(), 0);
  room.pass(kDay);
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.ask(kVerbs, "escalate"), 1);
  EXPECT_EQ(room.ask(kDesks, room.top), 1);
  EXPECT_EQ(room.facts_of(fact::kTaskLate), 2);
  EXPECT_EQ(room.run_due(), 0);
  EXPECT_TRUE(room.act(started->case_id, "t", Verb::approve));
  EXPECT_EQ(room.ask(kDesks, room.top), 0);
}

TEST(Timekeeper, WhatIsLateWhenTheServerIsBackIsNotAnnouncedAsDueSoon) {
  CaseRoom room;
  room.deploy(kStartAndEnd +
              element("userTask", "t", "",
                      "jishi:role=\"secretary\" jishi:due=\"P3D\" jishi:remind=\"P1D\"") +
              chain({"s", "t", "e"}));
  ASSERT_TRUE(room.start());
  room.pass(30 * kDay);
  while (room.run_due() > 0) {
  }
  EXPECT_EQ(room.facts_of(fact::kTaskReminded), 0);
  EXPECT_EQ(room.ask(kLate), 1);
}

TEST(Timekeeper, ALateTaskIsToldAboveOnlyWhereItsStepSaysSo) {
  CaseRoom room;
  room.deploy(kStartAndEnd +
              element("userTask", "t", "", "jishi:role=\"secretary\" jishi:due=\"P3D\"") +
              chain({"s", "t", "e"}));
  ASSERT_TRUE(room.start());
  room.pass(30 * kDay);
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.ask(kLate), 1);
  EXPECT_EQ(room.ask(kDesks, room.top), 0);
  EXPECT_EQ(room.ask(kTimers), 0);
  EXPECT_EQ(room.run_due(), 0);
}

TEST(Timekeeper, ATaskThatIsDoneInTimeIsToldOfToNobody) {
  CaseRoom room;
  room.deploy(kStartAndEnd +
              element("userTask", "t", "", "jishi:due=\"P3D\" jishi:remind=\"P1D\"") +
              chain({"s", "t", "e"}));
  const auto started = room.start();
  ASSERT_TRUE(room.act(started->case_id, "t", Verb::approve));
  room.pass(30 * kDay);
  EXPECT_EQ(room.run_due(), 0);
  EXPECT_EQ(room.facts_of(fact::kTaskReminded) + room.facts_of(fact::kTaskLate), 0);
}

TEST(Timekeeper, ASuspendedCaseWaitsAndGoesOnWhenItIsResumed) {
  CaseRoom room;
  room.deploy(kStartAndEnd + timer("wait", "P3D") + element("userTask", "then") +
              chain({"s", "wait", "then", "e"}));
  const auto started = room.start();
  ASSERT_TRUE(room.act(started->case_id, "", Verb::suspend));
  room.pass(10 * kDay);
  EXPECT_EQ(room.run_due(), 0);
  ASSERT_TRUE(room.act(started->case_id, "", Verb::resume));
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.open_tasks(), "then");
}

TEST(Timekeeper, NothingOfASuspendedCaseIsLate) {
  CaseRoom room;
  room.deploy(kStartAndEnd +
              element("userTask", "t", "",
                      "jishi:role=\"secretary\" jishi:due=\"P3D\" jishi:escalate=\"P2D\"") +
              chain({"s", "t", "e"}));
  const auto started = room.start();
  ASSERT_TRUE(started);
  ASSERT_TRUE(room.act(started->case_id, "t", Verb::suspend));
  room.pass(6 * kDay);
  room.run_due();
  EXPECT_EQ(room.ask(kLate), 0);
  EXPECT_EQ(room.ask(kVerbs, "late"), 0);
  ASSERT_TRUE(room.act(started->case_id, "t", Verb::resume));
  room.pass(kTryAgain);
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.ask(kLate), 1);
}

TEST(Timekeeper, AStepThatIsRefusedKeepsNoOtherBackAndIsTriedAgain) {
  Operations operations;
  bool refuses = true;
  operations.add("sometimes", [&](Transaction&, const OperationCall& call) -> Result<feel::Value> {
    const feel::Value* bad = call.variables.entry("bad");
    if (refuses && bad != nullptr && bad->is_true())
      return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "x"}});
    return feel::Value();
  });
  CaseRoom room(operations);
  room.deploy(kStartAndEnd + timer("wait", "P1D") +
              element("serviceTask", "do", "", "jishi:operation=\"sometimes\"") +
              element("userTask", "then") + chain({"s", "wait", "do", "then", "e"}));
  ASSERT_TRUE(room.start(R"({"bad": true})"));
  ASSERT_TRUE(room.start());
  room.pass(kDay);
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.open_tasks(), "then");
  EXPECT_EQ(room.run_due(), 0);
  refuses = false;
  room.pass(kTryAgain);
  EXPECT_EQ(room.run_due(), 1);
  EXPECT_EQ(room.open_tasks(), "then then");
}

}  // namespace
}  // namespace jishi::workflow
