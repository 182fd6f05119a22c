#include "modules/workflow/cases/next_steps.hpp"

#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

/// The ids of the steps that may follow; "played" where it has to be played to know.
std::vector<std::string> after(const std::string& node, const std::string& content) {
  const auto definition = define(process_xml(content));
  const auto steps = next_steps(*definition, definition->node(node));
  if (!steps) return {"played"};
  std::vector<std::string> ids;
  for (const Index step : *steps) ids.push_back(definition->nodes[step].id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(NextSteps, AreFoundThroughGateways) {
  const std::string content = kStartAndEnd + element("userTask", "a") +
                              element("exclusiveGateway", "g", "", "default=\"g_b\"") +
                              element("userTask", "b") + element("userTask", "c") +
                              chain({"s", "a", "g", "b", "e"}) +
                              flow("g", "c", "outcome = \"rejected\"") +
                              flow("g", "e", "outcome = \"void\"") + flow("c", "e");
  EXPECT_EQ(after("a", content), (Ids{"b", "c"}));
  EXPECT_EQ(after("b", content), Ids{});
}

TEST(NextSteps, AStepMayFollowItself) {
  const std::string content = kStartAndEnd + element("userTask", "a") +
                              element("exclusiveGateway", "g", "", "default=\"g_e\"") +
                              element("userTask", "b") + chain({"s", "b", "a", "g", "e"}) +
                              flow("g", "b", "outcome = \"rejected\"");
  EXPECT_EQ(after("a", content), Ids{"b"});
  EXPECT_EQ(after("b", content), Ids{"a"});
}

TEST(NextSteps, WhatMoreThanTheDefinitionDecidesIsPlayed) {
  const std::string operation = kStartAndEnd + element("userTask", "a") +
                                element("serviceTask", "o", "", "jishi:operation=\"x\"") +
                                chain({"s", "a", "o", "e"});
  EXPECT_EQ(after("a", operation), Ids{"played"});
  const std::string inner = kStartAndEnd + element("userTask", "a") +
                            element("subProcess", "p1",
                                    element("startEvent", "s1") + element("userTask", "b") +
                                        element("endEvent", "e1") + chain({"s1", "b", "e1"})) +
                            chain({"s", "a", "p1", "e"});
  EXPECT_EQ(after("a", inner), Ids{"played"});
  EXPECT_EQ(after("b", inner), Ids{"played"});
}

}  // namespace
}  // namespace jishi::workflow
