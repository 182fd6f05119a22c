// A state that was kept is the very same again, wherever a case stands.

#include "modules/workflow/kept_state/kept_state.hpp"

#include "modules/workflow/engine/test_process.hpp"
#include "modules/workflow/kept_state/kept_value.hpp"

namespace jishi::workflow {
namespace {

feel::Value again(const feel::Value& value) {
  const auto text = boost::json::serialize(kept_value(value));
  const auto read = value_of_kept(boost::json::parse(text));
  EXPECT_TRUE(read) << text;
  return read ? *read : feel::Value();
}

TEST(KeptValue, ValuesKeepTheirKinds) {
  const feel::Value values[] = {feel::Value(),
                                feel::Value(true),
                                feel::Value("文字 \"@date\""),
                                feel::Value(-12),
                                feel::Value(*Decimal::parse("0.10")),
                                feel::Value(*Decimal::parse("12345678901234567890123")),
                                feel::Value(*feel::parse_calendar_date("2026-02-28")),
                                feel::Value(*feel::parse_time_of_day("08:30:00+08:00")),
                                feel::Value(*feel::parse_date_and_time("2026-02-28T08:30:00")),
                                feel::Value(*feel::parse_days_and_time("P3DT4H")),
                                feel::Value(*feel::parse_years_and_months("P1Y2M"))};
  for (const feel::Value& value : values) {
    EXPECT_EQ(feel::kind_of(again(value)), feel::kind_of(value));
    EXPECT_EQ(feel::literal_of(again(value)), feel::literal_of(value));
  }
}

TEST(KeptValue, ListsContextsRangesAndNamesWithAMark) {
  const feel::Value date(*feel::parse_calendar_date("2026-02-28"));
  const feel::Value range = feel::Value::range({date, feel::Value(), true, false});
  const feel::Value marked = feel::Value::context({{"@date", feel::Value("no date")}});
  const feel::Value all = feel::Value::list(
      {date, range, marked, feel::Value::context({{"a", date}, {"b", feel::Value::list({})}})});
  EXPECT_EQ(feel::literal_of(again(all)), feel::literal_of(all));
}

TEST(KeptValue, WhatWasNotWrittenIsDamaged) {
  for (const char* text : {R"({"@date": "soon"})", R"({"@range": [1]})", R"({"@thing": "x"})"}) {
    const auto read = value_of_kept(boost::json::parse(text));
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, "workflow.state_damaged");
  }
}

// A process with a timer, a message, signers, several instances and a sub-process at once.
std::shared_ptr<const Definition> crowded() {
  return define(process_xml(
      kStartAndEnd + element("parallelGateway", "f") + element("parallelGateway", "j") +
      element("userTask", "sign", "",
              "jishi:signers=\"[&quot;li&quot;, &quot;wang&quot;]\" jishi:sign=\"joint\" "
              "jishi:due=\"P3D\"") +
      element("userTask", "each",
              "<multiInstanceLoopCharacteristics><loopDataInputRef>names</loopDataInputRef>"
              "<inputDataItem name=\"one\"/></multiInstanceLoopCharacteristics>") +
      element("subProcess", "sub",
              element("startEvent", "s2") + element("userTask", "in") + element("endEvent", "e2") +
                  chain({"s2", "in", "e2"})) +
      "<intermediateCatchEvent id=\"later\"><timerEventDefinition><timeDuration>P9D"
      "</timeDuration></timerEventDefinition></intermediateCatchEvent>" +
      chain({"s", "f", "sign", "j", "e"}) + chain({"f", "each", "j"}) + chain({"f", "sub", "j"}) +
      chain({"f", "later", "j"})));
}

Outcome played(const Definition& definition, const State& state, Event event) {
  event.now = kDay;
  return apply(definition, definition.processes.front(), state, event, {});
}

TEST(KeptState, BranchesThatHaveJoinedAreGoneBackIntoAfterwards) {
  Case one(kStartAndEnd + element("parallelGateway", "f") + element("parallelGateway", "j") +
           element("userTask", "a") + element("userTask", "b") + element("userTask", "z") +
           chain({"s", "f", "a", "j", "z", "e"}) + chain({"f", "b", "j"}));
  one.start();
  one.approve("a", "li");
  one.approve("b", "wang");
  const auto again = state_of_kept(one.definition(), kept_state(one.definition(), one.state));
  ASSERT_TRUE(again);
  one.state = *again;
  EXPECT_EQ(one.act(Verb::send_back, "z", "sun", "", "a"), "done");
  EXPECT_EQ(one.open(), "a");
  EXPECT_EQ(one.approve("a", "li"), "done");
  EXPECT_EQ(one.open(), "z");
}

TEST(KeptState, IsTheSameAgainAtEveryStep) {
  const auto definition = crowded();
  Event event;
  event.actor = "li";
  event.variables =
      feel::Value::context({{"names", feel::Value::list({feel::Value("a"), feel::Value("b")})},
                            {"on", feel::Value(*feel::parse_calendar_date("2026-02-28"))}});
  State state = played(*definition, {}, event).state;
  ASSERT_EQ(state.status, CaseStatus::running);
  int steps = 0;
  while (state.status == CaseStatus::running && ++steps < 20) {
    const std::string kept = kept_state(*definition, state);
    const auto read = state_of_kept(*definition, kept);
    ASSERT_TRUE(read) << kept;
    EXPECT_EQ(kept_state(*definition, *read), kept);
    if (state.tasks.empty()) break;
    event.verb = Verb::approve;
    event.task = state.tasks.back().id;
    event.variables = {};
    for (const char* who : {"li", "wang"}) {
      event.actor = who;
      // Played from what was kept it goes the same way.
      const Outcome from_kept = played(*definition, *read, event);
      const Outcome outcome = played(*definition, state, event);
      EXPECT_EQ(from_kept.refused, outcome.refused);
      EXPECT_EQ(kept_state(*definition, from_kept.state), kept_state(*definition, outcome.state));
      if (outcome.refused) continue;
      state = outcome.state;
      break;
    }
  }
  EXPECT_GT(steps, 4);
}

TEST(KeptState, AnotherVersionTellsWhatItLacks) {
  const auto one =
      define(process_xml(kStartAndEnd + element("userTask", "old") + chain({"s", "old", "e"})));
  const auto other =
      define(process_xml(kStartAndEnd + element("userTask", "fresh") + chain({"s", "fresh", "e"})));
  const State state = played(*one, {}, {}).state;
  const auto read = state_of_kept(*other, kept_state(*one, state));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "workflow.element_gone");
  EXPECT_EQ(state_of_kept(*one, "{}").error().code, "workflow.state_damaged");
  EXPECT_EQ(state_of_kept(*one, "nonsense").error().code, "workflow.state_damaged");
}

TEST(KeptState, WhatWasDoneAtAStepThatIsNoMoreKeepsNoCaseBack) {
  const auto one =
      define(process_xml(kStartAndEnd + element("userTask", "a") + element("userTask", "b") +
                         element("userTask", "sign") + chain({"s", "a", "b", "sign", "e"})));
  const auto other =
      define(process_xml(kStartAndEnd + element("userTask", "a") + element("userTask", "sign") +
                         chain({"s", "a", "sign", "e"})));
  State state = played(*one, {}, {}).state;
  for (int i = 0; i < 2; ++i) {
    Event event;
    event.verb = Verb::approve;
    event.task = state.tasks.back().id;
    event.actor = "li";
    state = played(*one, state, event).state;
  }
  ASSERT_EQ(state.steps.size(), 2);
  const auto read = state_of_kept(*other, kept_state(*one, state));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->steps.size(), 1);
  EXPECT_EQ(other->nodes[read->tasks.front().node].id, "sign");
}

}  // namespace
}  // namespace jishi::workflow
