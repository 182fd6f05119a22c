#include "modules/workflow/definition/definition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jishi::workflow {
namespace {

using ::testing::Contains;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

/// A file with one process of this content.
std::string process(const std::string& content, const std::string& roots = "") {
  return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" )"
         R"(xmlns:jishi="urn:jishi:process" targetNamespace="urn:t">)" +
         roots + "<process id=\"p\">" + content + "</process></definitions>";
}

std::string node(const std::string& kind, const std::string& id, const std::string& inside = "",
                 const std::string& attributes = "") {
  return "<" + kind + " id=\"" + id + "\" " + attributes + ">" + inside + "</" + kind + ">";
}

std::string flow(const std::string& from, const std::string& to,
                 const std::string& condition = "") {
  return "<sequenceFlow id=\"" + from + "_" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" +
         to + "\">" +
         (condition.empty()
              ? ""
              : "<conditionExpression><![CDATA[" + condition + "]]></conditionExpression>") +
         "</sequenceFlow>";
}

/// A chain of nodes, each with a flow to the next.
std::string chain(const std::vector<std::string>& ids) {
  std::string text;
  for (std::size_t i = 0; i + 1 < ids.size(); ++i) text += flow(ids[i], ids[i + 1]);
  return text;
}

const std::string kEnds = node("startEvent", "s") + node("endEvent", "e");

std::vector<std::pair<std::string, std::string>> found_in(const std::string& file,
                                                          bool warnings = false,
                                                          const Surroundings& around = {}) {
  const auto document = xml::read(file);
  EXPECT_TRUE(document) << file;
  Findings findings;
  const auto definition = read_definition(*document, around, findings);
  EXPECT_EQ(definition == nullptr, refused(findings));
  std::vector<std::pair<std::string, std::string>> found;
  for (const Finding& finding : findings) {
    if (finding.warning == warnings) found.emplace_back(finding.element, finding.error.code);
  }
  return found;
}

TEST(Definition, ASmallOneIsRead) {
  const auto document = xml::read(process(
      kEnds +
      node("userTask", "t", "", "name=\"谈话\" jishi:role=\"secretary\" jishi:due=\"P1M\"") +
      chain({"s", "t", "e"})));
  Findings findings;
  const auto definition = read_definition(*document, {}, findings);
  ASSERT_NE(definition, nullptr);
  EXPECT_TRUE(findings.empty());
  const Node& task = definition->nodes[definition->node("t")];
  EXPECT_EQ(task.kind, NodeKind::user_task);
  EXPECT_EQ(task.task.role, "secretary");
  EXPECT_TRUE(task.task.due);
  EXPECT_EQ(definition->process("p"), 0);
}

TEST(Definition, WhatIsNotExecutedIsRefusedByItsElement) {
  const auto in = [](const std::string& element) {
    return found_in(process(kEnds + chain({"s", "x", "e"}) + element));
  };
  for (const char* kind : {"task", "scriptTask", "sendTask", "transaction", "adHocSubProcess",
                           "complexGateway", "eventBasedGateway", "choreographyTask"}) {
    EXPECT_THAT(in(node(kind, "x")), Contains(Pair("x", "process.element_unsupported"))) << kind;
  }
  EXPECT_THAT(in(node("subProcess", "x", "", "triggeredByEvent=\"true\"")),
              Contains(Pair("x", "process.element_unsupported")));
  EXPECT_THAT(in(node("userTask", "x", "", "isForCompensation=\"true\"")),
              Contains(Pair("x", "process.element_unsupported")));
  EXPECT_THAT(in(node("userTask", "x", "<standardLoopCharacteristics/>")),
              Contains(Pair("x", "process.element_unsupported")));
  for (const char* trigger :
       {"signalEventDefinition", "conditionalEventDefinition", "linkEventDefinition",
        "escalationEventDefinition", "compensateEventDefinition", "cancelEventDefinition"}) {
    const std::string inside = "<" + std::string(trigger) + "/>";
    EXPECT_THAT(in(node("intermediateCatchEvent", "x", inside)),
                Contains(Pair("x", "process.event_unsupported")))
        << trigger;
    EXPECT_THAT(in(node("endEvent", "x", inside)), Contains(Pair("x", "process.event_unsupported")))
        << trigger;
  }
  EXPECT_THAT(found_in(process(node("startEvent", "s", "<timerEventDefinition/>") +
                               node("endEvent", "e") + flow("s", "e"))),
              UnorderedElementsAre(Pair("s", "process.event_unsupported")));
}

TEST(Definition, WhatHasNoEffectIsKept) {
  const std::string kept =
      "<documentation>d</documentation><laneSet id=\"ls\"><lane id=\"l\"><flowNodeRef>s"
      "</flowNodeRef></lane></laneSet><dataObject id=\"do\"/><dataObjectReference id=\"dr\" "
      "dataObjectRef=\"do\"/><textAnnotation id=\"ta\"><text>t</text></textAnnotation>"
      "<association id=\"as\" sourceRef=\"ta\" targetRef=\"s\"/><group id=\"g\"/>";
  EXPECT_TRUE(found_in(process(kept + kEnds + flow("s", "e"),
                               "<collaboration id=\"c\"><participant id=\"pa\" processRef=\"p\"/>"
                               "</collaboration>"))
                  .empty());
}

TEST(Definition, ReferencesAndIds) {
  EXPECT_THAT(found_in(process(kEnds + flow("s", "zz"))),
              Contains(Pair("s_zz", "process.dangling")));
  EXPECT_THAT(found_in(process(kEnds + node("userTask", "s") + flow("s", "e"))),
              Contains(Pair("s", "process.id_twice")));
  EXPECT_THAT(found_in(process(kEnds + "<userTask/>" + flow("s", "e"))),
              Contains(Pair("userTask:1", "process.id_missing")));
  EXPECT_THAT(found_in(process(kEnds + node("exclusiveGateway", "x", "", "default=\"zz\"") +
                               chain({"s", "x", "e"}))),
              Contains(Pair("x", "process.dangling")));
  EXPECT_THAT(found_in(process(kEnds +
                               node("boundaryEvent", "b",
                                    "<timerEventDefinition><timeDuration>P1D"
                                    "</timeDuration></timerEventDefinition>",
                                    "attachedToRef=\"zz\"") +
                               flow("s", "e"))),
              Contains(Pair("b", "process.dangling")));
  EXPECT_THAT(found_in(process(kEnds + node("callActivity", "c", "", "calledElement=\"q\"") +
                               chain({"s", "c", "e"}))),
              Contains(Pair("c", "process.called_missing")));
  EXPECT_THAT(found_in(process(kEnds + node("callActivity", "c", "", "calledElement=\"p\"") +
                               chain({"s", "c", "e"}))),
              Contains(Pair("c", "process.call_cycle")));
  const std::string sub =
      node("subProcess", "x", node("startEvent", "s2") + node("endEvent", "e2") + flow("s2", "e2"));
  EXPECT_THAT(found_in(process(kEnds + sub + chain({"s", "x", "e"}) + flow("s", "e2"))),
              Contains(Pair("s_e2", "process.crosses_scope")));
  EXPECT_TRUE(found_in(process(kEnds + sub + chain({"s", "x", "e"}))).empty());
}

TEST(Definition, WaysThroughIt) {
  EXPECT_THAT(found_in(process(node("endEvent", "e"))), Contains(Pair("p", "process.no_start")));
  EXPECT_THAT(
      found_in(process(kEnds + node("startEvent", "s2") + flow("s", "e") + flow("s2", "e"))),
      Contains(Pair("p", "process.several_starts")));
  EXPECT_THAT(found_in(process(node("startEvent", "s") + node("userTask", "t") + flow("s", "t") +
                               flow("t", "t"))),
              UnorderedElementsAre(Pair("p", "process.no_end"), Pair("s", "process.no_exit"),
                                   Pair("t", "process.no_exit")));
  EXPECT_THAT(found_in(process(kEnds + flow("s", "e") + node("userTask", "t") + flow("t", "e"))),
              UnorderedElementsAre(Pair("t", "process.unreachable")));
  EXPECT_THAT(found_in(process(kEnds + node("parallelGateway", "g") + node("userTask", "a") +
                               node("userTask", "b") + chain({"s", "g", "a", "e"}) +
                               chain({"g", "b", "b"}))),
              Contains(Pair("b", "process.no_exit")));
  EXPECT_THAT(found_in(process(kEnds + node("userTask", "t") + flow("s", "t") + flow("s", "e"))),
              Contains(Pair("t", "process.no_way_on")));
  EXPECT_THAT(
      found_in(process(kEnds + flow("s", "e") + flow("e", "s"))),
      UnorderedElementsAre(Pair("s", "process.no_way_in"), Pair("e", "process.end_goes_on")));
}

std::string choice(const std::string& kind, const std::string& attributes, const std::string& first,
                   const std::string& second) {
  return process(kEnds + node(kind, "g", "", attributes) + node("userTask", "a") +
                 node("userTask", "b") + flow("s", "g") + flow("g", "a", first) +
                 flow("g", "b", second) + flow("a", "e") + flow("b", "e"));
}

TEST(Definition, ConditionsCover) {
  const std::tuple<const char*, const char*, const char*, const char*> kCases[] = {
      {"", "x > 1", "x <= 1", "process.no_way_for_null"},
      {"", "x > 1", "x < 1", "process.no_default"},
      {"", "ok", "not(ok)", "process.no_way_for_null"},
      {"", "otherwise_ok = 1", "otherwise", ""},
      {"", "otherwise_ok = 1", "x = 1", "process.no_default"},
      {"", "x > 1", " = otherwise ", ""},
      {"", "x = \"a\"", "x != \"a\"", ""},
      {"", "x = \"a\"", "true", ""},
      {"", "x > 1", "otherwise", ""},
      {"default=\"g_b\"", "x > 1", "", ""},
      {"", "x > 1", "", "process.condition_missing"},
      {"", "", "", "process.condition_missing"},
      {"", "x >", "otherwise", "feel.end"},
      {"", "counted(x) > 1", "otherwise", "feel.unknown_function"},
      {"", "some y in [1] satisfies y(x) = 1", "otherwise", ""},
      {"", "{f: function(a) a, b: f(x)}.b > 1", "otherwise", ""},
      {"", "= x > 1", "otherwise", ""}};
  for (const auto& [attributes, first, second, code] : kCases) {
    for (const char* kind : {"exclusiveGateway", "inclusiveGateway"}) {
      const auto found = found_in(choice(kind, attributes, first, second));
      EXPECT_EQ(found.empty() ? "" : found.front().second, code) << first << " | " << second;
    }
  }
  EXPECT_THAT(found_in(choice("parallelGateway", "", "x > 1", "")),
              Contains(Pair("g", "process.condition_ignored")));
}

TEST(Definition, TimersAreBounded) {
  const std::pair<const char*, const char*> kCases[] = {
      {"<timeDuration>P3D</timeDuration>", ""},
      {"<timeDuration>duration(\"P\" + string(n) + \"D\")</timeDuration>", ""},
      {"<timeDate>2026-05-01T08:00:00</timeDate>", ""},
      {"<timeCycle>R3/PT1H</timeCycle>", ""},
      {"<timeCycle>R/PT1H</timeCycle>", "process.timer_unbounded"},
      {"<timeCycle>R100/P50Y</timeCycle>", "process.timer_range"},
      {"<timeCycle>R3/2026-03-01T00:00:00Z/PT1H</timeCycle>", "process.timer_interval"},
      {"<timeCycle>R3/PT1H/2026-03-01T00:00:00Z</timeCycle>", "process.timer_interval"},
      {"<timeCycle>R3/duration(\"P4D\") / 2</timeCycle>", ""},
      {"<timeDuration>R3/P1D</timeDuration>", "process.timer_repeats"},
      {"<timeDate>R/2026-03-01T00:00:00Z/P1D</timeDate>", "process.timer_repeats"},
      {"<timeDuration>R3 / 2</timeDuration>", ""},
      {"<timeDate>9999-12-31</timeDate>", "process.timer_range"},
      {"<timeDate>\"2026-05-01\"</timeDate>", "process.timer_range"},
      {"<timeDate>date(day) + duration(\"P1D\")</timeDate>", ""},
      {"<timeDuration>duration(\"P9999Y\")</timeDuration>", "process.timer_range"},
      {"<timeCycle>0 0 * * *</timeCycle>", "process.timer_unbounded"},
      {"<timeDuration>P99Y</timeDuration>", "process.timer_range"},
      {"<timeDuration>-P1D</timeDuration>", "process.timer_range"},
      {"<timeDuration>PT0S</timeDuration>", "process.timer_range"},
      {"<timeDuration>2026-05-01</timeDuration>", "process.timer_range"},
      {"<timeDuration></timeDuration>", "process.timer_missing"},
      {"", "process.timer_missing"}};
  for (const auto& [timer, code] : kCases) {
    const auto found = found_in(
        process(kEnds + chain({"s", "t", "e"}) +
                node("intermediateCatchEvent", "t",
                     "<timerEventDefinition>" + std::string(timer) + "</timerEventDefinition>")));
    EXPECT_EQ(found.empty() ? "" : found.front().second, code) << timer;
  }
}

TEST(Definition, TasksNameWhatIsThere) {
  const Surroundings around{std::vector<std::string>{"secretary"},
                            std::vector<std::string>{"form"}};
  const auto of = [&](const std::string& kind, const std::string& attributes,
                      const std::string& inside = "", const std::string& roots = "") {
    const auto found = found_in(
        process(kEnds + node(kind, "t", inside, attributes) + chain({"s", "t", "e"}), roots), false,
        around);
    return found.empty() ? std::string() : found.front().second;
  };
  EXPECT_EQ(of("userTask", "jishi:role=\"secretary\" jishi:form=\"form\""), "");
  EXPECT_EQ(of("userTask", "jishi:role=\"king\""), "process.role_unknown");
  EXPECT_EQ(of("userTask", "jishi:form=\"none\""), "process.form_unknown");
  EXPECT_EQ(of("userTask", "jishi:sign=\"joint\""), "process.signers_missing");
  EXPECT_EQ(of("userTask", "jishi:sign=\"all\""), "process.signing_unknown");
  EXPECT_EQ(of("businessRuleTask", ""), "process.decision_missing");
  EXPECT_EQ(of("businessRuleTask", "jishi:decision=\"a.dmn#A\""), "");
  EXPECT_EQ(of("businessRuleTask", "jishi:decision=\"../../a.dmn#A\""), "process.decision_path");
  EXPECT_EQ(of("receiveTask", ""), "process.message_missing");
  EXPECT_EQ(of("receiveTask", "messageRef=\"m\"", "", "<message id=\"m\" name=\"M\"/>"), "");
  EXPECT_EQ(of("userTask", "", "<multiInstanceLoopCharacteristics/>"), "process.loop_missing");
  EXPECT_EQ(of("userTask", "",
               "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
               "</multiInstanceLoopCharacteristics>"),
            "");
  for (const auto& [count, code] : {std::pair{"-1", "process.loop_number"},
                                    {"2.5", "process.loop_number"},
                                    {"5000", "process.loop_number"},
                                    {"\"a\"", "process.loop_number"},
                                    {"count(people)", ""}}) {
    EXPECT_EQ(of("userTask", "",
                 "<multiInstanceLoopCharacteristics><loopCardinality>" + std::string(count) +
                     "</loopCardinality></multiInstanceLoopCharacteristics>"),
              code)
        << count;
  }
  EXPECT_EQ(of("userTask", "jishi:remind=\"P1D\""), "process.telling_without_due");
  EXPECT_EQ(of("userTask", "jishi:escalate=\"P1D\""), "process.telling_without_due");
  EXPECT_EQ(of("userTask", "jishi:due=\"P3D\" jishi:remind=\"P5D\""), "process.reminder_too_early");
  EXPECT_EQ(of("userTask", "jishi:due=\"P3D\" jishi:remind=\"P1D\" jishi:escalate=\"P5D\""), "");
}

std::string split_and_join(const std::string& split, const std::string& join) {
  const bool conditions = split != "parallelGateway";
  return process(kEnds + node(split, "g", "", conditions ? "default=\"g_b\"" : "") +
                 node("userTask", "a") + node("userTask", "b") + node(join, "j") + flow("s", "g") +
                 flow("g", "a", conditions ? "x > 1" : "") + flow("g", "b") + flow("a", "j") +
                 flow("b", "j") + flow("j", "e"));
}

TEST(Definition, JoinsFitTheirSplits) {
  for (const char* gateway : {"exclusiveGateway", "parallelGateway", "inclusiveGateway"}) {
    const auto file = split_and_join(gateway, gateway);
    EXPECT_TRUE(found_in(file).empty()) << gateway;
    EXPECT_TRUE(found_in(file, true).empty()) << gateway;
    EXPECT_TRUE(found_in(split_and_join(gateway, "inclusiveGateway"), true).empty()) << gateway;
  }
  EXPECT_THAT(found_in(split_and_join("exclusiveGateway", "parallelGateway")),
              Contains(Pair("j", "process.waits_for_ever")));
  EXPECT_THAT(found_in(split_and_join("exclusiveGateway", "parallelGateway")),
              Contains(Pair("e", "process.never_runs")));
  // The default is never taken together with another, so neither can this join ever go on.
  EXPECT_THAT(found_in(split_and_join("inclusiveGateway", "parallelGateway")),
              Contains(Pair("j", "process.waits_for_ever")));
  EXPECT_THAT(found_in(split_and_join("parallelGateway", "exclusiveGateway"), true),
              Contains(Pair("e", "process.may_run_twice")));
}

TEST(Definition, ManyWaysAreStillChecked) {
  std::string wide = kEnds + node("parallelGateway", "g") + node("parallelGateway", "j") +
                     flow("s", "g") + flow("j", "e");
  for (int i = 0; i < 20; ++i) {
    const std::string id = "t" + std::to_string(i);
    wide += node("userTask", id) + flow("g", id) + flow(id, "j");
  }
  EXPECT_TRUE(found_in(process(wide)).empty());
  EXPECT_TRUE(found_in(process(wide), true).empty());
}

TEST(Definition, ErrorsOfOtherFiles) {
  EXPECT_THAT(found_in("<a/>"), UnorderedElementsAre(Pair("a:1", "process.not_bpmn")));
  EXPECT_THAT(found_in(R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>)"),
              UnorderedElementsAre(Pair("definitions:1", "process.no_process")));
}

}  // namespace
}  // namespace jishi::workflow
