#include "modules/workflow/definition/order.hpp"

#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

std::string order(const std::string& content) {
  const auto definition = define(process_xml(content));
  std::string text;
  for (const Index index : order_of(*definition, definition->processes.front())) {
    if (definition->nodes[index].kind == NodeKind::user_task)
      text += (text.empty() ? "" : " ") + definition->nodes[index].id;
  }
  return text;
}

TEST(Order, AShortcutComesAfterTheStepsThatItLeavesOut) {
  EXPECT_EQ(order(kStartAndEnd + element("exclusiveGateway", "g", "", "default=\"g_talk\"") +
                  element("userTask", "contacts") + element("userTask", "file") +
                  element("userTask", "talk") + flow("s", "g") + flow("g", "contacts", "x = 1") +
                  chain({"g", "talk", "file", "contacts", "e"})),
            "talk file contacts");
}

TEST(Order, AWayBackDoesNotPutAStepBehindWhatComesAfterIt) {
  EXPECT_EQ(order(kStartAndEnd + element("userTask", "a") + element("userTask", "b") +
                  element("exclusiveGateway", "g", "", "default=\"g_e\"") +
                  chain({"s", "a", "b", "g", "e"}) + flow("g", "a", "x = 1")),
            "a b");
}

TEST(Order, AShortcutIntoACircleDoesNotTurnItAround) {
  EXPECT_EQ(order(kStartAndEnd + element("exclusiveGateway", "g", "", "default=\"g_a\"") +
                  element("userTask", "a") + element("userTask", "b") + element("userTask", "c") +
                  element("exclusiveGateway", "h", "", "default=\"h_e\"") + flow("s", "g") +
                  flow("g", "c", "x = 1") + chain({"g", "a", "b", "c", "h", "e"}) +
                  flow("h", "a", "x = 2")),
            "a b c");
}

TEST(Order, AJoinComesAfterAllItsBranches) {
  EXPECT_EQ(order(kStartAndEnd + element("parallelGateway", "g") + element("userTask", "last") +
                  element("userTask", "a") + element("userTask", "b") + element("userTask", "c") +
                  element("parallelGateway", "j") + chain({"s", "g", "a", "j", "last", "e"}) +
                  chain({"g", "b", "c", "j"})),
            "a b c last");
}

TEST(Order, WhatIsWithinASubProcessComesBeforeWhatIsBehindIt) {
  EXPECT_EQ(order(kStartAndEnd + element("userTask", "after") +
                  element("subProcess", "u",
                          element("startEvent", "us") + element("endEvent", "ue") +
                              element("userTask", "x") + element("userTask", "y") +
                              chain({"us", "x", "y", "ue"})) +
                  chain({"s", "u", "after", "e"})),
            "x y after");
}

}  // namespace
}  // namespace jishi::workflow
