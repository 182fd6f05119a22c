// What a file says is executed as it says it, or refused by its element.
#include <gmock/gmock.h>

#include "modules/workflow/definition/again.hpp"
#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

using ::testing::Contains;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

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

std::string choice(const std::string& kind, const std::string& attributes, const std::string& first,
                   const std::string& second) {
  return process_xml(kStartAndEnd + element(kind, "g", "", attributes) + element("userTask", "a") +
                     element("userTask", "b") + flow("s", "g") + flow("g", "a", first) +
                     flow("g", "b", second) + flow("a", "e") + flow("b", "e"));
}

TEST(Strictness, TruthsAreThoseOfXml) {
  const auto in = [](const std::string& kind, const std::string& attributes,
                     const std::string& inside = "") {
    return found_in(process_xml(kStartAndEnd + chain({"s", "x", "e"}) +
                                element(kind, "x", inside, attributes)));
  };
  const std::string empty =
      element("startEvent", "s2") + element("endEvent", "e2") + flow("s2", "e2");
  for (const char* yes : {"1", "true", " true\n"}) {
    EXPECT_THAT(in("subProcess", "triggeredByEvent=\"" + std::string(yes) + "\"", empty),
                Contains(Pair("x", "process.element_unsupported")));
    EXPECT_THAT(in("userTask", "isForCompensation=\"" + std::string(yes) + "\""),
                Contains(Pair("x", "process.element_unsupported")));
    EXPECT_THAT(in("receiveTask", "messageRef=\"x\" instantiate=\"" + std::string(yes) + "\""),
                Contains(Pair("x", "process.element_unsupported")));
  }
  EXPECT_TRUE(in("subProcess", "triggeredByEvent=\" 0\"", empty).empty());
  for (const char* wrong : {"maybe", "", "True", "2"}) {
    EXPECT_THAT(in("userTask", "isForCompensation=\"" + std::string(wrong) + "\""),
                Contains(Pair("x", "process.no_truth")));
  }
  EXPECT_THAT(in("userTask", "",
                 "<multiInstanceLoopCharacteristics isSequential=\"maybe\"><loopCardinality>2"
                 "</loopCardinality></multiInstanceLoopCharacteristics>"),
              UnorderedElementsAre(Pair("x", "process.no_truth")));
}

TEST(Strictness, OneAndNoughtAreExecuted) {
  const auto document = xml::read(process_xml(
      kStartAndEnd +
      element("userTask", "t",
              "<multiInstanceLoopCharacteristics isSequential=\" 1 \"><loopCardinality>2"
              "</loopCardinality></multiInstanceLoopCharacteristics>") +
      element("boundaryEvent", "b",
              "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>",
              "attachedToRef=\"t\" cancelActivity=\"0\"") +
      chain({"s", "t", "e"}) + flow("b", "e")));
  Findings findings;
  const auto definition = read_definition(*document, {}, findings);
  ASSERT_NE(definition, nullptr);
  EXPECT_TRUE(definition->nodes[definition->node("t")].multi->sequential);
  EXPECT_FALSE(definition->nodes[definition->node("b")].interrupting);
}

TEST(Strictness, WhatWouldChangeItsMeaningIsRefused) {
  const auto of = [](const std::string& attributes, const std::string& inside) {
    return found_in(process_xml(kStartAndEnd + element("userTask", "x", inside, attributes) +
                                chain({"s", "x", "e"})));
  };
  const auto loop = [](const std::string& attributes, const std::string& inside) {
    return "<multiInstanceLoopCharacteristics id=\"l\" " + attributes +
           "><loopCardinality>2</loopCardinality>" + inside + "</multiInstanceLoopCharacteristics>";
  };
  const std::pair<std::string, std::string> kCases[] = {
      {"startQuantity=\"2\"", ""},
      {"completionQuantity=\"3\"", ""},
      {"", loop("behavior=\"One\"", "")},
      {"", loop("behavior=\"None\"", "")},
      {"", loop("", "<complexBehaviorDefinition/>")},
      {"", loop("", "<loopDataOutputRef>o</loopDataOutputRef>")},
      {"", loop("", "<outputDataItem id=\"o\"/>")},
      {"",
       "<dataInputAssociation id=\"a\"><assignment><from>1</from><to>x</to></assignment>"
       "</dataInputAssociation>"}};
  for (const auto& [attributes, inside] : kCases) {
    EXPECT_THAT(of(attributes, inside),
                UnorderedElementsAre(Pair("x", "process.element_unsupported")))
        << attributes << inside;
  }
  EXPECT_TRUE(of("startQuantity=\"1\"", loop("behavior=\"All\"", "")).empty());
  EXPECT_THAT(of("jishi:rol=\"secretary\"", ""),
              UnorderedElementsAre(Pair("x", "process.attribute_unknown")));
  EXPECT_TRUE(of("jishi:materialsEn=\"a\" jishi:en=\"b\"", "").empty());
  EXPECT_TRUE(of("jishi:yes=\"a\" jishi:yesEn=\"b\" jishi:no=\"c\" jishi:noEn=\"d\"", "").empty());
}

TEST(Strictness, ExpressionsAreInFeel) {
  const auto with = [](const std::string& language, const std::string& all) {
    std::string file = choice("exclusiveGateway", "default=\"g_b\"", "x = 1", "");
    if (!language.empty()) {
      file.replace(file.find("<conditionExpression"), 20,
                   "<conditionExpression language=\"" + language + "\"");
    }
    if (!all.empty()) file.insert(12, " id=\"d\" expressionLanguage=\"" + all + "\"");
    return found_in(file);
  };
  const std::string xpath = "http://www.w3.org/1999/XPath";
  const std::string feel = "https://www.omg.org/spec/DMN/20191111/FEEL/";
  EXPECT_THAT(with(xpath, ""), UnorderedElementsAre(Pair("g_a", "process.language")));
  EXPECT_THAT(with("", xpath), UnorderedElementsAre(Pair("d", "process.language")));
  EXPECT_TRUE(with(feel, xpath).empty());
  EXPECT_TRUE(with("feel", "").empty());
  EXPECT_TRUE(with("", feel).empty());
}

/// Two processes, each with a start and an end, and what they say of themselves.
std::string two(const std::string& first, const std::string& second) {
  const auto one = [](const std::string& id, const std::string& says, const std::string& inside) {
    return "<process id=\"" + id + "\" " + (says.empty() ? "" : "isExecutable=\"" + says + "\"") +
           ">" + inside + "</process>";
  };
  return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">)" +
         one("out", first, kStartAndEnd + flow("s", "e")) +
         one("in", second,
             element("startEvent", "s2") + element("endEvent", "e2") + flow("s2", "e2")) +
         "</definitions>";
}

TEST(Strictness, OfSeveralProcessesOneIsExecuted) {
  const std::tuple<const char*, const char*, const char*> kCases[] = {
      {"false", "true", "in"},  {"0", "1", "in"}, {"", "true", "in"},
      {"true", "false", "out"}, {"", "", "out"},  {"false", "", "in"}};
  for (const auto& [first, second, executed] : kCases) {
    const auto document = xml::read(two(first, second));
    Findings findings;
    const auto definition = read_definition(*document, {}, findings);
    ASSERT_NE(definition, nullptr) << first << " " << second;
    ASSERT_EQ(definition->processes.size(), 1U);
    EXPECT_EQ(definition->scopes[definition->processes.front()].id, executed);
  }
  EXPECT_THAT(found_in(two("true", "true")),
              UnorderedElementsAre(Pair("out", "process.several_executable"),
                                   Pair("in", "process.several_executable")));
  EXPECT_THAT(found_in(two("false", "false")),
              UnorderedElementsAre(Pair("out", "process.none_executable"),
                                   Pair("in", "process.none_executable")));
  EXPECT_THAT(found_in(two("perhaps", "true")), Contains(Pair("out", "process.no_truth")));
}

TEST(Strictness, CirclesThatNobodyStopsAreTold) {
  const std::string circle = kStartAndEnd + element("exclusiveGateway", "m") +
                             element("exclusiveGateway", "g", "", "default=\"g_e\"") +
                             element("serviceTask", "w", "", "jishi:operation=\"x\"") +
                             flow("s", "m") + flow("w", "g") + flow("g", "e") +
                             flow("g", "m", "x = 1");
  EXPECT_THAT(found_in(process_xml(circle + flow("m", "w")), true),
              UnorderedElementsAre(Pair("m", "process.circle_by_itself")));
  EXPECT_TRUE(
      found_in(process_xml(circle + element("userTask", "t") + chain({"m", "t", "w"})), true)
          .empty());
  // A way out that is never taken is none.
  EXPECT_THAT(found_in(process_xml(kStartAndEnd + element("userTask", "t") +
                                   element("exclusiveGateway", "g", "", "default=\"g_t\"") +
                                   chain({"s", "t", "g", "t"}) + flow("g", "e", "false"))),
              Contains(Pair("t", "process.no_exit")));
}

TEST(Strictness, SmallThingsAreTold) {
  const std::string sub = element("subProcess", "x",
                                  element("startEvent", "s2") + element("userTask", "t") +
                                      element("endEvent", "e2") + chain({"s2", "t", "e2"}));
  const std::string timer =
      "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>";
  EXPECT_THAT(found_in(process_xml(kStartAndEnd + sub + chain({"s", "x", "e"}) +
                                   element("boundaryEvent", "b", timer, "attachedToRef=\"t\"") +
                                   flow("b", "e"))),
              Contains(Pair("b", "process.boundary_scope")));
  EXPECT_THAT(
      found_in(process_xml(kStartAndEnd + element("userTask", "t") + chain({"s", "t", "e"}) +
                           element("boundaryEvent", "b", "<errorEventDefinition/>",
                                   "attachedToRef=\"t\" cancelActivity=\"false\"") +
                           flow("b", "e"))),
      Contains(Pair("b", "process.error_interrupts")));
  EXPECT_THAT(
      found_in(process_xml(kStartAndEnd + element("receiveTask", "t", "", "messageRef=\"m\"") +
                               chain({"s", "t", "e"}),
                           "<message id=\"m\" name=\" \"/>")),
      Contains(Pair("t", "process.message_name")));
  const Surroundings around{std::vector<std::string>{"secretary"}, {}};
  EXPECT_THAT(found_in(process_xml(element("startEvent", "s", "", "jishi:role=\"nobody\"") +
                                   element("endEvent", "e") + flow("s", "e")),
                       false, around),
              Contains(Pair("s", "process.role_unknown")));
  EXPECT_THAT(found_in(process_xml(kStartAndEnd + chain({"s", "t", "e"}) +
                                       element("intermediateThrowEvent", "t",
                                               "<messageEventDefinition messageRef=\"m\"/>",
                                               "jishi:role=\"nobody\""),
                                   "<message id=\"m\" name=\"M\"/>"),
                       false, around),
              Contains(Pair("t", "process.role_unknown")));
  std::string strange = process_xml(kStartAndEnd + flow("s", "e"));
  strange.replace(strange.find("id=\"p\""), 6, "id=\"../../x\"");
  EXPECT_THAT(found_in(strange), Contains(Pair("../../x", "process.id_form")));
  EXPECT_TRUE(found_in(process_xml(kStartAndEnd + element("userTask", "谈话_1") +
                                   chain({"s", "谈话_1", "e"})))
                  .empty());
  EXPECT_THAT(
      found_in(process_xml(kStartAndEnd + element("userTask", "t", "", "jishi:due=\"soon\"") +
                           chain({"s", "t", "e"})),
               true),
      UnorderedElementsAre(Pair("t", "process.timer_word")));
  for (const char* due : {"R/P1D", "R3/PT1H"}) {
    EXPECT_THAT(
        found_in(process_xml(
            kStartAndEnd + element("userTask", "t", "", "jishi:due=\"" + std::string(due) + "\"") +
            chain({"s", "t", "e"}))),
        UnorderedElementsAre(Pair("t", "process.timer_repeats")));
  }
  std::string many = kStartAndEnd + flow("s", "e");
  for (int i = 0; i < 600; ++i) many += element("scriptTask", "x" + std::to_string(i));
  const auto found = found_in(process_xml(many));
  EXPECT_EQ(found.size(), 501U);
  EXPECT_EQ(found.back().second, "process.more_findings");
}

TEST(Strictness, AConditionThatNeverHoldsIsNoWay) {
  const auto exit_by = [](const std::string& condition) {
    return found_in(process_xml(kStartAndEnd + element("userTask", "a") +
                                element("exclusiveGateway", "g", "", "default=\"g_a\"") +
                                chain({"s", "a", "g", "a"}) + flow("g", "e", condition)));
  };
  for (const char* never : {"false", "1 = 2", "not(true)", "false and x", "x and false", "[]", "5",
                            "date(\"2026-01-01\")", "\"yes\"", "{a: 1}", "1 = 2 or 3"}) {
    EXPECT_THAT(exit_by(never), Contains(Pair("e", "process.unreachable"))) << never;
  }
  for (const char* perhaps : {"x", "x = 1", "not(x)", "false or x", "1 = 1", "today() = d",
                              "today() > date(\"2026-01-02\")"}) {
    EXPECT_TRUE(exit_by(perhaps).empty()) << perhaps;
  }
}

TEST(Strictness, AnErrorThatNothingThrowsIsWarnedOf) {
  const auto around = [](const std::string& activity, const std::string& caught) {
    return found_in(
        process_xml(kStartAndEnd + activity +
                        element("boundaryEvent", "b", "<errorEventDefinition " + caught + "/>",
                                "attachedToRef=\"x\"") +
                        chain({"s", "x", "e"}) + flow("b", "e"),
                    "<error id=\"e1\" errorCode=\"E1\"/><error id=\"e2\" errorCode=\"E2\"/>"),
        true);
  };
  const std::string throws =
      element("subProcess", "x",
              element("startEvent", "s2") +
                  element("endEvent", "x2", "<errorEventDefinition errorRef=\"e1\"/>") +
                  chain({"s2", "x2"}));
  const auto warned = UnorderedElementsAre(Pair("b", "process.error_never"));
  EXPECT_TRUE(around(throws, "errorRef=\"e1\"").empty());
  EXPECT_TRUE(around(throws, "").empty());
  EXPECT_THAT(around(throws, "errorRef=\"e2\""), warned);
  EXPECT_THAT(around(element("userTask", "x"), ""), warned);
  EXPECT_TRUE(around(element("serviceTask", "x"), "errorRef=\"e2\"").empty());
}

TEST(Strictness, OwnAttributesStandWhereTheyAreRead) {
  const auto of = [](const std::string& attributes) {
    return found_in(process_xml(kStartAndEnd + element("userTask", "x", "", attributes) +
                                chain({"s", "x", "e"})),
                    true);
  };
  for (const char* name : {"operation", "outputs", "collect", "sets", "reads", "decision"}) {
    EXPECT_THAT(of("jishi:" + std::string(name) + "=\"x\""),
                UnorderedElementsAre(Pair("x", "process.attribute_misplaced")))
        << name;
  }
  EXPECT_TRUE(of("jishi:form=\"x\" jishi:role=\"y\" jishi:basis=\"z\"").empty());
  std::string sets = process_xml(kStartAndEnd + flow("s", "e"));
  sets.replace(sets.find("id=\"s_e\""), 8, "id=\"s_e\" jishi:sets=\"5\"");
  EXPECT_THAT(found_in(sets), UnorderedElementsAre(Pair("s_e", "process.sets_form")));
}

TEST(Strictness, WhatWasDeployedGoesOn) {
  const auto document = xml::read(choice("exclusiveGateway", "", "x > 1", "x <= 1"));
  Findings findings;
  EXPECT_EQ(read_definition(*document, {}, findings), nullptr);
  findings.clear();
  EXPECT_NE(read_definition_again(*document, {}, findings), nullptr);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_TRUE(findings.front().warning);
  // Both were read then, and the first was executed.
  const auto both = xml::read(two("false", "true"));
  findings.clear();
  const auto again = read_definition_again(*both, {}, findings);
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->scopes[again->processes.front()].id, "out");
}

}  // namespace
}  // namespace jishi::workflow
