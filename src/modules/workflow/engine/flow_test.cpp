// How tokens move: gateways, events, sub-processes, several instances, errors.
#include "base/texts.hpp"
#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

TEST(Engine, FromStartToEnd) {
  Case one(kStartAndEnd + element("userTask", "a") + element("manualTask", "b") +
           chain({"s", "a", "b", "e"}));
  EXPECT_EQ(one.approve("a"), "not_started");
  EXPECT_EQ(one.start(R"({"x":1})"), "done");
  EXPECT_EQ(one.start(), "started_already");
  EXPECT_EQ(one.open(), "a");
  EXPECT_EQ(one.approve("b"), "task_closed");
  EXPECT_EQ(one.approve("a", "wang", R"({"y":2})"), "done");
  EXPECT_EQ(one.variable("y"), "2");
  EXPECT_EQ(one.variable("outcome"), "\"approved\"");
  EXPECT_EQ(one.act(Verb::reject, "b", "wang"), "done");
  EXPECT_EQ(one.status(), "completed");
  EXPECT_EQ(one.variable("outcome"), "\"rejected\"");
  EXPECT_TRUE(one.state.tokens.empty());
  EXPECT_EQ(one.approve("b"), "over");
}

std::string choice(const std::string& kind) {
  return kStartAndEnd + element(kind, "g", "", "default=\"g_c\"") + element("userTask", "a") +
         element("userTask", "b") + element("userTask", "c") + element(kind, "j") + flow("s", "g") +
         flow("g", "a", "x > 1") + flow("g", "b", "x > 2") + flow("g", "c") + flow("a", "j") +
         flow("b", "j") + flow("c", "j") + flow("j", "e");
}

TEST(Engine, ExclusiveTakesTheFirstThatHolds) {
  for (const auto& [x, open] : {std::pair{"3", "a"}, {"0", "c"}, {"null", "c"}}) {
    Case one(choice("exclusiveGateway"));
    one.start("{\"x\":" + std::string(x) + "}");
    EXPECT_EQ(one.open(), open) << x;
    EXPECT_EQ(one.approve(open), "done");
    EXPECT_EQ(one.status(), "completed");
  }
}

TEST(Engine, InclusiveTakesAllThatHoldAndWaitsForThem) {
  Case one(choice("inclusiveGateway"));
  one.start(R"({"x":3})");
  EXPECT_EQ(one.open(), "a b");
  one.approve("a");
  EXPECT_EQ(one.status(), "running");
  one.approve("b");
  EXPECT_EQ(one.status(), "completed");
  Case other(choice("inclusiveGateway"));
  other.start(R"({"x":2})");
  EXPECT_EQ(other.open(), "a");
  other.approve("a");
  EXPECT_EQ(other.status(), "completed");
}

TEST(Engine, ParallelWaitsForAll) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "a") +
           element("userTask", "b") + element("parallelGateway", "j") + element("userTask", "z") +
           chain({"s", "g", "a", "j", "z", "e"}) + chain({"g", "b", "j"}));
  one.start();
  EXPECT_EQ(one.open(), "a b");
  one.approve("b");
  EXPECT_EQ(one.open(), "a");
  one.approve("a");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.state.tokens.size(), 1);
  EXPECT_TRUE(one.state.tokens[0].branch.empty());
}

// The join of the BPMN text: it waits for a token that can still come, not for one that cannot.
TEST(Engine, InclusiveJoinLooksUpstream) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "a") +
           element("exclusiveGateway", "x", "", "default=\"x_b\"") + element("userTask", "b") +
           element("endEvent", "f") + element("userTask", "c") + element("inclusiveGateway", "j") +
           element("userTask", "z") + chain({"s", "g", "a", "j", "z", "e"}) + flow("g", "c") +
           flow("c", "x") + flow("x", "f", "leave") + flow("x", "b") + flow("b", "j"));
  one.start();
  one.approve("a");
  EXPECT_EQ(one.open(), "c");  // a token at c may still come to the join
  Case other = one;
  one.approve("c", "wang", R"({"leave":true})");
  EXPECT_EQ(one.open(), "z");
  other.approve("c", "wang", R"({"leave":false})");
  EXPECT_EQ(other.open(), "b");
  other.approve("b");
  EXPECT_EQ(other.open(), "z");
}

TEST(Engine, NoWayOnIsRefusedAndChangesNothing) {
  Case one(kStartAndEnd + element("userTask", "a") + element("exclusiveGateway", "g") +
           chain({"s", "a", "g"}) + flow("g", "e", "x = 1") +
           "<sequenceFlow id=\"back\" sourceRef=\"g\" targetRef=\"a\"><conditionExpression>x != 1"
           "</conditionExpression></sequenceFlow>");
  one.start(R"({"x":"no number"})");
  const Number before = one.state.last_number;
  EXPECT_EQ(one.approve("a"), "no_flow");
  EXPECT_EQ(one.open(), "a");
  EXPECT_EQ(one.state.last_number, before);
  EXPECT_EQ(one.approve("a", "wang", R"({"x":0})"), "done");
  EXPECT_EQ(one.open(), "a");
}

TEST(Engine, CirclesThatWaitForNothingAreStopped) {
  Case one(kStartAndEnd + element("exclusiveGateway", "m") +
           element("exclusiveGateway", "g", "", "default=\"g_m\"") + chain({"s", "m", "g"}) +
           flow("g", "e", "x > 1") + flow("g", "m"));
  EXPECT_EQ(one.start(R"({"x":0})"), "too_many_steps");
  EXPECT_EQ(one.status(), "fresh");
}

TEST(Engine, TerminateEndsTheOthers) {
  Case one(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "a") +
           element("userTask", "b") + element("endEvent", "t", "<terminateEventDefinition/>") +
           chain({"s", "g", "a", "t"}) + chain({"g", "b", "e"}));
  one.start();
  one.approve("a");
  EXPECT_EQ(one.status(), "completed");
  EXPECT_EQ(one.count(Effect::Kind::task_cancelled), 1);
}

std::string timer(const std::string& inside) {
  return "<timerEventDefinition>" + inside + "</timerEventDefinition>";
}

std::string argument(const Case& one, std::string_view name) {
  for (const auto& [known, value] : one.refused->arguments) {
    if (known == name) return value;
  }
  return "none";
}

TEST(Engine, AStepBeforeItsDayIsRefusedWithTheDayAndWhatItRestsOn) {
  const auto waiting = [](const std::string& of_timer, const std::string& of_step) {
    return Case(kStartAndEnd + element("userTask", "a") +
                element("intermediateCatchEvent", "t", timer("<timeDuration>P1M</timeDuration>"),
                        of_timer) +
                element("exclusiveGateway", "g", "", "default=\"g_talk\"") +
                element("userTask", "talk", "", "name=\"谈话\" " + of_step) +
                element("userTask", "later") + chain({"s", "a", "t", "g", "talk", "later", "e"}) +
                flow("g", "later", "x = 1"));
  };
  Case by_timer = waiting("jishi:basis=\"细则第七条\"", "jishi:basis=\"别的\"");
  by_timer.start();
  EXPECT_EQ(by_timer.approve("talk"), "task_closed") << "nothing waits yet";
  by_timer.approve("a");
  EXPECT_EQ(by_timer.approve("talk"), "too_early_by");
  EXPECT_EQ(argument(by_timer, "name"), "谈话");
  // 2026-01-01T08:00 in China and a month.
  EXPECT_EQ(argument(by_timer, "date"), "2026-02-01 08:00");
  EXPECT_EQ(argument(by_timer, "basis"), "细则第七条");
  EXPECT_EQ(by_timer.approve("a"), "task_closed") << "what is done is not early";
  EXPECT_EQ(by_timer.approve("later"), "too_early_by") << "the way around it waits as well";
  EXPECT_EQ(by_timer.approve("nothing"), "task_closed");
  Case by_step = waiting("", "jishi:basis=\"细则\"");
  by_step.start();
  by_step.approve("a");
  EXPECT_EQ(by_step.approve("talk"), "too_early_by");
  EXPECT_EQ(argument(by_step, "basis"), "细则");
  Case by_none = waiting("", "");
  by_none.start();
  by_none.approve("a");
  EXPECT_EQ(by_none.approve("talk"), "too_early");
  EXPECT_EQ(by_none.advance(32 * kDay), "done");
  EXPECT_EQ(by_none.approve("talk"), "done");
  const std::string inner =
      element("startEvent", "is") +
      element("intermediateCatchEvent", "t", timer("<timeDuration>P1M</timeDuration>"),
              "jishi:basis=\"细则\"") +
      element("endEvent", "ie") + chain({"is", "t", "ie"});
  Case within(kStartAndEnd + element("subProcess", "wait", inner) + element("userTask", "talk") +
              chain({"s", "wait", "talk", "e"}));
  within.start();
  EXPECT_EQ(within.approve("talk"), "too_early_by") << "what waits within a sub-process waits, too";
}

TEST(Engine, EveryStepBehindAWaitIsTooEarlyAndNoneBeforeIt) {
  Case one(kStartAndEnd + element("userTask", "a") +
           element("intermediateCatchEvent", "t", timer("<timeDuration>P1M</timeDuration>"),
                   "jishi:basis=\"细则\"") +
           element("userTask", "b") + element("userTask", "c") +
           element("exclusiveGateway", "g", "", "default=\"g_e\"") +
           chain({"s", "a", "t", "b", "c", "g", "e"}) + flow("g", "a", "outcome = \"rejected\""));
  one.start();
  one.approve("a");
  EXPECT_EQ(one.approve("c"), "too_early_by");
  EXPECT_EQ(argument(one, "date"), "2026-02-01 08:00");
  EXPECT_EQ(one.approve("a"), "task_closed") << "a way leads back to it, it does not lie ahead";
}

TEST(Engine, AFlowSetsVariables) {
  const std::string back =
      "<sequenceFlow id=\"g_a\" sourceRef=\"g\" targetRef=\"a\" "
      "jishi:sets='{votes: null, since: day, rounds: rounds + 1}'><conditionExpression>outcome = "
      "\"rejected\"</conditionExpression></sequenceFlow>";
  Case one(kStartAndEnd + element("userTask", "a") + element("userTask", "b") +
           element("exclusiveGateway", "g", "", "default=\"g_e\"") +
           chain({"s", "a", "b", "g", "e"}) + back);
  one.start(R"({"rounds":1})");
  one.approve("a", "li", R"({"votes":7,"day":"2026-05-01"})");
  one.act(Verb::reject, "b", "wang");
  EXPECT_EQ(one.variable("votes"), "null");
  EXPECT_EQ(one.variable("since"), "\"2026-05-01\"");
  EXPECT_EQ(one.variable("rounds"), "2");
  Case wrong(kStartAndEnd +
             "<sequenceFlow id=\"s_e\" sourceRef=\"s\" targetRef=\"e\" jishi:sets=\"x\"/>");
  EXPECT_EQ(wrong.start(), "sets_value");
  EXPECT_EQ(say(Language::en, *wrong.refused),
            "jishi:sets of the flow into “e” does not come to a context of variables.");
}

TEST(Engine, ADueDayThatHasPassedStaysItself) {
  Case one(kStartAndEnd +
           element("userTask", "a", "", "jishi:due=\"date(&quot;2025-06-01&quot;)\"") +
           chain({"s", "a", "e"}));
  one.start();
  ASSERT_EQ(one.state.tasks.size(), 1);
  EXPECT_LT(*one.state.tasks[0].due, one.now - 200 * kDay);
}

TEST(Engine, TimersAndMessagesBetween) {
  Case one(
      kStartAndEnd +
          element("intermediateCatchEvent", "t", timer("<timeDuration>P3D</timeDuration>")) +
          element("intermediateCatchEvent", "m", "<messageEventDefinition messageRef=\"msg\"/>") +
          element("intermediateThrowEvent", "w", "<messageEventDefinition messageRef=\"msg\"/>") +
          element("receiveTask", "r", "", "messageRef=\"msg\"") +
          chain({"s", "t", "m", "w", "r", "e"}),
      "<message id=\"msg\" name=\"letter\"/>");
  one.start();
  EXPECT_EQ(one.say(Verb::message, "letter"), "not_awaited");
  EXPECT_EQ(one.advance(3 * kDay - 1), "done");
  EXPECT_EQ(one.state.timers.size(), 1);
  one.advance(1);
  EXPECT_EQ(one.state.timers.size(), 0);
  EXPECT_EQ(one.say(Verb::message, "other"), "not_awaited");
  EXPECT_EQ(one.say(Verb::message, "letter", R"({"n":7})"), "done");
  EXPECT_EQ(one.count(Effect::Kind::message_sent), 1);
  EXPECT_EQ(one.say(Verb::message, "letter"), "done");
  EXPECT_EQ(one.status(), "completed");
  EXPECT_EQ(one.variable("n"), "7");
}

TEST(Engine, BoundaryEvents) {
  const std::string tasks = kStartAndEnd + element("userTask", "a") + element("userTask", "late") +
                            element("endEvent", "e2") + chain({"s", "a", "e"}) +
                            chain({"b", "late", "e2"});
  Case cut(tasks + element("boundaryEvent", "b", timer("<timeDuration>P1M</timeDuration>"),
                           "attachedToRef=\"a\""));
  cut.start();
  cut.advance(30 * kDay);
  EXPECT_EQ(cut.open(), "a");  // January has 31 days
  cut.advance(kDay);
  EXPECT_EQ(cut.open(), "late");
  EXPECT_EQ(cut.count(Effect::Kind::task_cancelled), 1);
  Case beside(tasks + element("boundaryEvent", "b", timer("<timeCycle>R2/P1D</timeCycle>"),
                              "attachedToRef=\"a\" cancelActivity=\"false\""));
  beside.start();
  beside.advance(10 * kDay);  // nobody looked for days: it fires once
  EXPECT_EQ(beside.open(), "a late");
  beside.advance(kDay);
  EXPECT_EQ(beside.open(), "a late late");
  beside.advance(10 * kDay);
  EXPECT_EQ(beside.open(), "a late late");
  beside.approve("a");
  EXPECT_EQ(beside.status(), "running");
  beside.approve("late");
  beside.approve("late");
  EXPECT_EQ(beside.status(), "completed");
  Case done(tasks + element("boundaryEvent", "b", timer("<timeDuration>P1D</timeDuration>"),
                            "attachedToRef=\"a\""));
  done.start();
  done.approve("a");
  EXPECT_EQ(done.status(), "completed");
  EXPECT_EQ(done.count(Effect::Kind::timer_cancelled), 1);
}

TEST(Engine, SubProcessAndTerminateWithin) {
  Case one(kStartAndEnd +
           element("subProcess", "sub",
                   element("startEvent", "s2") + element("parallelGateway", "g") +
                       element("userTask", "a") + element("userTask", "b") +
                       element("endEvent", "e2") +
                       element("endEvent", "t2", "<terminateEventDefinition/>") +
                       chain({"s2", "g", "a", "e2"}) + chain({"g", "b", "t2"})) +
           element("userTask", "z") + chain({"s", "sub", "z", "e"}));
  one.start();
  EXPECT_EQ(one.open(), "a b");
  Case other = one;
  one.approve("a");
  EXPECT_EQ(one.open(), "b");
  one.approve("b");
  EXPECT_EQ(one.open(), "z");
  other.approve("b");
  EXPECT_EQ(other.open(), "z");
  EXPECT_EQ(other.state.scopes.size(), 1);
}

TEST(Engine, ErrorsAreCaughtWhereTheyFit) {
  const std::string roots =
      "<error id=\"e1\" errorCode=\"E1\"/><error id=\"e2\" errorCode=\"E2\"/>";
  const auto content = [](const std::string& caught) {
    return kStartAndEnd +
           element("subProcess", "sub",
                   element("startEvent", "s2") + element("userTask", "a") +
                       element("endEvent", "x2", "<errorEventDefinition errorRef=\"e1\"/>") +
                       chain({"s2", "a", "x2"})) +
           element("boundaryEvent", "b", "<errorEventDefinition " + caught + "/>",
                   "attachedToRef=\"sub\"") +
           element("userTask", "repair") + element("endEvent", "e3") + chain({"s", "sub", "e"}) +
           chain({"b", "repair", "e3"});
  };
  for (const std::string& caught : {std::string("errorRef=\"e1\""), std::string()}) {
    Case one(content(caught), roots);
    one.start();
    one.approve("a");
    EXPECT_EQ(one.open(), "repair");
  }
  Case other(content("errorRef=\"e2\""), roots);
  other.start();
  other.approve("a");
  EXPECT_EQ(other.status(), "failed");
  EXPECT_TRUE(other.state.tokens.empty());
  // The one that names it is met, though the one for any stands before it.
  Case both(content("errorRef=\"e1\"") +
                element("boundaryEvent", "c", "<errorEventDefinition/>", "attachedToRef=\"sub\"") +
                element("userTask", "any") + chain({"c", "any", "e3"}),
            roots);
  const auto drawn_first = [](const Case& one) {
    auto made = std::make_shared<Definition>(one.definition());
    std::swap(made->nodes[made->node("sub")].boundaries[0],
              made->nodes[made->node("sub")].boundaries[1]);
    return made;
  };
  for (Case one : {both, Case(drawn_first(both))}) {
    one.start();
    one.approve("a");
    EXPECT_EQ(one.open(), "repair");
  }
}

TEST(Engine, WhatRunsWithinALoopSeesItsItem) {
  const std::string loop =
      "<multiInstanceLoopCharacteristics jishi:collection=\"people\" jishi:item=\"who\"/>";
  Case one(kStartAndEnd +
           element("subProcess", "each",
                   loop + element("startEvent", "s2") + element("endEvent", "e2") +
                       element("businessRuleTask", "rule", "",
                               "jishi:decision=\"d.dmn#D\" jishi:result=\"seen\"") +
                       element("userTask", "t") + chain({"s2", "rule", "t", "e2"})) +
           chain({"s", "each", "e"}));
  one.environment.decide = [](const Node&, const feel::Value& variables,
                              Moment) -> Result<feel::Value> {
    const feel::Value* who = variables.entry("who");
    return who == nullptr ? feel::Value() : *who;
  };
  EXPECT_EQ(one.start(R"({"people":["x"]})"), "done");
  EXPECT_EQ(one.variable("seen"), R"("x")");
  ASSERT_EQ(one.state.tasks.size(), 1U);
  EXPECT_EQ(feel::json_of(one.state.tasks.front().locals), R"({"loopCounter":1,"who":"x"})");
}

TEST(Engine, ServicesAndDecisions) {
  Case one(kStartAndEnd + element("serviceTask", "call", "", "jishi:operation=\"send\"") +
               element("boundaryEvent", "b", "<errorEventDefinition errorRef=\"e1\"/>",
                       "attachedToRef=\"call\"") +
               element("businessRuleTask", "rule", "",
                       "jishi:decision=\"d.dmn#D\" jishi:result=\"grade\"") +
               element("endEvent", "e3") + chain({"s", "rule", "call", "e"}) + flow("b", "e3"),
           "<error id=\"e1\" errorCode=\"down\"/>");
  EXPECT_EQ(one.start(), "no_decision");
  one.environment.decide = [](const Node& node, const feel::Value& variables,
                              Moment) -> Result<feel::Value> {
    return feel::Value(node.task.decision + feel::json_of(variables));
  };
  EXPECT_EQ(one.start(R"({"x":1})"), "done");
  EXPECT_EQ(one.variable("grade"), R"("D{\"x\":1}")");
  EXPECT_EQ(one.count(Effect::Kind::service_requested), 1);
  EXPECT_EQ(one.approve("call"), "not_for_people");
  Case other = one;
  EXPECT_EQ(one.act(Verb::service_done, "call", "", "", "", R"({"sent":true})"), "done");
  EXPECT_EQ(one.status(), "completed");
  Event failed;
  failed.verb = Verb::service_failed;
  failed.task = other.task("call");
  failed.name = "down";
  EXPECT_EQ(other.play(failed), "done");
  EXPECT_EQ(other.status(), "completed");
}

TEST(Engine, CallsKeepTheirVariablesToThemselves) {
  const auto definition = define(
      R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" )"
      R"(xmlns:jishi="urn:jishi:process" targetNamespace="urn:t"><process id="p">)" +
      kStartAndEnd +
      element("callActivity", "c", "", "calledElement=\"q\" jishi:outputs=\"result, other\"") +
      element("userTask", "z") + chain({"s", "c", "z", "e"}) + "</process><process id=\"q\">" +
      element("startEvent", "qs") + element("userTask", "qt") + element("endEvent", "qe") +
      chain({"qs", "qt", "qe"}) + "</process></definitions>");
  Case one(definition);
  one.start(R"({"x":1})");
  EXPECT_EQ(one.open(), "qt");
  one.approve("qt", "wang", R"({"x":2,"result":3})");
  EXPECT_EQ(one.open(), "z");
  EXPECT_EQ(one.variable("x"), "1");
  EXPECT_EQ(one.variable("result"), "3");
  EXPECT_EQ(one.variable("other"), "null");
}

std::string multi(const std::string& inside, const std::string& attributes = "") {
  return "<multiInstanceLoopCharacteristics " + attributes + ">" + inside +
         "</multiInstanceLoopCharacteristics>";
}

TEST(Engine, SeveralInstances) {
  const auto content = [](const std::string& loop) {
    return kStartAndEnd +
           element("userTask", "a", loop, "jishi:signers=\"person\" jishi:sign=\"one\"") +
           chain({"s", "a", "e"});
  };
  const std::string each =
      "<loopDataInputRef>people</loopDataInputRef><inputDataItem name=\"person\"/>";
  Case beside(content(multi(each)));
  beside.start(R"({"people":["a","b","c"]})");
  EXPECT_EQ(beside.open(), "a a a");
  EXPECT_EQ(beside.state.tasks[1].assignee, "b");
  EXPECT_EQ(beside.approve("a", "b"), "not_assignee");
  EXPECT_EQ(beside.approve("a", "a"), "done");
  EXPECT_EQ(beside.act(Verb::reject, "a", "b"), "done");
  EXPECT_EQ(beside.approve("a", "c"), "done");
  EXPECT_EQ(beside.status(), "completed");
  EXPECT_EQ(beside.variable("approvals"), "2");
  EXPECT_EQ(beside.variable("rejections"), "1");
  Case after(content(multi(each, "isSequential=\"true\"")));
  after.start(R"({"people":["a","b"]})");
  EXPECT_EQ(after.open(), "a");
  after.approve("a", "a");
  EXPECT_EQ(after.state.tasks[0].assignee, "b");
  after.approve("a", "b");
  EXPECT_EQ(after.status(), "completed");
  Case enough(
      content(multi(each + "<completionCondition>nrOfApproved >= 2</completionCondition>")));
  enough.start(R"({"people":["a","b","c"]})");
  enough.approve("a", "a");
  enough.approve("a", "b");
  EXPECT_EQ(enough.status(), "completed");
  EXPECT_EQ(enough.count(Effect::Kind::task_cancelled), 1);
  Case none(content(multi(each)));
  none.start(R"({"people":[]})");
  EXPECT_EQ(none.status(), "completed");
  Case wrong(content(multi(each)));
  EXPECT_EQ(wrong.start(R"({"people":7})"), "loop_count");
  Case many(kStartAndEnd +
            element("manualTask", "a", multi("<loopCardinality>n</loopCardinality>")) +
            chain({"s", "a", "e"}));
  EXPECT_EQ(many.start(R"({"n":1001})"), "loop_count");
  EXPECT_EQ(many.start(R"({"n":2})"), "done");
  EXPECT_EQ(many.open(), "a a");
}

TEST(Engine, EachOfSeveralIsDueByItsItem) {
  Case one(kStartAndEnd +
           element("userTask", "a",
                   multi("<loopDataInputRef>days</loopDataInputRef><inputDataItem name=\"day\"/>"),
                   "jishi:due=\"date(day)\"") +
           chain({"s", "a", "e"}));
  one.start(R"({"days":["2026-05-01","2026-05-02"]})");
  ASSERT_EQ(one.state.tasks.size(), 2);
  constexpr Moment kDay = 24 * 3'600'000;
  EXPECT_EQ(*one.state.tasks[1].due - *one.state.tasks[0].due, kDay);
}

TEST(Engine, SeveralSubProcesses) {
  Case one(
      kStartAndEnd +
      element("subProcess", "sub",
              element("startEvent", "s2") + element("endEvent", "e2") +
                  element("exclusiveGateway", "g", "", "default=\"g_b\"") +
                  element("userTask", "a") + element("userTask", "b") + flow("s2", "g") +
                  flow("g", "a", "n > 1") + flow("g", "b") + flow("a", "e2") + flow("b", "e2") +
                  multi("<loopDataInputRef>ns</loopDataInputRef><inputDataItem name=\"n\"/>")) +
      chain({"s", "sub", "e"}));
  one.start(R"({"ns":[1,2,3]})");
  EXPECT_EQ(one.open(), "a a b");
  for (const char* node : {"a", "b", "a"}) EXPECT_EQ(one.approve(node), "done");
  EXPECT_EQ(one.status(), "completed");
}

TEST(Engine, WaysOutOfAnActivity) {
  Case one(kStartAndEnd + element("userTask", "a") + element("userTask", "b") +
           element("userTask", "c") + element("endEvent", "e2") + flow("s", "a") +
           flow("a", "b", "x > 1") + flow("a", "c") + flow("b", "e") + flow("c", "e2"));
  one.start(R"({"x":2})");
  one.approve("a");
  EXPECT_EQ(one.open(), "b c");
}

}  // namespace
}  // namespace jishi::workflow
