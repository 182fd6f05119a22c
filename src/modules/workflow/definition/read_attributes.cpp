// Attributes and parts that would change how a process runs: those that are not executed are
// refused by the element that holds them, never passed over.
#include "base/text.hpp"
#include "modules/workflow/definition/definition_reader.hpp"
#include "modules/workflow/definition/elements.hpp"
#include "modules/workflow/definition/truth.hpp"

namespace jishi::workflow {

namespace {

constexpr std::string_view kOwn[] = {
    "about",     "at",          "basis",    "collect", "collection", "confidential", "decision",
    "due",       "en",          "escalate", "follows", "form",       "item",         "lang",
    "materials", "materialsEn", "no",       "noEn",    "once",       "operation",    "outputs",
    "posts",     "reads",       "remind",   "result",  "role",       "sets",         "sign",
    "signers",   "stages",      "standing", "subject", "tells",      "yes",          "yesEn"};

// Where those are read that change how a process runs: elsewhere they are passed over.
constexpr std::pair<std::string_view, std::string_view> kPlaces[] = {
    {"about", "process"},
    {"collect", "multiInstanceLoopCharacteristics"},
    {"collection", "multiInstanceLoopCharacteristics"},
    {"confidential", "process"},
    {"decision", "businessRuleTask"},
    {"due", "userTask"},
    {"escalate", "userTask"},
    {"follows", "process"},
    {"form", "userTask"},
    {"item", "multiInstanceLoopCharacteristics"},
    {"once", "process"},
    {"operation", "serviceTask"},
    {"outputs", "callActivity"},
    {"posts", "intermediateThrowEvent"},
    {"reads", "serviceTask"},
    {"remind", "userTask"},
    {"sets", "sequenceFlow"},
    {"sign", "userTask"},
    {"signers", "userTask"},
    {"stages", "process"},
    {"standing", "process"},
    {"subject", "process"},
    {"tells", "intermediateThrowEvent"}};

constexpr std::string_view kTruths[] = {"isExecutable",   "isForCompensation", "triggeredByEvent",
                                        "cancelActivity", "isSequential",      "instantiate",
                                        "isInterrupting", "parallelMultiple"};

constexpr std::string_view kExpressions[] = {"conditionExpression", "loopCardinality",
                                             "completionCondition", "timeDate",
                                             "timeDuration",        "timeCycle"};

template <std::size_t Count>
bool is_one(const std::string_view (&words)[Count], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_feel(std::string_view language) {
  std::string lower;
  for (const char sign : trim(language)) {
    lower += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
  }
  return lower.empty() || lower == "feel" || lower.find("/feel") != std::string::npos;
}

// P3D, R3/PT1H, 2026-05-01: BPMN's own, whatever the language of expressions.
bool is_iso_time(const xml::Node& node) {
  const std::string text(trim(node.text()));
  return node.local().starts_with("time") && !text.empty() &&
         (text[0] == 'P' || text[0] == 'R' || (text[0] >= '0' && text[0] <= '9'));
}

// The first letter of an id; `NameStartChar` of XML without the colon.
bool begins_name(char32_t sign) {
  static constexpr std::pair<char32_t, char32_t> kRanges[] = {
      {'A', 'Z'},       {'_', '_'},       {'a', 'z'},       {0xC0, 0xD6},     {0xD8, 0xF6},
      {0xF8, 0x2FF},    {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F},
      {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  return std::any_of(std::begin(kRanges), std::end(kRanges), [&](const auto& range) {
    return sign >= range.first && sign <= range.second;
  });
}

bool goes_on_name(char32_t sign) {
  return begins_name(sign) || (sign >= '0' && sign <= '9') || sign == '-' || sign == '.' ||
         sign == 0xB7 || (sign >= 0x300 && sign <= 0x36F) || sign == 0x203F || sign == 0x2040;
}

bool is_ncname(std::string_view id) {
  bool first = true;
  while (!id.empty()) {
    const CodePoint sign = first_code_point(id);
    if (!(first ? begins_name(sign.value) : goes_on_name(sign.value))) return false;
    id.remove_prefix(sign.length);
    first = false;
  }
  return !first;
}

bool holds_elements(const xml::Node& node) {
  return node.local() == "process" || node.local() == "subProcess";
}

}  // namespace

std::optional<bool> truth_of(std::string_view text) {
  const auto word = trim(text);
  if (word == "true" || word == "1") return true;
  if (word == "false" || word == "0") return false;
  return std::nullopt;
}

bool truth(const xml::Node& node, std::string_view attribute, bool otherwise) {
  const auto* text = node.attribute(attribute);
  return text == nullptr ? otherwise : truth_of(*text).value_or(otherwise);
}

// What lies within a flow node is told of by the flow node's id.
void DefinitionReader::check_attributes(const xml::Node& node, const xml::Node& owner) {
  if (node.kind != xml::Node::Kind::element || node.is(kBpmnSpace, "extensionElements")) return;
  check_names(node, owner);
  if (node.space != kBpmnSpace) return;
  check_truths(node, owner);
  check_meaning(node, owner);
  if (is_one(kExpressions, node.local())) check_language(node, owner);
  for (const xml::Node& below : node.children) {
    check_attributes(below, holds_elements(node) ? below : owner);
  }
}

void DefinitionReader::check_names(const xml::Node& node, const xml::Node& owner) {
  for (const xml::Attribute& attribute : node.attributes) {
    if (attribute.space == kJishiSpace && !is_one(kOwn, attribute.local())) {
      refuse_newly(owner, "process.attribute_unknown", {{"name", attribute.name}});
    } else if (attribute.space == kJishiSpace && node.space == kBpmnSpace) {
      check_place(node, owner, attribute);
    }
  }
}

void DefinitionReader::check_place(const xml::Node& node, const xml::Node& owner,
                                   const xml::Attribute& attribute) {
  const auto* place = std::find_if(std::begin(kPlaces), std::end(kPlaces),
                                   [&](const auto& one) { return one.first == attribute.local(); });
  if (place == std::end(kPlaces) || place->second == node.local()) return;
  warn(owner, "process.attribute_misplaced",
       {{"name", attribute.name}, {"element", std::string(place->second)}});
}

void DefinitionReader::check_truths(const xml::Node& node, const xml::Node& owner) {
  for (const std::string_view name : kTruths) {
    const auto* text = node.attribute(name);
    if (text == nullptr || truth_of(*text)) continue;
    refuse_newly(owner, "process.no_truth", {{"attribute", std::string(name)}, {"value", *text}});
  }
}

void DefinitionReader::check_meaning(const xml::Node& node, const xml::Node& owner) {
  const auto local = node.local();
  const auto refuse_part = [&](const std::string& name) {
    refuse_newly(owner, "process.element_unsupported", {{"name", name}});
  };
  for (const char* quantity : {"startQuantity", "completionQuantity"}) {
    const auto* count = node.attribute(quantity);
    if (count != nullptr && trim(*count) != "1") refuse_part(quantity);
  }
  if (local == "receiveTask" && truth(node, "instantiate", false)) {
    refuse_part("receiveTask instantiate");
  } else if (local == "multiInstanceLoopCharacteristics") {
    const std::string behavior(trim(node.attribute_or("behavior", "All")));
    if (behavior != "All") refuse_part("behavior " + behavior);
    for (const char* part : {"complexBehaviorDefinition", "loopDataOutputRef", "outputDataItem"}) {
      if (node.child(part) != nullptr) refuse_part(part);
    }
  } else if (local == "dataInputAssociation" || local == "dataOutputAssociation") {
    for (const char* part : {"assignment", "transformation"}) {
      if (node.child(part) != nullptr) refuse_part(std::string(local) + " " + part);
    }
  }
}

void DefinitionReader::check_language(const xml::Node& node, const xml::Node& owner) {
  if (const auto* language = node.attribute("language"); language != nullptr) {
    if (!is_feel(*language)) refuse_newly(owner, "process.language", {{"name", *language}});
    return;
  }
  const auto* language = root_.attribute("expressionLanguage");
  if (language == nullptr || told_language_ || is_feel(*language) || is_iso_time(node)) return;
  told_language_ = true;
  refuse_newly(root_, "process.language", {{"name", *language}});
}

void DefinitionReader::check_id(const xml::Node& node, const std::string& id) {
  if (!id.empty() && !is_ncname(id)) refuse_newly(node, "process.id_form", {{"name", id}});
}

}  // namespace jishi::workflow
