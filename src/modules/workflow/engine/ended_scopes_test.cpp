// Back into a sub-process or a called process that has ended.
#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

const std::string kInside = element("startEvent", "s2") + element("userTask", "in1") +
                            element("userTask", "in2") + element("endEvent", "e2") +
                            chain({"s2", "in1", "in2", "e2"});

Case behind_a_part(const std::string& part, const std::string& roots = "") {
  Case one(kStartAndEnd + element("userTask", "draft") + part + element("userTask", "z") +
               chain({"s", "draft", "part", "z", "e"}),
           roots);
  one.start(R"({"x": 1})");
  one.approve("draft", "li");
  one.approve("in1", "wang");
  one.approve("in2", "zhao", R"({"y": 2})");
  EXPECT_EQ(one.open(), "z");
  return one;
}

TEST(EndedScopes, TheLastWhoActedInASubProcessWithdraws) {
  Case one = behind_a_part(element("subProcess", "part", kInside));
  EXPECT_EQ(one.act(Verb::withdraw, "in1", "wang"), "acted_already");
  EXPECT_EQ(one.act(Verb::withdraw, "in2", "zhao"), "done");
  EXPECT_EQ(one.open(), "in2");
  EXPECT_EQ(one.state.scopes.size(), 2);
  EXPECT_TRUE(one.state.ended.empty());
  EXPECT_EQ(one.act(Verb::send_back, "in2", "zhao", "", "draft"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_EQ(one.state.scopes.size(), 1);
}

TEST(EndedScopes, AreSentBackInto) {
  for (const char* to : {"previous", "in1", "draft"}) {
    Case one = behind_a_part(element("subProcess", "part", kInside));
    EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", to), "done");
    const std::string open = to == std::string("previous") ? "in2" : to;
    EXPECT_EQ(one.open(), open);
    for (const auto& [step, who] :
         {std::pair("draft", "li"), std::pair("in1", "wang"), std::pair("in2", "zhao")}) {
      if (one.open() == step) {
        EXPECT_EQ(one.approve(step, who), "done");
      }
    }
    EXPECT_EQ(one.approve("z", "sun"), "done");
    EXPECT_EQ(one.status(), "completed");
  }
}

TEST(EndedScopes, NoneOfSeveralIsGoneBackInto) {
  Case one = behind_a_part(element("subProcess", "part",
                                   kInside + "<multiInstanceLoopCharacteristics>"
                                             "<loopCardinality>1</loopCardinality>"
                                             "</multiInstanceLoopCharacteristics>"));
  EXPECT_EQ(one.act(Verb::withdraw, "in2", "zhao"), "acted_already");
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "in2"), "no_earlier_step");
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "previous"), "done");
  EXPECT_EQ(one.open(), "draft");
}

// What joined again is gone back to before its split alone: a branch by itself would wait for ever.
TEST(EndedScopes, BranchesThatJoinedAreNotGoneBackInto) {
  const std::string inside = element("startEvent", "s2") + element("userTask", "in1") +
                             element("parallelGateway", "g") + element("userTask", "a") +
                             element("userTask", "b") + element("parallelGateway", "j") +
                             element("endEvent", "e2") + chain({"s2", "in1", "g", "a", "j", "e2"}) +
                             chain({"g", "b", "j"});
  Case one(kStartAndEnd + element("subProcess", "part", inside) + element("userTask", "z") +
           chain({"s", "part", "z", "e"}));
  one.start();
  one.approve("in1", "li");
  one.approve("a", "wang");
  one.approve("b", "zhao");
  EXPECT_EQ(one.act(Verb::withdraw, "b", "zhao"), "acted_already");
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "b"), "no_earlier_step");
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "previous"), "done");
  EXPECT_EQ(one.open(), "in1");
  for (const char* step : {"in1", "a", "b", "z"}) {
    EXPECT_EQ(one.approve(step, step == std::string("in1") ? "li" : "sun"), "done");
  }
  EXPECT_EQ(one.status(), "completed");
}

}  // namespace
}  // namespace jishi::workflow
