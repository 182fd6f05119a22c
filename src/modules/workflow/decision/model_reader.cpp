#include "modules/workflow/decision/model_reader.hpp"

#include "base/feel/names.hpp"

namespace jishi::workflow::decision {

namespace {

constexpr std::string_view kSpaces[] = {
    "https://www.omg.org/spec/DMN/20230324/MODEL/",  // 1.5
    "https://www.omg.org/spec/DMN/20211108/MODEL/",  // 1.4
    "https://www.omg.org/spec/DMN/20191111/MODEL/",  // 1.3
    "http://www.omg.org/spec/DMN/20180521/MODEL/",   // 1.2
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",  // 1.1
    "https://www.omg.org/spec/DMN/20240513/MODEL/",  // 1.6
};

// What a model may hold besides; it means nothing to a decision.
constexpr std::string_view kPassedOver[] = {"description",
                                            "extensionElements",
                                            "itemDefinition",
                                            "knowledgeSource",
                                            "textAnnotation",
                                            "association",
                                            "group",
                                            "performanceIndicator",
                                            "organizationUnit",
                                            "elementCollection",
                                            "businessContextElement"};

bool has(const xml::Node& node) {
  return node.kind == xml::Node::Kind::element;
}

}  // namespace

ModelReader::ModelReader(const xml::Node& root, const feel::Value& members, Findings& findings,
                         const feel::Library& library)
    : root_(root), findings_(findings), library_(library) {
  known_.add_context(members);
  known_.variables = {};
  if (const auto* entries = members.entries()) {
    for (const auto& entry : *entries) remember_member(entry.first);
  }
}

std::string ModelReader::label(const xml::Node& node) const {
  if (const auto* id = node.attribute("id")) return *id;
  if (const auto* name = node.attribute("name")) return *name;
  return fmt::format("{}:{}", owner_.empty() ? std::string(node.local()) : owner_, node.line);
}

void ModelReader::refuse(const xml::Node& node, std::string_view code, Arguments arguments) {
  refuse(node, fail(ErrorKind::invalid, code, std::move(arguments)));
}

void ModelReader::refuse(const xml::Node& node, Error error) {
  constexpr std::size_t kMostFindings = 200;
  if (findings_.size() < kMostFindings) findings_.push_back({label(node), std::move(error)});
}

std::shared_ptr<const Model> ModelReader::read(bool parts) {
  const bool known_space =
      std::find(std::begin(kSpaces), std::end(kSpaces), root_.space) != std::end(kSpaces);
  if (!known_space || root_.local() != "definitions") {
    refuse(root_, "workflow.not_dmn", {{"name", root_.name}});
    return nullptr;
  }
  speaks_feel(root_);
  read_elements();
  read_item_definitions();
  read_requirements();
  refuse_cycles();
  if (refused(findings_)) return nullptr;
  read_logic();
  return refused(findings_) && !parts ? nullptr : model_;
}

void ModelReader::read_elements() {
  using Kind = Element::Kind;
  for (const xml::Node& node : root_.children) {
    if (!has(node) || !is_model(node)) continue;
    const auto local = node.local();
    if (local == "inputData") {
      read_element(node, Kind::input);
    } else if (local == "decision") {
      read_element(node, Kind::decision);
    } else if (local == "businessKnowledgeModel") {
      read_element(node, Kind::knowledge);
    } else if (local == "decisionService") {
      read_element(node, Kind::service);
    } else if (local == "import") {
      refuse(node, "workflow.import", {{"name", node.attribute_or("namespace", "")}});
    } else if (std::find(std::begin(kPassedOver), std::end(kPassedOver), local) ==
               std::end(kPassedOver)) {
      refuse(node, "workflow.element_unsupported", {{"name", node.name}});
    }
  }
}

void ModelReader::read_element(const xml::Node& node, Element::Kind kind) {
  auto& elements = model_->elements_;
  if (elements.size() >= kMostElements) {
    return refuse(node, "workflow.too_many", {{"limit", std::to_string(kMostElements)}});
  }
  Element element;
  element.kind = kind;
  element.id = node.attribute_or("id", "");
  const xml::Node* variable = node.child("variable");
  element.name = node.attribute_or("name", "");
  if (element.name.empty() && variable != nullptr)
    element.name = variable->attribute_or("name", "");
  element.name = feel::normal_name(element.name);
  if (element.name.empty()) return refuse(node, "workflow.no_name");
  if (!element.id.empty() && !by_id_.emplace(element.id, elements.size()).second) {
    return refuse(node, "workflow.id_twice", {{"id", element.id}});
  }
  const auto twice = std::any_of(elements.begin(), elements.end(), [&](const Element& other) {
    return other.name == element.name && other.kind == element.kind;
  });
  if (twice) refuse(node, "workflow.name_twice", {{"name", element.name}});
  elements.push_back(std::move(element));
  nodes_.push_back(&node);
}

// The element that `href` names: `#id`, or with this model's own namespace before it.
std::optional<std::size_t> ModelReader::referred(const xml::Node& node, const xml::Node& owner) {
  const std::string href = node.attribute_or("href", "");
  const auto mark = href.find('#');
  const std::string space = mark == std::string::npos ? "" : href.substr(0, mark);
  const std::string id = mark == std::string::npos ? href : href.substr(mark + 1);
  if (!space.empty() && space != root_.attribute_or("namespace", "")) {
    refuse(owner, "workflow.import", {{"name", space}});
    return std::nullopt;
  }
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) {
    refuse(owner, "workflow.dangling", {{"name", id}});
    return std::nullopt;
  }
  return found->second;
}

void ModelReader::read_references(std::size_t index, const xml::Node& node) {
  Element& element = model_->elements_[index];
  const auto add = [&](const xml::Node& reference, std::vector<std::size_t>& to) {
    if (const auto found = referred(reference, node)) to.push_back(*found);
  };
  for (const xml::Node& below : node.children) {
    if (!has(below) || !is_model(below)) continue;
    const auto local = below.local();
    if (local == "informationRequirement" || local == "knowledgeRequirement") {
      for (const xml::Node& reference : below.children) {
        if (has(reference) && reference.local().starts_with("required")) {
          add(reference, element.requires_);
        }
      }
    } else if (local == "outputDecision") {
      add(below, element.outputs);
    } else if (local == "inputData") {
      add(below, element.given_inputs);
    } else if (local == "inputDecision") {
      add(below, element.given_decisions);
    }
  }
}

void ModelReader::read_requirements() {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    read_references(i, *nodes_[i]);
    Element& element = model_->elements_[i];
    const xml::Node* variable = nodes_[i]->child("variable");
    if (variable != nullptr) element.type = type_of(*variable);
    if (element.kind == Element::Kind::service && element.outputs.empty()) {
      refuse(*nodes_[i], "workflow.no_output");
    }
    // Of the function type of a service or a piece of knowledge the result matters. Until DMN 1.2
    // the variable of a piece of knowledge had the type of its result.
    const bool function = element.type && element.type->type.kind == feel::Type::Kind::function;
    if (function && element.kind != Element::Kind::decision) {
      const auto& parts = element.type->type.parts;
      element.type = parts.empty() ? std::nullopt
                                   : std::optional(ItemType{parts.back(), {}, {}, {}, {}, {}, {}});
    }
  }
}

void ModelReader::refuse_cycles() {
  enum class Seen { no, open, done };
  std::vector<Seen> seen(nodes_.size(), Seen::no);
  // Each entry: an element, and the next of its requirements to look at.
  std::vector<std::pair<std::size_t, std::size_t>> path;
  const auto requirements = [&](std::size_t index) {
    const Element& element = model_->elements_[index];
    auto all = element.requires_;
    all.insert(all.end(), element.outputs.begin(), element.outputs.end());
    return all;
  };
  for (std::size_t start = 0; start < nodes_.size(); ++start) {
    if (seen[start] == Seen::no) path.emplace_back(start, 0);
    seen[start] = seen[start] == Seen::no ? Seen::open : seen[start];
    while (!path.empty()) {
      auto& [index, next] = path.back();
      const auto all = requirements(index);
      if (next == all.size()) {
        seen[index] = Seen::done;
        path.pop_back();
        continue;
      }
      const std::size_t required = all[next++];
      if (seen[required] == Seen::open) {
        return refuse(*nodes_[required], "workflow.decision_cycle",
                      {{"name", model_->elements_[required].name}});
      }
      if (seen[required] == Seen::no) {
        seen[required] = Seen::open;
        path.emplace_back(required, 0);
      }
    }
  }
}

void ModelReader::read_logic() {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    Element& element = model_->elements_[i];
    const std::size_t before = findings_.size();
    owner_ = label(*nodes_[i]);
    known_.variables = {};
    for (const std::size_t required : element.requires_) {
      known_.variables.add(model_->elements_[required].name);
    }
    if (element.kind == Element::Kind::decision) {
      element.logic = expression_in(*nodes_[i], 0);
    } else if (element.kind == Element::Kind::knowledge) {
      known_.variables.add(element.name);
      element.logic = knowledge(*nodes_[i], element.id);
    }
    element.broken =
        refused({findings_.begin() + static_cast<std::ptrdiff_t>(before), findings_.end()});
  }
}

ExpressionPtr ModelReader::knowledge(const xml::Node& node, const std::string& id) {
  const xml::Node* logic = node.child("encapsulatedLogic");
  if (logic == nullptr) return nullptr;
  auto made = std::make_shared<Expression>();
  made->element = id;
  made->form = function(*logic, 0);
  return made;
}

static std::shared_ptr<const Model> read_bytes(std::string_view bytes, const feel::Value& members,
                                               Findings& findings, const feel::Library& library,
                                               bool parts) {
  const auto document = xml::read(bytes);
  if (!document) {
    findings.push_back({"xml", document.error()});
    return nullptr;
  }
  return ModelReader(document->root, members, findings, library).read(parts);
}

std::shared_ptr<const Model> read_model(std::string_view bytes, const feel::Value& members,
                                        Findings& findings, const feel::Library& library) {
  return read_bytes(bytes, members, findings, library, false);
}

std::shared_ptr<const Model> read_sound_parts(std::string_view bytes, const feel::Value& members,
                                              Findings& findings, const feel::Library& library) {
  return read_bytes(bytes, members, findings, library, true);
}

}  // namespace jishi::workflow::decision
