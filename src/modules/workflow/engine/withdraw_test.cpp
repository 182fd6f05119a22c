// What can be taken back: over joins, of ended branches, behind a day that came; and which is last.
#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

/// Two branches that come together before z.
Case two_branches(const std::string& gateway = "parallelGateway", const std::string& signs = "") {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "b", "", signs) +
           element("userTask", "c") + element(gateway, "j") + element("userTask", "z") +
           chain({"s", "g", "b", "j", "z", "e"}) + chain({"g", "c", "j"}));
  one.start(R"({"people":["u","v"]})");
  return one;
}

TEST(VerbsWithdraw, BehindAJoinTheOtherBranchesWaitAgain) {
  for (const char* gateway : {"parallelGateway", "inclusiveGateway"}) {
    Case joined = two_branches(gateway);
    joined.approve("b", "v");
    joined.approve("c", "w");
    EXPECT_EQ(joined.open(), "z");
    for (const char* named : {"", "c", "z"}) {
      Case one = joined;
      EXPECT_EQ(one.act(Verb::withdraw, named, "w"), "done") << named;
      EXPECT_EQ(one.open(), "c");
      EXPECT_EQ(one.state.tokens.size(), 2);
      EXPECT_EQ(one.approve("c", "w"), "done");
      EXPECT_EQ(one.open(), "z");
      EXPECT_EQ(one.state.tokens.size(), 1);
    }
    joined.act(Verb::claim, "z", "sun");
    EXPECT_EQ(joined.act(Verb::withdraw, "c", "w"), "acted_already");
  }
}

TEST(VerbsWithdraw, NotBehindAJoinThatIsNotOnRecord) {
  Case one = two_branches();
  one.approve("b", "v");
  one.approve("c", "w");
  one.state.joined.clear();  // as of a case that was joined before this was kept
  EXPECT_EQ(one.act(Verb::withdraw, "c", "w"), "acted_already");
}

TEST(VerbsWithdraw, ABranchThatEnded) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "b") +
           element("userTask", "c") + chain({"s", "g", "b", "e"}) + chain({"g", "c", "e"}));
  one.start();
  one.approve("b", "u");
  for (const char* named : {"", "b"}) {
    Case taken = one;
    EXPECT_EQ(taken.act(Verb::withdraw, named, "u"), "done");
    EXPECT_EQ(taken.open(), "b c");
    EXPECT_EQ(taken.approve("c", "w"), "done");
    EXPECT_EQ(taken.approve("b", "u"), "done");
    EXPECT_EQ(taken.status(), "completed");
  }
}

TEST(VerbsWithdraw, ADayThatCameIsNobodyWhoActed) {
  const auto behind_a_day = [](const std::string& then) {
    Case one(
        kStartAndEnd + element("userTask", "a") +
        element("intermediateCatchEvent", "t",
                "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>") +
        then + element("userTask", "z") +
        chain(then.empty() ? std::vector<std::string>{"s", "a", "t", "z", "e"}
                           : std::vector<std::string>{"s", "a", "t", "v", "z", "e"}));
    one.start();
    one.approve("a", "u");
    one.advance(kDay);
    return one;
  };
  Case one = behind_a_day("");
  EXPECT_EQ(one.open(), "z");
  Case taken = one;
  EXPECT_EQ(taken.act(Verb::withdraw, "", "u"), "done");
  EXPECT_EQ(taken.open(), "a");
  EXPECT_EQ(taken.approve("a", "u"), "done");
  EXPECT_EQ(taken.open(), "");
  EXPECT_EQ(taken.advance(kDay), "done");
  EXPECT_EQ(taken.open(), "z");
  one.act(Verb::claim, "z", "w");
  EXPECT_EQ(one.act(Verb::withdraw, "", "u"), "acted_already");
  Case service = behind_a_day(element("serviceTask", "v"));
  service.act(Verb::service_done, "v", "");
  EXPECT_EQ(service.open(), "z");
  EXPECT_EQ(service.act(Verb::withdraw, "", "u"), "acted_already");
}

TEST(VerbsWithdraw, TheLastOfSignatureAndStep) {
  const std::string signs = "jishi:sign=\"joint\" jishi:signers=\"people\"";
  Case step_last = two_branches("parallelGateway", signs);
  step_last.approve("b", "u");
  step_last.approve("c", "u");
  Case named = step_last;
  EXPECT_EQ(step_last.act(Verb::withdraw, "", "u"), "done");
  EXPECT_EQ(step_last.open(), "b c");
  EXPECT_EQ(step_last.approve("b", "u"), "signed_already");
  EXPECT_EQ(named.act(Verb::withdraw, "b", "u"), "done");
  EXPECT_EQ(named.open(), "b");
  EXPECT_EQ(named.approve("b", "u"), "done");
  Case signed_last = two_branches("parallelGateway", signs);
  signed_last.approve("c", "u");
  signed_last.approve("b", "u");
  EXPECT_EQ(signed_last.act(Verb::withdraw, "", "u"), "done");
  EXPECT_EQ(signed_last.open(), "b");
  EXPECT_EQ(signed_last.approve("b", "u"), "done");
}

TEST(VerbsWithdraw, OneOfSeveralIsNotTakenBackAlone) {
  Case one(kStartAndEnd +
           element("userTask", "m",
                   "<multiInstanceLoopCharacteristics isSequential=\"true\">"
                   "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>") +
           chain({"s", "m", "e"}));
  one.start();
  one.approve("m", "u");
  EXPECT_EQ(one.act(Verb::withdraw, "", "u"), "one_of_several");
}

}  // namespace
}  // namespace jishi::workflow
