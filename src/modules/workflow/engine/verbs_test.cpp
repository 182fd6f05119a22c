// What people do: each verb done, and each refused.
#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

TEST(Verbs, Claim) {
  Case one = three_steps();
  EXPECT_EQ(one.act(Verb::claim, "draft", ""), "actor_missing");
  EXPECT_EQ(one.act(Verb::release, "draft", "wang"), "not_claimed");
  EXPECT_EQ(one.act(Verb::claim, "draft", "wang"), "done");
  EXPECT_EQ(one.act(Verb::claim, "draft", "wang"), "claimed_already");
  EXPECT_EQ(one.act(Verb::claim, "draft", "zhao"), "not_assignee");
  EXPECT_EQ(one.approve("draft", "zhao"), "not_assignee");
  EXPECT_EQ(one.act(Verb::release, "draft", "wang"), "done");
  EXPECT_EQ(one.approve("draft", "zhao"), "done");
  EXPECT_EQ(one.act(Verb::claim, "draft", "wang"), "task_closed");
  EXPECT_EQ(one.approve("check", ""), "actor_missing");
}

TEST(Verbs, SendBack) {
  Case one = three_steps();
  EXPECT_EQ(one.act(Verb::send_back, "draft", "li", "", "previous"), "no_earlier_step");
  one.approve("draft", "li");
  one.approve("check", "wang");
  EXPECT_EQ(one.act(Verb::send_back, "sign", "zhao", "", ""), "target_missing");
  EXPECT_EQ(one.act(Verb::send_back, "sign", "zhao", "", "sign"), "no_earlier_step");
  Case previous = one;
  EXPECT_EQ(previous.act(Verb::send_back, "sign", "zhao", "", "previous", R"({"why":"x"})"),
            "done");
  EXPECT_EQ(previous.open(), "check");
  EXPECT_EQ(previous.state.tasks[0].assignee, "wang");
  EXPECT_EQ(previous.variable("why"), "\"x\"");
  EXPECT_EQ(previous.approve("check", "zhao"), "not_assignee");
  EXPECT_EQ(previous.approve("check", "wang"), "done");
  EXPECT_EQ(previous.open(), "sign");
  for (const char* to : {"draft", "initiator"}) {
    Case far = one;
    EXPECT_EQ(far.act(Verb::send_back, "sign", "zhao", "", to), "done");
    EXPECT_EQ(far.open(), "draft");
    EXPECT_EQ(far.state.tasks[0].assignee, "li");
    EXPECT_EQ(far.state.tokens.size(), 1);
    EXPECT_TRUE(far.state.steps.empty());
  }
}

TEST(Verbs, SendBackOutOfASplitTakesTheOthersAlong) {
  Case one(kStartAndEnd + element("userTask", "draft") + element("parallelGateway", "g") +
           element("userTask", "a1") + element("userTask", "a2") + element("userTask", "b1") +
           element("parallelGateway", "j") + element("userTask", "z") +
           chain({"s", "draft", "g", "a1", "a2", "j", "z", "e"}) + chain({"g", "b1", "j"}));
  one.start();
  one.approve("draft", "li");
  one.approve("a1", "wang");
  Case within = one;
  EXPECT_EQ(within.act(Verb::send_back, "a2", "zhao", "", "previous"), "done");
  EXPECT_EQ(within.open(), "a1 b1");
  EXPECT_EQ(one.act(Verb::send_back, "b1", "zhao", "", "a1"), "no_earlier_step");
  Case out = one;
  EXPECT_EQ(out.act(Verb::send_back, "a2", "zhao", "", "draft"), "done");
  EXPECT_EQ(out.open(), "draft");
  EXPECT_EQ(out.state.tokens.size(), 1);
  // Behind the join all of the branches may be gone back to; what came of the step is undone.
  one.approve("a2", "zhao");
  one.approve("b1", "zhao");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "draft"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_TRUE(one.state.joined.empty());
}

TEST(Verbs, SendBackOutOfASubProcess) {
  Case one(kStartAndEnd + element("userTask", "draft") +
           element("subProcess", "sub",
                   element("startEvent", "s2") + element("userTask", "in") +
                       element("endEvent", "e2") + chain({"s2", "in", "e2"})) +
           chain({"s", "draft", "sub", "e"}));
  one.start();
  one.approve("draft", "li");
  EXPECT_EQ(one.act(Verb::send_back, "in", "wang", "", "previous"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_EQ(one.state.scopes.size(), 1);
}

TEST(Verbs, Withdraw) {
  Case one = three_steps();
  EXPECT_EQ(one.act(Verb::withdraw, "", "li"), "nothing_to_withdraw");
  one.approve("draft", "li");
  Case taken = one;
  EXPECT_EQ(one.act(Verb::withdraw, "", "wang"), "nothing_to_withdraw");
  EXPECT_EQ(one.act(Verb::withdraw, "", "li"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_EQ(one.state.tasks[0].assignee, "li");
  taken.act(Verb::claim, "check", "wang");
  EXPECT_EQ(taken.act(Verb::withdraw, "", "li"), "acted_already");
  Case acted = three_steps();
  acted.approve("draft", "li");
  acted.approve("check", "wang");
  EXPECT_EQ(acted.act(Verb::withdraw, "", "li"), "acted_already");
  EXPECT_EQ(acted.act(Verb::withdraw, "", "wang"), "done");
  EXPECT_EQ(acted.open(), "check");
  Case service(kStartAndEnd + element("userTask", "a") + element("serviceTask", "v") +
               chain({"s", "a", "v", "e"}));
  service.start();
  service.approve("a", "li");
  EXPECT_EQ(service.act(Verb::withdraw, "", "li"), "acted_already");
}

TEST(Verbs, DelegateAndTransfer) {
  Case one = three_steps();
  EXPECT_EQ(one.act(Verb::delegate, "draft", "li", ""), "person_missing");
  EXPECT_EQ(one.act(Verb::delegate, "draft", "li", "li"), "same_person");
  EXPECT_EQ(one.act(Verb::delegate, "draft", "li", "wang"), "done");
  EXPECT_EQ(one.approve("draft", "li"), "not_assignee");
  EXPECT_EQ(one.act(Verb::delegate, "draft", "wang", "zhao"), "delegated");
  Case back = one;
  EXPECT_EQ(back.act(Verb::withdraw, "", "wang"), "nothing_to_withdraw");
  EXPECT_EQ(back.act(Verb::withdraw, "", "li"), "done");
  EXPECT_EQ(back.approve("draft", "li"), "done");
  EXPECT_EQ(one.approve("draft", "wang", R"({"done by":"wang"})"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_EQ(one.state.tasks[0].assignee, "li");
  EXPECT_EQ(one.approve("draft", "li"), "done");
  EXPECT_EQ(one.act(Verb::transfer, "check", "wang", "zhao"), "done");
  EXPECT_EQ(one.approve("check", "wang"), "not_assignee");
  EXPECT_EQ(one.approve("check", "zhao"), "done");
  EXPECT_EQ(one.open(), "sign");
  Case joint = signed_by("joint");
  EXPECT_EQ(joint.act(Verb::delegate, "t", "a", "x"), "has_signers");
  EXPECT_EQ(joint.act(Verb::transfer, "t", "a", "b"), "signer_already");
  EXPECT_EQ(joint.act(Verb::transfer, "t", "a", "x"), "done");
  EXPECT_EQ(joint.approve("t", "a"), "not_signer");
  EXPECT_EQ(joint.approve("t", "x"), "done");
}

TEST(Verbs, CopyAndUrge) {
  Case one = three_steps();
  EXPECT_EQ(one.act(Verb::copy, "draft", "li", ""), "person_missing");
  EXPECT_EQ(one.act(Verb::copy, "draft", "li", "sun"), "done");
  EXPECT_EQ(one.count(Effect::Kind::copied), 1);
  one.act(Verb::claim, "draft", "wang");
  EXPECT_EQ(one.act(Verb::urge, "draft", "wang"), "own_task");
  EXPECT_EQ(one.act(Verb::urge, "draft", "li"), "done");
  EXPECT_EQ(one.act(Verb::urge, "draft", "li"), "urged_lately");
  for (int i = 1; i < kMostUrges; ++i) {
    one.now += kDay;
    EXPECT_EQ(one.act(Verb::urge, "draft", "li"), "done");
  }
  one.now += kDay;
  EXPECT_EQ(one.act(Verb::urge, "draft", "li"), "urged_enough");
  Case joint = signed_by("joint");
  joint.approve("t", "a");
  joint.act(Verb::urge, "t", "li");
  EXPECT_EQ(joint.count(Effect::Kind::urged), 2);
}

// A step with a form behind which nothing asks how it ended is completed, or sent back.
TEST(Verbs, RejectWhereSomethingAsksForIt) {
  Case plain = three_steps();
  EXPECT_EQ(plain.act(Verb::reject, "draft", "li"), "done") << "a yes or a no, and nothing else";
  const auto rejected = [](const std::string& attributes, const std::string& condition) {
    Case one(kStartAndEnd + element("userTask", "a", "", "jishi:form=\"x\" " + attributes) +
             element("businessRuleTask", "r", "", "jishi:decision=\"x.dmn#y\"") +
             element("exclusiveGateway", "g", "", "default=\"g_e\"") + element("userTask", "b") +
             chain({"s", "a", "r", "g"}) + flow("g", "b", condition) + flow("g", "e") +
             flow("b", "e"));
    one.environment.decide = [](const Node&, const feel::Value&, Moment) -> Result<feel::Value> {
      return feel::Value();
    };
    one.start();
    return one.act(Verb::reject, "a", "li");
  };
  const std::string result = "jishi:result=\"agreed\"";
  EXPECT_EQ(rejected("", "outcome = \"rejected\""), "done");
  EXPECT_EQ(rejected("", "check.outcome = 1"), "nothing_to_reject");
  EXPECT_EQ(rejected("", "outcomes = 1"), "nothing_to_reject");
  EXPECT_EQ(rejected(result, "outcome = \"rejected\""), "nothing_to_reject");
  EXPECT_EQ(rejected(result, "agreed = \"no\""), "done");
}

TEST(Verbs, RejectOneOfSeveralThatAreCounted) {
  const auto rejected = [](const std::string& completion) {
    Case one(kStartAndEnd +
             element("userTask", "t",
                     element("multiInstanceLoopCharacteristics", "m",
                             "<loopCardinality>2</loopCardinality><completionCondition>" +
                                 completion + "</completionCondition>"),
                     "jishi:form=\"x\"") +
             chain({"s", "t", "e"}));
    one.start();
    return one.act(Verb::reject, "t", "li");
  };
  EXPECT_EQ(rejected("nrOfRejected = 1"), "done");
  EXPECT_EQ(rejected("nrOfCompletedInstances = 1"), "nothing_to_reject");
}

TEST(Verbs, NothingIsSentBackBehindAnOperationThatIsOnRecord) {
  for (const bool reads : {false, true}) {
    Case one(kStartAndEnd + element("userTask", "a") +
             element("serviceTask", "v", "", reads ? "jishi:reads=\"true\"" : "") +
             element("userTask", "b") + element("userTask", "c") +
             chain({"s", "a", "v", "b", "c", "e"}));
    one.start();
    one.approve("a", "li");
    EXPECT_EQ(one.act(Verb::service_done, "v", ""), "done");
    one.approve("b", "wang");
    for (const char* to : {"a", "initiator"}) {
      Case far = one;
      EXPECT_EQ(far.act(Verb::send_back, "c", "zhao", "", to), reads ? "done" : "done_for_good");
      if (!reads) {
        EXPECT_EQ(far.refused->arguments.front().second, "v");
      }
    }
    EXPECT_EQ(one.act(Verb::send_back, "c", "zhao", "", "previous"), "done");
    EXPECT_EQ(one.open(), "b");
  }
}

TEST(Verbs, BackToTheInitiatorIsBackToThem) {
  Case one = three_steps();  // begun by li
  one.approve("draft", "wang");
  one.approve("check", "zhao");
  EXPECT_EQ(one.act(Verb::send_back, "sign", "sun", "", "initiator"), "done");
  EXPECT_EQ(one.open(), "draft");
  EXPECT_EQ(one.state.tasks[0].assignee, "li");
}

TEST(Verbs, WithdrawTakesTheStepThatIsNamed) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "a1") +
           element("userTask", "a2") + element("userTask", "b1") + element("userTask", "b2") +
           element("parallelGateway", "j") + element("userTask", "z") +
           chain({"s", "g", "a1", "a2", "j", "z", "e"}) + chain({"g", "b1", "b2", "j"}));
  one.start();
  const Number first = one.task("a1");
  const auto withdraw = [&](Case& from) {
    Event event;
    event.verb = Verb::withdraw;
    event.actor = "li";
    event.task = first;
    event.element = "a1";
    return from.play(event);
  };
  EXPECT_EQ(withdraw(one), "nothing_to_withdraw");
  one.approve("a1", "li");
  one.approve("b1", "li");
  Case other = one;
  other.approve("b2", "wang");  // on the other branch
  for (Case* each : {&one, &other}) {
    EXPECT_EQ(withdraw(*each), "done");
    EXPECT_NE(each->task("a1"), 0);
    EXPECT_EQ(each->task("b1"), 0);
  }
  Case acted = other;
  acted.approve("a1", "li");
  acted.approve("a2", "wang");
  EXPECT_EQ(acted.act(Verb::withdraw, "a1", "li"), "acted_already");
}

TEST(Verbs, AClaimThatIsGivenBackDoesNotKeepAStepFromBeingWithdrawn) {
  Case one = three_steps();
  one.approve("draft", "li");
  one.act(Verb::claim, "check", "wang");
  EXPECT_EQ(one.act(Verb::withdraw, "draft", "li"), "acted_already");
  one.act(Verb::release, "check", "wang");
  EXPECT_EQ(one.act(Verb::withdraw, "draft", "li"), "done");
}

TEST(Verbs, WhatIsDelegatedComesBackWhateverIsThoughtOfIt) {
  Case one(kStartAndEnd + element("userTask", "draft") + element("userTask", "check") +
           element("exclusiveGateway", "g", "", "default=\"g_e\"") +
           chain({"s", "draft", "check", "g"}) + flow("g", "draft", "outcome = \"rejected\"") +
           flow("g", "e"));
  one.start();
  one.approve("draft", "li");
  one.act(Verb::delegate, "check", "wang", "zhao");
  EXPECT_EQ(one.act(Verb::withdraw, "check", "sun"), "nothing_to_withdraw");
  Case taken = one;
  EXPECT_EQ(taken.act(Verb::withdraw, "check", "wang"), "done");
  EXPECT_EQ(taken.approve("check", "wang"), "done");
  EXPECT_EQ(taken.status(), "completed");
  for (const Verb verb : {Verb::reject, Verb::send_back, Verb::transfer}) {
    Case back = one;
    EXPECT_EQ(back.act(verb, "check", "zhao", "wang", "previous"), "done");
    EXPECT_EQ(back.open(), "check");
    EXPECT_EQ(back.state.tasks[0].assignee, "wang");
    EXPECT_EQ(back.state.tasks[0].owner, "");
    EXPECT_EQ(back.approve("check", "wang"), "done");
    EXPECT_EQ(back.status(), "completed");
  }
}

TEST(Verbs, SuspendResumeEnd) {
  Case one = three_steps();
  EXPECT_EQ(one.say(Verb::resume), "not_suspended");
  EXPECT_EQ(one.say(Verb::suspend), "done");
  for (const Verb verb : {Verb::claim, Verb::approve, Verb::reject, Verb::send_back, Verb::withdraw,
                          Verb::transfer, Verb::urge, Verb::suspend, Verb::tick, Verb::message}) {
    EXPECT_EQ(one.act(verb, "draft", "li"), "suspended");
  }
  EXPECT_EQ(one.say(Verb::resume), "done");
  EXPECT_EQ(one.approve("draft"), "done");
  EXPECT_EQ(one.say(Verb::suspend), "done");
  EXPECT_EQ(one.say(Verb::end, "merged"), "done");
  EXPECT_EQ(one.status(), "ended");
  EXPECT_TRUE(one.state.tasks.empty());
  EXPECT_EQ(one.say(Verb::end), "over");
}

TEST(Verbs, WordsAndBack) {
  for (int i = 0; i <= static_cast<int>(Verb::service_failed); ++i) {
    const auto verb = static_cast<Verb>(i);
    EXPECT_EQ(verb_of(word_of(verb)), verb);
  }
  EXPECT_EQ(verb_of("complete"), Verb::approve);
  EXPECT_FALSE(verb_of("dance"));
}

}  // namespace
}  // namespace jishi::workflow
