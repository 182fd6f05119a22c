#include "modules/workflow/decision/model.hpp"

#include <gtest/gtest.h>

#include "base/feel/json.hpp"
#include "base/texts.hpp"

namespace jishi::workflow::decision {
namespace {

std::string model_of(const std::string& content) {
  return R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" )"
         R"(namespace="urn:m">)" +
         content + "</definitions>";
}

std::string literal(const std::string& name, const std::string& text,
                    const std::string& more = "") {
  return "<decision id=\"" + name + "\" name=\"" + name + "\">" + more +
         "<literalExpression><text><![CDATA[" + text + "]]></text></literalExpression></decision>";
}

std::string input(const std::string& name, const std::string& type = "") {
  return "<inputData id=\"in_" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
         (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/></inputData>";
}

std::string needs(const std::string& name) {
  return "<informationRequirement><requiredInput href=\"#in_" + name +
         "\"/></informationRequirement>";
}

std::string needs_decision(const std::string& name) {
  return "<informationRequirement><requiredDecision href=\"#" + name +
         "\"/></informationRequirement>";
}

std::string knows(const std::string& name) {
  return "<knowledgeRequirement><requiredKnowledge href=\"#" + name + "\"/></knowledgeRequirement>";
}

/// What a decision of a model is worth, as JSON; "refused" with the first reason's code.
std::string decided(const std::string& content, const std::string& name,
                    const std::string& inputs = "{}") {
  Findings findings;
  const feel::Value given = feel::value_from_json(inputs).value();
  const auto model = read_model(model_of(content), given, findings);
  if (model == nullptr) return "refused " + findings.front().error.code;
  const Element* what = model->find(name);
  if (what == nullptr) return "none";
  const FixedClock clock(*parse_iso_date("2026-03-05"));
  return feel::json_of(model->decide(*what, given, clock).value);
}

/// A table of one or two inputs `x` and `y`, with rules as `tests -> outputs`, cells by `;`.
std::string table(
    const std::string& attributes, const std::vector<std::string>& inputs,
    const std::vector<std::string>& outputs,
    const std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>>& rules) {
  std::string text = input("x") + input("y") + "<decision id=\"d\" name=\"d\">" + needs("x") +
                     needs("y") + "<decisionTable id=\"t\" " + attributes + ">";
  for (const auto& one : inputs) {
    text += "<input><inputExpression><text>" + one + "</text></inputExpression></input>";
  }
  for (const auto& one : outputs) text += one;
  for (const auto& [tests, results] : rules) {
    text += "<rule>";
    for (const auto& one : tests) {
      text += "<inputEntry><text><![CDATA[" + one + "]]></text></inputEntry>";
    }
    for (const auto& one : results) {
      text += "<outputEntry><text><![CDATA[" + one + "]]></text></outputEntry>";
    }
    text += "</rule>";
  }
  return text + "</decisionTable></decision>";
}

TEST(DecisionTable, SingleHits) {
  const auto rules = std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>>{
      {{"< 10"}, {"\"low\""}}, {{"[5..20]"}, {"\"middle\""}}, {{"> 15"}, {"\"high\""}}};
  const auto of = [&](const std::string& attributes, const std::string& x,
                      const std::string& output = "<output name=\"o\"/>") {
    return decided(table(attributes, {"x"}, {output}, rules), "d", "{\"x\":" + x + "}");
  };
  EXPECT_EQ(of("", "1"), "\"low\"");
  EXPECT_EQ(of("hitPolicy=\"UNIQUE\"", "12"), "\"middle\"");
  EXPECT_EQ(of("hitPolicy=\"UNIQUE\"", "7"), "null");
  EXPECT_EQ(of("hitPolicy=\"FIRST\"", "7"), "\"low\"");
  EXPECT_EQ(of("hitPolicy=\"ANY\"", "7"), "null");
  EXPECT_EQ(of("hitPolicy=\"ANY\"", "30"), "\"high\"");
  EXPECT_EQ(of("hitPolicy=\"FIRST\"", "null"), "null");
  const std::string ranked =
      "<output name=\"o\"><outputValues><text>\"high\", \"middle\", \"low\"</text></outputValues>"
      "</output>";
  EXPECT_EQ(of("hitPolicy=\"PRIORITY\"", "7", ranked), "\"middle\"");
  EXPECT_EQ(of("hitPolicy=\"PRIORITY\"", "17", ranked), "\"high\"");
  EXPECT_EQ(of("hitPolicy=\"FIRST\"", "\"a\"",
               "<output name=\"o\"><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry>"
               "</output>"),
            "\"none\"");
}

TEST(DecisionTable, WhatGoesByTheOrderOfItsOutputsListsThem) {
  const auto of = [](const std::string& attributes, const std::string& output) {
    return decided(table(attributes, {"x"}, {output}, {{{"-"}, {"1"}}}), "d", R"({"x":1})");
  };
  const std::string unlisted = "<output name=\"o\"/>";
  const std::string listed =
      "<output name=\"o\"><outputValues><text>2, 1</text></outputValues></output>";
  for (const char* policy : {"hitPolicy=\"PRIORITY\"", "hitPolicy=\"OUTPUT ORDER\""}) {
    EXPECT_EQ(of(policy, unlisted), "refused workflow.no_order") << policy;
    EXPECT_NE(of(policy, listed), "refused workflow.no_order") << policy;
  }
  EXPECT_EQ(of("hitPolicy=\"RULE ORDER\"", unlisted), "[1]");
}

TEST(DecisionTable, SeveralHits) {
  const auto rules = std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>>{
      {{"> 1"}, {"10"}}, {{"> 2"}, {"5"}}, {{"> 3"}, {"20"}}, {{"-"}, {"1"}}};
  const auto of = [&](const std::string& attributes, const std::string& x,
                      const std::string& output = "<output name=\"o\"/>") {
    return decided(table(attributes, {"x"}, {output}, rules), "d", "{\"x\":" + x + "}");
  };
  EXPECT_EQ(of("hitPolicy=\"RULE ORDER\"", "3"), "[10,5,1]");
  EXPECT_EQ(of("hitPolicy=\"COLLECT\"", "9"), "[10,5,20,1]");
  EXPECT_EQ(of("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "9"), "36");
  EXPECT_EQ(of("hitPolicy=\"COLLECT\" aggregation=\"MIN\"", "9"), "1");
  EXPECT_EQ(of("hitPolicy=\"COLLECT\" aggregation=\"MAX\"", "9"), "20");
  EXPECT_EQ(of("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "9"), "4");
  EXPECT_EQ(
      of("hitPolicy=\"OUTPUT ORDER\"", "9",
         "<output name=\"o\"><outputValues><text>1, 5, 10, 20</text></outputValues></output>"),
      "[1,5,10,20]");
  const auto none = [&](const std::string& attributes) {
    const std::string output =
        "<output name=\"o\"><outputValues><text>10</text></outputValues></output>";
    return decided(table(attributes, {"x"}, {output}, {{{"> 1"}, {"10"}}}), "d", R"({"x":0})");
  };
  for (const char* policy :
       {"hitPolicy=\"COLLECT\"", "hitPolicy=\"RULE ORDER\"", "hitPolicy=\"OUTPUT ORDER\"",
        "hitPolicy=\"COLLECT\" aggregation=\"COUNT\"",
        "hitPolicy=\"COLLECT\" aggregation=\"SUM\""}) {
    EXPECT_EQ(none(policy), "null") << policy;
  }
}

TEST(DecisionTable, Aggregations) {
  const auto of = [](const std::string& attributes, const std::vector<std::string>& outputs) {
    std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> rules;
    for (const auto& one : outputs) rules.push_back({{"-"}, {one}});
    return decided(table(attributes, {"x"}, {"<output name=\"o\"/>"}, rules), "d", R"({"x":1})");
  };
  const std::string sum = R"(hitPolicy="COLLECT" aggregation="SUM")";
  const std::string most = R"(hitPolicy="COLLECT" aggregation="MAX")";
  EXPECT_EQ(of(sum, {"1", "2"}), "3");
  EXPECT_EQ(of(sum, {R"(@"P1D")", R"(@"P2D")"}), R"("P3D")");
  EXPECT_EQ(of(sum, {R"("a")", R"("b")"}), "null");
  EXPECT_EQ(of(sum, {R"("a")"}), "null");
  EXPECT_EQ(of(sum, {R"(@"2026-01-01")"}), "null");
  EXPECT_EQ(of(sum, {R"(@"P1D")", R"(@"2026-01-01")"}), "null");
  EXPECT_EQ(of(sum, {"1", "null"}), "null");
  EXPECT_EQ(of(most, {R"("a")", R"("b")"}), R"("b")");
  EXPECT_EQ(of(most, {R"(@"2026-01-01")"}), R"("2026-01-01")");
  EXPECT_EQ(of(R"(hitPolicy="UNIQUE" aggregation="SUM")", {"1"}),
            "refused workflow.aggregation_policy");
  EXPECT_EQ(of(R"(aggregation="COUNT")", {"1"}), "refused workflow.aggregation_policy");
  for (const auto& aggregation : {"SUM", "COUNT", "MIN", "MAX"}) {
    EXPECT_EQ(
        decided(table(fmt::format(R"(hitPolicy="COLLECT" aggregation="{}")", aggregation), {"x"},
                      {"<output name=\"a\"/>", "<output name=\"b\"/>"}, {{{"-"}, {"1", "2"}}}),
                "d", R"({"x":1})"),
        "refused workflow.aggregation_outputs");
  }
}

TEST(DecisionTable, SeveralOutputsAreAContext) {
  const std::vector<std::string> outputs = {
      "<output name=\"grade\"><outputValues><text>\"A\", \"B\"</text></outputValues></output>",
      "<output name=\"points\"><outputValues><text>3, 2, 1</text></outputValues></output>"};
  const auto of = [&](const std::string& policy, const std::string& x, const std::string& y) {
    return decided(table("hitPolicy=\"" + policy + "\"", {"x", "y"}, outputs,
                         {{{"> 0", "-"}, {"\"B\"", "3"}},
                          {{"-", "true"}, {"\"A\"", "1"}},
                          {{"> 5", "true"}, {"\"A\"", "2"}}}),
                   "d", "{\"x\":" + x + ",\"y\":" + y + "}");
  };
  EXPECT_EQ(of("UNIQUE", "1", "false"), R"({"grade":"B","points":3})");
  EXPECT_EQ(of("PRIORITY", "9", "true"), R"({"grade":"A","points":2})");
  EXPECT_EQ(of("OUTPUT ORDER", "9", "true"),
            R"([{"grade":"A","points":2},{"grade":"A","points":1},{"grade":"B","points":3}])");
}

TEST(DecisionTable, ValuesThatAreNotAllowedAreNull) {
  const std::string text =
      input("x") + "<decision id=\"d\" name=\"d\">" + needs("x") +
      "<decisionTable><input><inputExpression typeRef=\"string\"><text>x</text></inputExpression>"
      "<inputValues><text>\"a\", \"b\"</text></inputValues></input><output name=\"o\"/>"
      "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry>"
      "</rule></decisionTable></decision>";
  EXPECT_EQ(decided(text, "d", R"({"x":"a"})"), "1");
  EXPECT_EQ(decided(text, "d", R"({"x":"c"})"), "null");
  // Null is none of them: it passes no `-`, but a cell that wants it, and values that name it.
  EXPECT_EQ(decided(text, "d", R"({"x":null})"), "null");
  EXPECT_EQ(decided(text, "d"), "null");
  const auto replaced = [&](const std::string& old, const std::string& by) {
    std::string made = text;
    return made.replace(made.find(old), old.size(), by);
  };
  EXPECT_EQ(decided(replaced("<text>-<", "<text>null<"), "d", R"({"x":null})"), "1");
  EXPECT_EQ(decided(replaced("\"b\"", "null"), "d", R"({"x":null})"), "1");
  EXPECT_EQ(decided(replaced("<inputValues><text>\"a\", \"b\"</text></inputValues>", ""), "d",
                    R"({"x":null})"),
            "1");
}

TEST(DecisionModel, RequirementsAreVisibleAndOnlyThey) {
  const std::string text =
      input("base amount", "number") + literal("rate", "0.05", "") +
      literal("fee", "base amount * rate", needs("base amount") + needs_decision("rate")) +
      literal("blind", "rate", "");
  EXPECT_EQ(decided(text, "fee", R"({"base amount":200})"), "10");
  EXPECT_EQ(decided(text, "fee", R"({"base amount":"x"})"), "null");
  EXPECT_EQ(decided(text, "blind"), "null");
  EXPECT_EQ(decided(text, "nothing"), "none");
}

TEST(DecisionModel, TypesOfInputsAndResults) {
  const std::string types =
      "<itemDefinition name=\"tGrade\"><typeRef>string</typeRef><allowedValues><text>\"A\",\"B\""
      "</text></allowedValues></itemDefinition>"
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"name\"><typeRef>string</typeRef>"
      "</itemComponent><itemComponent name=\"birth day\"><typeRef>date</typeRef></itemComponent>"
      "</itemDefinition>"
      "<itemDefinition name=\"tPeople\" isCollection=\"true\"><typeRef>tPerson</typeRef>"
      "</itemDefinition>"
      "<itemDefinition name=\"tNumbers\" isCollection=\"true\"><typeRef>number</typeRef>"
      "</itemDefinition>";
  EXPECT_EQ(
      decided(types + input("g", "tGrade") + literal("d", "g", needs("g")), "d", R"({"g":"A"})"),
      "\"A\"");
  EXPECT_EQ(
      decided(types + input("g", "tGrade") + literal("d", "g", needs("g")), "d", R"({"g":"C"})"),
      "null");
  const std::string person =
      types + input("p", "tPerson") + literal("d", "p.birth day.year", needs("p"));
  EXPECT_EQ(decided(person, "d", R"({"p":{"name":"x","birth day":"1990-05-01"}})"), "1990");
  EXPECT_EQ(decided(person, "d", R"({"p":{"name":"x"}})"), "null");
  EXPECT_EQ(decided(types + input("p", "tPeople") +
                        literal("d", "p[birth day > @\"1980-01-01\"].name", needs("p")),
                    "d",
                    R"({"p":[{"name":"x","birth day":"1990-05-01"},
                             {"name":"y","birth day":"1970-05-01"}]})"),
            R"(["x"])");
  const auto typed = [&](const std::string& type, const std::string& expression) {
    return decided(
        types + literal("d", expression, "<variable name=\"d\" typeRef=\"" + type + "\"/>"), "d");
  };
  EXPECT_EQ(typed("string", "1 + 1"), "null");
  EXPECT_EQ(typed("tNumbers", "[1, 2, \"a\"]"), "null");
  EXPECT_EQ(typed("tNumbers", "1"), "[1]");
  EXPECT_EQ(typed("number", "[1]"), "1");
  EXPECT_EQ(typed("tPerson", "{name: \"a\", birth day: date(\"2000-01-01\"), more: 1}"),
            R"({"name":"a","birth day":"2000-01-01","more":1})");
  EXPECT_EQ(typed("tPerson", "{name: \"a\"}"), "null");
  EXPECT_EQ(typed("Any", "1"), "1");
  EXPECT_EQ(typed("tMissing", "1"), "refused workflow.type_unknown");
  EXPECT_EQ(decided(types + literal("d", "256 instance of tGrade"), "d"), "false");
  EXPECT_EQ(decided("<itemDefinition name=\"a\"><typeRef>b</typeRef></itemDefinition>"
                    "<itemDefinition name=\"b\"><typeRef>a</typeRef></itemDefinition>",
                    "d"),
            "refused workflow.type_cycle");
}

TEST(DecisionModel, KnowledgeIsCalledByPositionNameAndBox) {
  const std::string knowledge =
      "<businessKnowledgeModel id=\"k\" name=\"half of\"><encapsulatedLogic>"
      "<formalParameter name=\"n\" typeRef=\"number\"/><literalExpression><text>n / 2</text>"
      "</literalExpression></encapsulatedLogic></businessKnowledgeModel>"
      "<businessKnowledgeModel id=\"f\" name=\"factorial\"><encapsulatedLogic>"
      "<formalParameter name=\"n\"/><literalExpression><text>if n = 0 then 1 else n * "
      "factorial(n - 1)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>";
  EXPECT_EQ(decided(knowledge + literal("d", "half of(8) + half of(n: 2)", knows("k")), "d"), "5");
  EXPECT_EQ(decided(knowledge + literal("d", "half of(\"a\")", knows("k")), "d"), "null");
  EXPECT_EQ(decided(knowledge + literal("d", "factorial(5)", knows("f")), "d"), "120");
  // What does not conform arrives as null, and the body tells what then.
  const std::string asked =
      "<businessKnowledgeModel id=\"k\" name=\"is there\"><encapsulatedLogic>"
      "<formalParameter name=\"n\" typeRef=\"number\"/><literalExpression><text>n != null</text>"
      "</literalExpression></encapsulatedLogic></businessKnowledgeModel>";
  EXPECT_EQ(decided(asked + literal("d", "is there(1)", knows("k")), "d"), "true");
  EXPECT_EQ(decided(asked + literal("d", "is there(\"a\")", knows("k")), "d"), "false");
  EXPECT_EQ(decided(knowledge + "<decision id=\"d\" name=\"d\">" + knows("k") +
                        "<invocation><literalExpression><text>half of</text></literalExpression>"
                        "<binding><parameter name=\"n\"/><literalExpression><text>6</text>"
                        "</literalExpression></binding></invocation></decision>",
                    "d"),
            "3");
}

TEST(DecisionModel, KnowledgeGivesWhatItsVariableSays) {
  const auto given = [](const std::string& type, const std::string& result) {
    return decided(
        "<itemDefinition name=\"list\" isCollection=\"true\"><typeRef>number</typeRef>"
        "</itemDefinition><itemDefinition name=\"gives list\"><functionItem "
        "outputTypeRef=\"list\"/></itemDefinition><businessKnowledgeModel id=\"k\" "
        "name=\"k\"><variable name=\"k\" typeRef=\"" +
            type + "\"/><encapsulatedLogic><literalExpression><text>" + result +
            "</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>" +
            literal("d", "k()", knows("k")),
        "d");
  };
  EXPECT_EQ(given("gives list", "1"), "[1]");
  EXPECT_EQ(given("gives list", "\"a\""), "null");
  EXPECT_EQ(given("number", "[1]"), "1");
}

std::string boxed(const std::string& box) {
  return "<decision id=\"d\" name=\"d\">" + box + "</decision>";
}

std::string text_of(const std::string& text) {
  return "<literalExpression><text><![CDATA[" + text + "]]></text></literalExpression>";
}

TEST(DecisionModel, BoxedExpressions) {
  EXPECT_EQ(decided(boxed("<context><contextEntry><variable name=\"first one\"/>" + text_of("2") +
                          "</contextEntry><contextEntry><variable name=\"b\"/>" +
                          text_of("first one * 3") + "</contextEntry></context>"),
                    "d"),
            R"({"first one":2,"b":6})");
  EXPECT_EQ(decided(boxed("<context><contextEntry><variable name=\"a\"/>" + text_of("2") +
                          "</contextEntry><contextEntry>" + text_of("a + 1") +
                          "</contextEntry></context>"),
                    "d"),
            "3");
  EXPECT_EQ(decided(boxed("<list>" + text_of("1") + text_of("\"b\"") + "</list>"), "d"),
            R"([1,"b"])");
  EXPECT_EQ(decided(boxed("<relation><column name=\"a\"/><column name=\"b\"/><row>" + text_of("1") +
                          text_of("2") + "</row><row>" + text_of("3") + text_of("4") +
                          "</row></relation>"),
                    "d"),
            R"([{"a":1,"b":2},{"a":3,"b":4}])");
  EXPECT_EQ(decided(boxed("<conditional><if>" + text_of("1 > 2") + "</if><then>" + text_of("1") +
                          "</then><else>" + text_of("2") + "</else></conditional>"),
                    "d"),
            "2");
  EXPECT_EQ(decided(boxed("<filter><in>" + text_of("[{a: 1}, {a: 2}]") + "</in><match>" +
                          text_of("a > 1") + "</match></filter>"),
                    "d"),
            R"([{"a":2}])");
  const auto filtered = [](const std::string& list, const std::string& match) {
    return decided(boxed("<filter><in>" + text_of(list) + "</in><match>" + text_of(match) +
                         "</match></filter>"),
                   "d");
  };
  EXPECT_EQ(filtered("[1, 2, 3]", "-1"), "3");
  EXPECT_EQ(filtered("[1, 2, 3]", "4"), "null");
  EXPECT_EQ(filtered("[1, 2, 3]", "\"a\""), "null");
  EXPECT_EQ(decided(boxed("<for iteratorVariable=\"i\"><in>" +
                          text_of("[@\"2026-01-31\"..@\"2026-02-01\"]") + "</in><return>" +
                          text_of("i") + "</return></for>"),
                    "d"),
            R"(["2026-01-31","2026-02-01"])");
  EXPECT_EQ(decided(boxed("<for iteratorVariable=\"i\"><in>" + text_of("[1, 2]") + "</in><return>" +
                          text_of("i * 10") + "</return></for>"),
                    "d"),
            "[10,20]");
  EXPECT_EQ(decided(boxed("<every iteratorVariable=\"i\"><in>" + text_of("[1, 2]") +
                          "</in><satisfies>" + text_of("i > 1") + "</satisfies></every>"),
                    "d"),
            "false");
  EXPECT_EQ(decided(boxed("<some iteratorVariable=\"i\"><in>" + text_of("[1..3]") +
                          "</in><satisfies>" + text_of("i > 1") + "</satisfies></some>"),
                    "d"),
            "true");
  EXPECT_EQ(decided(boxed("<context><contextEntry><variable name=\"f\"/><functionDefinition>"
                          "<formalParameter name=\"x\"/>" +
                          text_of("if x < 2 then 1 else x * f(x - 1)") +
                          "</functionDefinition></contextEntry><contextEntry>" + text_of("f(5)") +
                          "</contextEntry></context>"),
                    "d"),
            "120");
  EXPECT_EQ(decided(boxed(""), "d"), "null");
}

TEST(DecisionModel, Services) {
  const std::string text =
      input("x", "number") + literal("double", "x * 2", needs("x")) +
      literal("triple", "x * 3 + 0", needs("x")) +
      literal("sum", "double + triple", needs_decision("double") + needs_decision("triple")) +
      "<decisionService id=\"s\" name=\"both\"><outputDecision href=\"#double\"/>"
      "<outputDecision href=\"#triple\"/><inputData href=\"#in_x\"/></decisionService>"
      "<decisionService id=\"s2\" name=\"sum of\"><outputDecision href=\"#sum\"/>"
      "<encapsulatedDecision href=\"#triple\"/><inputData href=\"#in_x\"/>"
      "<inputDecision href=\"#double\"/></decisionService>" +
      literal("caller", "sum of(1, 100) + both(x: 2).double", knows("s") + knows("s2"));
  EXPECT_EQ(decided(text, "both", R"({"x":2})"), R"({"double":4,"triple":6})");
  EXPECT_EQ(decided(text, "sum of", R"({"x":2,"double":50})"), "56");
  EXPECT_EQ(decided(text, "caller"), "107");
}

TEST(DecisionModel, WhatIsBrokenElsewhereDoesNotMatter) {
  Findings findings;
  const auto model = read_sound_parts(
      model_of(literal("good", "1 + 1") + literal("bad", "1 +") +
               literal("above", "bad", needs_decision("bad")) +
               "<decisionService id=\"s\" name=\"s\"><outputDecision href=\"#above\"/>"
               "</decisionService>"),
      {}, findings, feel::Library::standard());
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(findings.at(0).element, "bad:1");
  EXPECT_TRUE(model->sound(*model->find("good")));
  EXPECT_FALSE(model->sound(*model->find("bad")));
  EXPECT_FALSE(model->sound(*model->find("above")));
  EXPECT_FALSE(model->sound(*model->find("s")));
  findings.clear();
  const auto dangling = read_sound_parts(model_of(literal("a", "1", needs_decision("zz"))), {},
                                         findings, feel::Library::standard());
  EXPECT_EQ(dangling, nullptr);
}

TEST(DecisionModel, AFunctionThatNothingKnowsIsWarnedOf) {
  for (const char* unknown : {"foo(1)", "[1] [foo(item)]"}) {
    Findings findings;
    const auto model = read_model(model_of(literal("a", unknown)), {}, findings);
    ASSERT_NE(model, nullptr) << unknown;
    ASSERT_EQ(findings.size(), 1U) << unknown;
    EXPECT_TRUE(findings.front().warning);
    EXPECT_EQ(findings.front().error.code, "feel.unknown_function");
    EXPECT_TRUE(model->sound(*model->find("a")));
  }
  EXPECT_EQ(decided(literal("a", "{f: function(x) x + 1, y: f(2)}.y"), "a"), "3");
}

TEST(DecisionModel, Refusals) {
  const std::pair<const char*, std::string> kCases[] = {
      {"workflow.decision_cycle",
       literal("a", "b", needs_decision("b")) + literal("b", "a", needs_decision("a"))},
      {"workflow.dangling", literal("a", "1", needs_decision("zz"))},
      {"workflow.id_twice", literal("a", "1") + literal("a", "2")},
      {"workflow.import", "<import namespace=\"urn:x\" name=\"x\" importType=\"y\"/>"},
      {"workflow.element_unsupported", "<strange/>"},
      {"workflow.element_unsupported", boxed("<strange/>")},
      {"workflow.one_expression", boxed(text_of("1") + text_of("2"))},
      {"workflow.name_twice", boxed("<context><contextEntry><variable name=\"a\"/>" + text_of("1") +
                                    "</contextEntry><contextEntry><variable name=\"a\"/>" +
                                    text_of("2") + "</contextEntry></context>")},
      {"workflow.no_name", "<decision id=\"d\"/>"},
      {"feel.end", literal("a", "1 +")},
      {"workflow.hit_policy", table("hitPolicy=\"BEST\"", {"x"}, {"<output/>"}, {})},
      {"workflow.hit_policy",
       table("hitPolicy=\"COLLECT\" aggregation=\"AVG\"", {"x"}, {"<output/>"}, {})},
      {"workflow.row_length", table("", {"x"}, {"<output/>"}, {{{"1", "2"}, {"3"}}})},
      {"feel.end", table("", {"x"}, {"<output/>"}, {{{"> "}, {"3"}}})},
      {"workflow.part_missing", boxed("<conditional/>")},
      {"workflow.no_output", "<decisionService id=\"s\" name=\"s\"/>"},
      {"workflow.language", boxed("<literalExpression expressionLanguage=\"urn:js\"><text>1</text>"
                                  "</literalExpression>")},
      {"workflow.language", boxed("<functionDefinition kind=\"Java\"/>")}};
  for (const auto& [code, content] : kCases) {
    EXPECT_EQ(decided(content, "d"), std::string("refused ") + code) << content;
  }
  Findings findings;
  EXPECT_EQ(read_model("<a/>", {}, findings), nullptr);
  EXPECT_EQ(read_model("<!DOCTYPE a []><a/>", {}, findings), nullptr);
  ASSERT_EQ(findings.size(), 2);
  EXPECT_EQ(findings[0].error.code, "workflow.not_dmn");
  EXPECT_EQ(findings[1].error.code, "xml.doctype");
  findings.clear();
  read_model(model_of(literal("my_decision", "1 + ")), {}, findings);
  EXPECT_EQ(findings.at(0).element, "my_decision:1");
}

}  // namespace
}  // namespace jishi::workflow::decision
