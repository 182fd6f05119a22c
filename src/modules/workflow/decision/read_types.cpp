// Item definitions, and references to them.
#include "base/feel/names.hpp"
#include "modules/workflow/decision/model_reader.hpp"
#include "modules/workflow/definition/truth.hpp"

namespace jishi::workflow::decision {

namespace {

// `feel:number`, `ns1:tPerson`: prefixes of older files.
std::string without_prefix(const std::string& reference) {
  const auto colon = reference.rfind(':');
  return colon == std::string::npos ? reference : reference.substr(colon + 1);
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// The reference stands in an attribute, or in an element below.
std::string reference_of(const xml::Node& node) {
  if (const auto* attribute = node.attribute("typeRef")) return trimmed(*attribute);
  const xml::Node* below = node.child("typeRef");
  return below == nullptr ? std::string() : trimmed(below->text());
}

}  // namespace

void ModelReader::remember_member(const std::string& name) {
  known_.members.add(name);
  members_.push_back(name);
}

void ModelReader::read_item_definitions() {
  for (const xml::Node* node : root_.all("itemDefinition")) {
    const std::string name = node->attribute_or("name", "");
    if (definitions_.size() >= kMostElements) {
      return refuse(*node, "workflow.too_many", {{"limit", std::to_string(kMostElements)}});
    }
    if (name.empty()) {
      refuse(*node, "workflow.no_name");
    } else if (!definitions_.emplace(name, node).second) {
      refuse(*node, "workflow.name_twice", {{"name", name}});
    }
  }
  for (const auto& definition : definitions_) resolved(definition.first);
}

const ItemType* ModelReader::resolved(const std::string& name) {
  if (const auto found = types_.find(name); found != types_.end()) return &found->second;
  const auto definition = definitions_.find(name);
  if (definition == definitions_.end()) return nullptr;
  if (!resolving_.insert(name).second) {
    refuse(*definition->second, "workflow.type_cycle", {{"name", name}});
    return &types_.emplace(name, ItemType{}).first->second;
  }
  ItemType type = item_type(*definition->second, 0);
  resolving_.erase(name);
  known_.types[name] = type.type;
  return &types_.insert_or_assign(name, std::move(type)).first->second;
}

ItemType ModelReader::item_type(const xml::Node& definition, int depth) {
  ItemType made;
  if (depth > kMostNesting) {
    refuse(definition, "workflow.too_deep", {{"limit", std::to_string(kMostNesting)}});
    return made;
  }
  const auto components = definition.all("itemComponent");
  if (!components.empty()) made.type = *feel::built_in_type("context");
  for (const xml::Node* component : components) {
    const std::string name = feel::normal_name(component->attribute_or("name", ""));
    remember_member(name);
    ItemType inner = item_type(*component, depth + 1);
    made.type.fields.push_back({name, inner.type});
    made.components.emplace_back(name, std::move(inner));
  }
  const std::string reference = reference_of(definition);
  if (components.empty() && !reference.empty()) {
    if (auto base = type_named(reference, definition)) {
      made.type = base->type;
      made.base = std::make_shared<const ItemType>(std::move(*base));
    }
  }
  if (const xml::Node* function = definition.child("functionItem")) {
    made.type = *feel::built_in_type("function");
    const auto* result = function->attribute("outputTypeRef");
    if (result != nullptr && function->all("parameters").empty()) {
      if (auto type = type_named(*result, definition)) made.type.parts = {type->type};
    }
  }
  read_allowed(definition, made);
  if (truth(definition, "isCollection", false)) {
    feel::Type list = *feel::built_in_type("list");
    list.parts.push_back(std::move(made.type));
    made.type = std::move(list);
    made.collection = true;
  }
  return made;
}

void ModelReader::read_allowed(const xml::Node& definition, ItemType& type) {
  type.allowed = cell_in(definition, "allowedValues");
  type.constraint = cell_in(definition, "typeConstraint");
  if (!type.allowed) return;
  for (const feel::Test& test : type.allowed->tests) {
    const auto* literal = std::get_if<feel::syntax::Literal>(&test.node->form);
    if (literal != nullptr) type.allowed_order.push_back(literal->value);
  }
}

std::optional<ItemType> ModelReader::type_named(const std::string& reference,
                                                const xml::Node& node) {
  for (const std::string& name : {reference, without_prefix(reference)}) {
    if (const ItemType* known = resolved(name)) return *known;
    auto built_in = feel::built_in_type(name);
    if (!built_in) continue;
    if (built_in->kind == feel::Type::Kind::any) return std::nullopt;
    return ItemType{std::move(*built_in), {}, false, {}, {}, {}, {}};
  }
  if (without_prefix(reference) == "null") return std::nullopt;  // says nothing
  auto written = feel::parse_type(reference, known_.types);
  if (written && written->kind != feel::Type::Kind::unknown) {
    return ItemType{std::move(*written), {}, false, {}, {}, {}, {}};
  }
  refuse(node, "workflow.type_unknown", {{"name", reference}});
  return std::nullopt;
}

std::optional<ItemType> ModelReader::type_of(const xml::Node& node) {
  const std::string reference = reference_of(node);
  return reference.empty() ? std::nullopt : type_named(reference, node);
}

}  // namespace jishi::workflow::decision
