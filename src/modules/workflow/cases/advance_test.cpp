// A step and what it does are one: both kept, or neither.

#include "modules/workflow/cases/test_cases.hpp"
#include "modules/workflow/facts.hpp"

namespace jishi::workflow {
namespace {

constexpr Statement kRevision{"test.revision", "select revision from workflow_case"};
constexpr Statement kName{"test.name", "select name from registry_organisation where id = $1"};
constexpr Statement kEvents{"test.events", "select count(*) from workflow_case_event"};

std::string service(const std::string& id, const std::string& operation) {
  return element("serviceTask", id, "", "jishi:operation=\"" + operation + "\"");
}

Operations renaming() {
  Operations operations;
  operations.add("rename", [](Transaction& tx, const OperationCall& call) -> Result<feel::Value> {
    const auto done =
        registry::decide_field(tx, "organisation", call.organisation, {"name", "新名称"});
    if (!done) return done.error();
    return feel::Value::context({{"renamed", feel::Value(true)}});
  });
  operations.add("refuse", [](Transaction& tx, const OperationCall& call) -> Result<feel::Value> {
    (void)registry::decide_field(tx, "organisation", call.organisation, {"name", "不该有的名称"});
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "x"}});
  });
  operations.add("decline", [](Transaction&, const OperationCall&) -> Result<feel::Value> {
    return fail(ErrorKind::refused, "workflow.variable_missing", {{"name", "x"}});
  });
  return operations;
}

TEST(Advance, AnOperationIsDoneInTheStepThatAsksForIt) {
  CaseRoom room(renaming());
  room.deploy(kStartAndEnd + element("userTask", "t") + service("do", "rename") +
              element("userTask", "then") + chain({"s", "t", "do", "then", "e"}));
  const auto started = room.start();
  ASSERT_TRUE(started);
  EXPECT_EQ(room.ask<std::string>(kName, room.branch), "A");
  const auto done = room.act(started->case_id, "t", Verb::approve);
  ASSERT_TRUE(done);
  EXPECT_EQ(room.ask<std::string>(kName, room.branch), "新名称");
  EXPECT_EQ(room.open_tasks(), "then");
  EXPECT_EQ(done->revision, 2);
}

TEST(Advance, WhatAnOperationRefusesLeavesNothingBehind) {
  CaseRoom room(renaming());
  room.deploy(kStartAndEnd + element("userTask", "t") + service("do", "refuse") +
              chain({"s", "t", "do", "e"}));
  const auto started = room.start();
  const auto facts = room.store->last_seq();
  const auto done = room.act(started->case_id, "t", Verb::approve);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "workflow.variable_missing");
  EXPECT_EQ(room.ask<std::string>(kName, room.branch), "A");
  EXPECT_EQ(room.ask(kRevision), 1);
  EXPECT_EQ(room.ask(kEvents), 1);
  EXPECT_EQ(room.open_tasks(), "t");
  EXPECT_EQ(room.store->last_seq(), facts);
}

TEST(Advance, AnErrorThatTheProcessCatchesIsAWayOn) {
  CaseRoom room(renaming());
  room.deploy(kStartAndEnd + element("userTask", "t") + service("do", "decline") +
                  "<boundaryEvent id=\"b\" attachedToRef=\"do\"><errorEventDefinition "
                  "errorRef=\"missing\"/></boundaryEvent>" +
                  element("userTask", "mend") + element("endEvent", "e2") +
                  chain({"s", "t", "do", "e"}) + chain({"b", "mend", "e2"}),
              "<error id=\"missing\" errorCode=\"workflow.variable_missing\"/>");
  const auto started = room.start();
  ASSERT_TRUE(room.act(started->case_id, "t", Verb::approve));
  EXPECT_EQ(room.open_tasks(), "mend");
}

TEST(Advance, AnOperationSeesTheVariablesOfTheProcessItStandsIn) {
  std::string seen;
  Operations operations;
  operations.add("look", [&](Transaction&, const OperationCall& call) -> Result<feel::Value> {
    const auto* x = call.variables.entry("x");
    seen = x == nullptr ? "nothing" : feel::text_of(*x).value_or("");
    return feel::Value();
  });
  CaseRoom room(std::move(operations));
  room.deploy(kStartAndEnd + element("callActivity", "c", "", "calledElement=\"q\"") +
              chain({"s", "c", "e"}) + "</process><process id=\"q\">" +
              element("startEvent", "qs") + element("userTask", "qt") + service("do", "look") +
              element("endEvent", "qe") + chain({"qs", "qt", "do", "qe"}));
  const auto started = room.start(R"({"x":"outside"})");
  ASSERT_TRUE(started);
  ASSERT_TRUE(room.act(started->case_id, "qt", Verb::approve, R"({"x":"inside"})"));
  EXPECT_EQ(seen, "inside");
}

TEST(Advance, ACaseGoesOnByItsVersionWhateverIsDeployedLater) {
  CaseRoom room;
  room.deploy(kStartAndEnd + element("userTask", "t") + element("userTask", "old") +
              chain({"s", "t", "old", "e"}));
  const auto started = room.start();
  room.deploy(kStartAndEnd + element("userTask", "t") + element("userTask", "fresh") +
              chain({"s", "t", "fresh", "e"}));
  ASSERT_TRUE(room.act(started->case_id, "t", Verb::approve));
  EXPECT_EQ(room.open_tasks(), "old");
  EXPECT_EQ(room.facts_of(fact::kProcessDeployed), 2);
}

}  // namespace
}  // namespace jishi::workflow
