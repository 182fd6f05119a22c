// Back into one branch of a part whose branches have come together.
#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

Case behind_a_join() {
  Case one(kStartAndEnd + element("userTask", "draft") + element("parallelGateway", "g") +
           element("userTask", "a1") + element("userTask", "a2") + element("userTask", "b1") +
           element("parallelGateway", "j") + element("userTask", "z") +
           chain({"s", "draft", "g", "a1", "a2", "j", "z", "e"}) + chain({"g", "b1", "j"}));
  one.start();
  for (const char* step : {"draft", "a1", "a2", "b1"}) EXPECT_EQ(one.approve(step, "li"), "done");
  EXPECT_EQ(one.open(), "z");
  return one;
}

TEST(Joined, OneBranchIsGoneBackIntoAndTheOthersWaitForIt) {
  for (const char* to : {"a1", "a2", "b1"}) {
    Case one = behind_a_join();
    EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", to), "done");
    EXPECT_EQ(one.open(), to);
    EXPECT_EQ(one.state.tokens.size(), 2);
    EXPECT_TRUE(one.state.joined.empty());
    if (to == std::string("a1")) {
      EXPECT_EQ(one.approve("a1", "li"), "done");
      EXPECT_EQ(one.open(), "a2");
    }
    EXPECT_EQ(one.approve(one.open(), "li"), "done");
    EXPECT_EQ(one.open(), "z");
    EXPECT_EQ(one.state.tokens.size(), 1);
    EXPECT_EQ(one.approve("z", "sun"), "done");
    EXPECT_EQ(one.status(), "completed");
  }
}

TEST(Joined, TheStepBeforeTheBranchesIsThePreviousOne) {
  Case one = behind_a_join();
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "previous"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_EQ(one.state.tokens.size(), 1);
}

TEST(Joined, WhatIsNotOnRecordIsRefusedWithTheReason) {
  Case one = behind_a_join();
  one.state.joined.clear();  // as of a case that was joined before this was kept
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "a2"), "behind_a_join");
  EXPECT_EQ(one.open(), "z");
}

TEST(Joined, ABranchWithinABranch) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("parallelGateway", "h") +
           element("userTask", "a") + element("userTask", "b") + element("userTask", "c") +
           element("parallelGateway", "i") + element("parallelGateway", "j") +
           element("userTask", "y") + element("userTask", "z") +
           chain({"s", "g", "h", "a", "i", "y", "j", "z", "e"}) + chain({"h", "b", "i"}) +
           chain({"g", "c", "j"}));
  one.start();
  for (const char* step : {"a", "b", "y", "c"}) EXPECT_EQ(one.approve(step, step), "done");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "a"), "done");
  EXPECT_EQ(one.open(), "a");
  EXPECT_EQ(one.state.tokens.size(), 3);
  EXPECT_EQ(one.approve("a", "a"), "done");
  EXPECT_EQ(one.open(), "y");
  EXPECT_EQ(one.approve("y", "y"), "done");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.state.tokens.size(), 1);
}

TEST(Joined, NoBranchBehindWhatIsDoneForGood) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "a") +
           element("userTask", "b") + element("parallelGateway", "j") +
           element("serviceTask", "v") + element("userTask", "z") +
           chain({"s", "g", "a", "j", "v", "z", "e"}) + chain({"g", "b", "j"}));
  one.start();
  one.approve("a", "a");
  one.approve("b", "b");
  EXPECT_EQ(one.act(Verb::service_done, "v", ""), "done");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "a"), "done_for_good");
}

/// An activity with an event beside it, and both of them before an inclusive join.
Case beside_a_join(const std::string& timer, const std::string& between = "") {
  Case one(
      kStartAndEnd + element("userTask", "a") +
      element("boundaryEvent", "t", "<timerEventDefinition>" + timer + "</timerEventDefinition>",
              "attachedToRef=\"a\" cancelActivity=\"false\"") +
      (between.empty() ? "" : element("userTask", between)) + element("inclusiveGateway", "j") +
      element("userTask", "z") + chain({"s", "a", "j", "z", "e"}) +
      chain(between.empty() ? std::vector<std::string>{"t", "j"}
                            : std::vector<std::string>{"t", between, "j"}));
  one.start();
  return one;
}

TEST(Joined, AnEventBesideAnActivityIsNoOtherWayForIt) {
  Case first = beside_a_join("<timeDuration>PT1H</timeDuration>", "n");
  first.advance(kDay);
  Case last = first;
  EXPECT_EQ(first.approve("n", "li"), "done");
  EXPECT_EQ(first.open(), "a");
  EXPECT_EQ(first.approve("a", "li"), "done");
  EXPECT_EQ(last.approve("a", "li"), "done");
  EXPECT_EQ(last.open(), "n");
  EXPECT_EQ(last.approve("n", "li"), "done");
  Case several = beside_a_join("<timeCycle>R2/PT1H</timeCycle>");
  several.advance(kDay);
  several.advance(kDay);
  EXPECT_EQ(several.open(), "a");
  EXPECT_EQ(several.state.tokens.size(), 3);
  EXPECT_EQ(several.approve("a", "li"), "done");
  Case never = beside_a_join("<timeDuration>PT1H</timeDuration>", "n");
  EXPECT_EQ(never.approve("a", "li"), "done");
  for (Case* each : {&first, &last, &several, &never}) {
    EXPECT_EQ(each->open(), "z");
    EXPECT_EQ(each->state.tokens.size(), 1);
  }
}

TEST(Joined, WhatMayComeBesideAnActivityThatLeadsElsewhereIsWaitedFor) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "a") +
           element("userTask", "c") +
           element("boundaryEvent", "t",
                   "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>",
                   "attachedToRef=\"a\" cancelActivity=\"false\"") +
           element("inclusiveGateway", "j") + element("userTask", "z") +
           chain({"s", "g", "a", "e"}) + chain({"g", "c", "j", "z", "e"}) + flow("t", "j"));
  one.start();
  one.approve("c", "li");
  EXPECT_EQ(one.open(), "a");
  one.advance(kDay);
  EXPECT_EQ(one.open(), "a z");
}

}  // namespace
}  // namespace jishi::workflow
