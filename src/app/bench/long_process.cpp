#include "app/bench/long_process.hpp"

#include <fmt/format.h>

namespace jishi::app::bench {

std::string long_process(const std::string& id, const std::string& role) {
  std::string flows;
  std::string nodes = R"(<startEvent id="s"/><endEvent id="e"/><endEvent id="no"/>)";
  const auto flow = [&](const std::string& from, const std::string& to, const std::string& inside) {
    flows += fmt::format(
        R"(<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}">{2}</sequenceFlow>)", from,
        to, inside);
  };
  const std::string by = role.empty() ? "" : fmt::format(R"( jishi:role="{}")", role);
  flow("s", "t0", "");
  for (int i = 0; i < kTasksOfCase; ++i) {
    const std::string next = i + 1 < kTasksOfCase ? fmt::format("t{}", i + 1) : "e";
    nodes += fmt::format(
        R"(<userTask id="t{0}" name="第{1}步"{2}/><exclusiveGateway id="g{0}" default="g{0}_{3}"/>)",
        i, i + 1, by, next);
    flow(fmt::format("t{}", i), fmt::format("g{}", i), "");
    flow(fmt::format("g{}", i), "no",
         "<conditionExpression>outcome = \"rejected\"</conditionExpression>");
    flow(fmt::format("g{}", i), next, "");
  }
  return fmt::format(R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL")"
                     R"( xmlns:jishi="urn:jishi:process" targetNamespace="urn:bench">)"
                     R"(<process id="{}" name="二十五步">{}{}</process></definitions>)",
                     id, nodes, flows);
}

}  // namespace jishi::app::bench
