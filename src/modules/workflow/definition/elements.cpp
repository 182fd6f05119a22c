#include "modules/workflow/definition/elements.hpp"

#include <algorithm>

namespace jishi::workflow {

namespace {

constexpr std::pair<std::string_view, NodeKind> kPlain[] = {
    {"userTask", NodeKind::user_task},       {"manualTask", NodeKind::manual_task},
    {"serviceTask", NodeKind::service_task}, {"businessRuleTask", NodeKind::rule_task},
    {"receiveTask", NodeKind::receive_task}, {"exclusiveGateway", NodeKind::exclusive},
    {"parallelGateway", NodeKind::parallel}, {"inclusiveGateway", NodeKind::inclusive},
    {"subProcess", NodeKind::sub_process},   {"callActivity", NodeKind::call_activity}};

constexpr std::string_view kEvents[] = {"startEvent", "endEvent", "intermediateCatchEvent",
                                        "intermediateThrowEvent", "boundaryEvent"};

// Within a process or a flow node: documentation, people, data, artifacts.
constexpr std::string_view kKept[] = {"documentation",
                                      "extensionElements",
                                      "auditing",
                                      "monitoring",
                                      "categoryValueRef",
                                      "incoming",
                                      "outgoing",
                                      "ioSpecification",
                                      "ioBinding",
                                      "property",
                                      "dataInputAssociation",
                                      "dataOutputAssociation",
                                      "dataInput",
                                      "dataOutput",
                                      "inputSet",
                                      "outputSet",
                                      "resourceRole",
                                      "performer",
                                      "humanPerformer",
                                      "potentialOwner",
                                      "rendering",
                                      "supportedInterfaceRef",
                                      "supports",
                                      "correlationSubscription",
                                      "laneSet",
                                      "dataObject",
                                      "dataObjectReference",
                                      "dataStoreReference",
                                      "textAnnotation",
                                      "association",
                                      "group",
                                      "multiInstanceLoopCharacteristics"};

constexpr std::string_view kKeptRoots[] = {"documentation",
                                           "extensionElements",
                                           "import",
                                           "collaboration",
                                           "message",
                                           "error",
                                           "signal",
                                           "escalation",
                                           "itemDefinition",
                                           "dataStore",
                                           "category",
                                           "interface",
                                           "resource",
                                           "endPoint",
                                           "partnerEntity",
                                           "partnerRole",
                                           "relationship",
                                           "extension",
                                           "correlationProperty",
                                           "timerEventDefinition",
                                           "messageEventDefinition",
                                           "errorEventDefinition"};

template <std::size_t Count>
bool is_one(const std::string_view (&words)[Count], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

std::optional<NodeKind> plain_kind_of(std::string_view local) {
  for (const auto& [word, kind] : kPlain) {
    if (word == local) return kind;
  }
  return std::nullopt;
}

Treatment treatment_of(std::string_view local) {
  if (plain_kind_of(local) || is_one(kEvents, local) || local == "sequenceFlow") {
    return Treatment::executed;
  }
  return is_one(kKept, local) ? Treatment::kept : Treatment::refused;
}

bool is_kept_root(std::string_view local) {
  return is_one(kKeptRoots, local);
}

bool is_boundary(NodeKind kind) {
  return kind == NodeKind::boundary_timer || kind == NodeKind::boundary_message ||
         kind == NodeKind::boundary_error;
}

bool is_gateway(NodeKind kind) {
  return kind == NodeKind::exclusive || kind == NodeKind::parallel || kind == NodeKind::inclusive;
}

bool is_activity(NodeKind kind) {
  switch (kind) {
    case NodeKind::user_task:
    case NodeKind::manual_task:
    case NodeKind::service_task:
    case NodeKind::rule_task:
    case NodeKind::receive_task:
    case NodeKind::sub_process:
    case NodeKind::call_activity: return true;
    default: return false;
  }
}

bool is_wait(const Definition& definition, Index timer) {
  const Node& node = definition.nodes[timer];
  return node.kind == NodeKind::timer_event ||
         (node.kind == NodeKind::boundary_timer && node.attached_to != kNone &&
          definition.nodes[node.attached_to].kind == NodeKind::receive_task);
}

Index Definition::process(std::string_view id) const {
  for (const Index scope : processes) {
    if (scopes[scope].id == id) return scope;
  }
  return kNone;
}

Index Definition::node(std::string_view id) const {
  for (Index i = 0; i < nodes.size(); ++i) {
    if (nodes[i].id == id) return i;
  }
  return kNone;
}

}  // namespace jishi::workflow
