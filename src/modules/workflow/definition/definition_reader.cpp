#include "modules/workflow/definition/definition_reader.hpp"

#include "base/text.hpp"
#include "modules/workflow/definition/again.hpp"
#include "modules/workflow/definition/check.hpp"
#include "modules/workflow/definition/cover.hpp"
#include "modules/workflow/definition/elements.hpp"

namespace jishi::workflow {

namespace {

/// The parts of a list in one attribute, without blanks around them; empty ones are none.
std::vector<std::string> parts_of(const std::string& list, std::string_view mark) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= list.size();) {
    const auto end = std::min(list.find(mark, at), list.size());
    std::string part = tidy(list.substr(at, end - at));
    if (!part.empty()) parts.push_back(std::move(part));
    at = end + mark.size();
  }
  return parts;
}

}  // namespace

DefinitionReader::DefinitionReader(const xml::Document& document, const Surroundings& around,
                                   Findings& findings, bool again)
    : root_(document.root), around_(around), findings_(findings), again_(again) {
  known_.refuses_unknown_functions = !again;  // what is deployed stays readable: it is null there
}

std::string DefinitionReader::label(const xml::Node& node) const {
  if (const auto* id = node.attribute("id")) return *id;
  return fmt::format("{}:{}", node.local(), node.line);
}

void DefinitionReader::add(Finding finding) {
  constexpr std::size_t kMostFindings = 500;
  if (findings_.size() > kMostFindings) return;
  if (findings_.size() == kMostFindings) {
    const Arguments limit{{"limit", std::to_string(kMostFindings)}};
    finding = {"", fail(ErrorKind::invalid, "process.more_findings", limit)};
  }
  findings_.push_back(std::move(finding));
}

void DefinitionReader::refuse(const xml::Node& node, Error error) {
  add({label(node), std::move(error)});
}

void DefinitionReader::refuse_newly(const xml::Node& node, std::string_view code,
                                    Arguments arguments) {
  add({label(node), fail(ErrorKind::invalid, code, std::move(arguments)), again_});
}

void DefinitionReader::warn(const xml::Node& node, std::string_view code, Arguments arguments) {
  add({label(node), fail(ErrorKind::invalid, code, std::move(arguments)), true});
}

void DefinitionReader::refuse(const xml::Node& node, std::string_view code, Arguments arguments) {
  refuse(node, fail(ErrorKind::invalid, code, std::move(arguments)));
}

const std::string* DefinitionReader::own(const xml::Node& node, std::string_view name) {
  for (const xml::Attribute& attribute : node.attributes) {
    if (attribute.space == kJishiSpace && attribute.local() == name) return &attribute.value;
  }
  return nullptr;
}

std::shared_ptr<Definition> DefinitionReader::read() {
  if (!root_.is(kBpmnSpace, "definitions")) {
    refuse(root_, "process.not_bpmn", {{"name", root_.name}});
    return nullptr;
  }
  read_ids(root_);
  read_roots();
  join_flows();
  join_boundaries();
  join_calls();
  return made_;
}

// Ids are one space for all of a file, the diagram included.
void DefinitionReader::read_ids(const xml::Node& node) {
  if (node.kind != xml::Node::Kind::element) return;
  if (node.is(kBpmnSpace, "extensionElements")) return;
  if (const auto* id = node.attribute("id"); id != nullptr && !id->empty()) {
    if (!by_id_.emplace(*id, &node).second) refuse(node, "process.id_twice", {{"name", *id}});
  }
  for (const xml::Node& below : node.children) read_ids(below);
}

void DefinitionReader::read_roots() {
  for (const xml::Node& node : root_.children) {
    if (node.kind != xml::Node::Kind::element || node.space != kBpmnSpace) continue;
    if (node.local() == "process") {
      check_truths(node, node);
    } else if (!is_kept_root(node.local())) {
      refuse(node, "process.element_unsupported", {{"name", std::string(node.local())}});
    } else {
      check_names(node, node);
    }
  }
  const auto executed = executed_processes();
  for (const xml::Node* process : executed) {
    for (const xml::Node& below : process->children) check_attributes(below, below);
    check_names(*process, *process);
    read_scope(*process, kNone, 0);
  }
  for (const xml::Node* collaboration : root_.all("collaboration")) {
    for (const xml::Node* participant : collaboration->all("participant")) {
      const auto* process = participant->attribute("processRef");
      if (process == nullptr) continue;
      const auto local = process->substr(process->rfind(':') + 1);
      if (!by_id_.contains(local)) {
        refuse(*participant, "process.dangling", {{"attribute", "processRef"}, {"name", *process}});
      }
    }
  }
  if (root_.child("process") == nullptr) refuse(root_, "process.no_process");
}

void DefinitionReader::read_scope(const xml::Node& node, Index owner, int depth) {
  if (depth > kMostScopes) {
    return refuse(node, "process.too_many", {{"limit", std::to_string(kMostScopes)}});
  }
  const auto index = static_cast<Index>(made_->scopes.size());
  Scope made{
      node.attribute_or("id", ""), node.attribute_or("name", ""), "", owner, kNone, {}, {}, {}};
  if (const auto* english = own(node, "en")) made.english = *english;
  if (const auto* names = own(node, "confidential")) made.confidential = parts_of(*names, ",");
  if (owner == kNone) check_id(node, made.id);
  if (owner == kNone) read_start_rules(node, made.begins);
  if (const auto* name = own(node, "subject")) made.subject = *name;
  if (const auto* who = own(node, "follows")) {
    made.followed = *who == "person";
    if (!made.followed) refuse(node, "process.start_rule", {{"name", *who}});
  }
  made_->scopes.push_back(std::move(made));
  if (owner == kNone) {
    made_->processes.push_back(index);
  } else {
    made_->nodes[owner].inner = index;
  }
  for (const xml::Node& below : node.children) {
    if (below.kind != xml::Node::Kind::element || below.space != kBpmnSpace) continue;
    switch (treatment_of(below.local())) {
      case Treatment::kept:
        if (below.local() == "laneSet") read_lanes(below);
        break;
      case Treatment::refused:
        refuse(below, "process.element_unsupported", {{"name", std::string(below.local())}});
        break;
      case Treatment::executed:
        if (below.local() == "sequenceFlow") {
          read_flow(below, index);
        } else {
          read_node(below, index, depth);
        }
    }
  }
}

void DefinitionReader::read_start_rules(const xml::Node& node, StartRules& rules) {
  if (const auto* about = own(node, "about")) {
    rules.about_person = *about == "person";
    if (!rules.about_person) refuse(node, "process.start_rule", {{"name", *about}});
  }
  if (const auto* standing = own(node, "standing")) rules.standing = parts_of(*standing, ",");
  if (const auto* stages = own(node, "stages")) rules.stages = parts_of(*stages, ",");
  const auto* once = own(node, "once");
  if (once == nullptr) return;
  for (const std::string& word : parts_of(*once, "+")) {
    if (word == "person") {
      rules.once_person = true;
    } else if (word == "organisation") {
      rules.once_organisation = true;
    } else if (word == "year") {
      rules.each_year = true;
    } else {
      refuse(node, "process.start_rule", {{"name", word}});
    }
  }
}

void DefinitionReader::read_lanes(const xml::Node& node) {
  for (const xml::Node& below : node.children) {
    if (below.is(kBpmnSpace, "flowNodeRef") && !by_id_.contains(below.text())) {
      refuse(node, "process.dangling", {{"attribute", "flowNodeRef"}, {"name", below.text()}});
    } else if (below.kind == xml::Node::Kind::element) {
      read_lanes(below);
    }
  }
}

void DefinitionReader::read_node(const xml::Node& node, Index scope, int depth) {
  if (made_->nodes.size() >= kMostNodes) {
    return refuse(node, "process.too_many", {{"limit", std::to_string(kMostNodes)}});
  }
  const auto kind = kind_of(node);
  Node made;
  made.id = node.attribute_or("id", "");
  made.name = node.attribute_or("name", "");
  made.kind = kind.value_or(NodeKind::manual_task);  // refused: stands in for what is joined to it
  made.scope = scope;
  if (made.id.empty()) refuse(node, "process.id_missing");
  check_id(node, made.id);
  if (const auto* english = own(node, "en")) made.english = *english;
  // Of a start event: who may begin a case; of a message: who may send it.
  if (const auto* role = own(node, "role")) made.task.role = *role;
  if (const auto& known = around_.roles;
      known && !made.task.role.empty() &&
      std::find(known->begin(), known->end(), made.task.role) == known->end()) {
    const Arguments name{{"name", made.task.role}};
    if (is_activity(made.kind)) {
      refuse(node, "process.role_unknown", name);
    } else {
      refuse_newly(node, "process.role_unknown", name);
    }
  }
  if (const auto* at = own(node, "at")) made.task.at = *at;
  if (const auto* basis = own(node, "basis")) made.basis = *basis;
  if (const auto* materials = own(node, "materials")) made.materials = parts_of(*materials, "、");
  if (const auto* tells = own(node, "tells")) made.tells = parts_of(*tells, ",");
  if (const auto* posts = own(node, "posts")) made.posts_only = expression(node, *posts);
  if (kind && is_activity(*kind)) {
    read_task(node, made);
    read_loop(node, made);
  } else if (kind && !is_gateway(*kind)) {
    read_event(node, made);
  }
  if (kind && !is_activity(*kind) && node.child("multiInstanceLoopCharacteristics") != nullptr) {
    refuse_newly(node, "process.element_unsupported",
                 {{"name", std::string(node.local()) + " multiInstanceLoopCharacteristics"}});
  }
  const auto index = static_cast<Index>(made_->nodes.size());
  node_of_.emplace(made.id, index);
  made_->nodes.push_back(std::move(made));
  elements_.push_back(&node);
  made_->scopes[scope].nodes.push_back(index);
  if (kind == NodeKind::start) made_->scopes[scope].start = index;
  if (kind == NodeKind::sub_process) read_scope(node, index, depth + 1);
}

void DefinitionReader::read_flow(const xml::Node& node, Index) {
  if (made_->flows.size() >= kMostFlows) {
    return refuse(node, "process.too_many", {{"limit", std::to_string(kMostFlows)}});
  }
  Flow flow;
  flow.id = node.attribute_or("id", "");
  if (flow.id.empty()) refuse(node, "process.id_missing");
  check_id(node, flow.id);
  made_->flows.push_back(std::move(flow));
  flow_nodes_.push_back(&node);
}

void DefinitionReader::join_flows() {
  for (Index i = 0; i < made_->flows.size(); ++i) join_flow(i, *flow_nodes_[i]);
  for (Index i = 0; i < elements_.size(); ++i) {
    Node& node = made_->nodes[i];
    const auto* wanted = elements_[i]->attribute("default");
    if (wanted == nullptr) continue;
    for (const Index flow : node.outgoing) {
      if (made_->flows[flow].id == *wanted) node.default_flow = flow;
    }
    if (node.default_flow == kNone) {
      refuse(*elements_[i], "process.dangling", {{"attribute", "default"}, {"name", *wanted}});
    }
  }
}

void DefinitionReader::join_flow(Index index, const xml::Node& node) {
  Flow& flow = made_->flows[index];
  for (const char* end : {"sourceRef", "targetRef"}) {
    const std::string name = node.attribute_or(end, "");
    const auto found = node_of_.find(name);
    if (found == node_of_.end()) {
      // An element that is refused for itself is no dangling reference.
      if (!by_id_.contains(name)) {
        refuse(node, "process.dangling", {{"attribute", end}, {"name", name}});
      }
      continue;
    }
    (end[0] == 's' ? flow.source : flow.target) = found->second;
  }
  if (flow.source == kNone || flow.target == kNone) return;
  Node& source = made_->nodes[flow.source];
  Node& target = made_->nodes[flow.target];
  if (source.scope != target.scope) return refuse(node, "process.crosses_scope");
  source.outgoing.push_back(index);
  target.incoming.push_back(index);
  if (const auto* sets = own(node, "sets")) flow.sets = expression(node, *sets);
  if (flow.sets != nullptr && is_no_context(flow.sets))
    refuse_newly(node, "process.sets_form", {{"given", "{yes: null}"}});
  const xml::Node* condition = node.child("conditionExpression");
  if (condition == nullptr) return;
  const std::string text = condition->text();
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return refuse(node, "process.condition_empty");
  }
  auto word = trim(text);
  if (word.starts_with('=')) word = trim(word.substr(1));
  if (word == "otherwise") {
    source.default_flow = index;
  } else {
    flow.condition = expression(node, text);
  }
}

void DefinitionReader::join_boundaries() {
  for (Index i = 0; i < made_->nodes.size(); ++i) {
    if (elements_[i]->local() != "boundaryEvent") continue;
    const std::string to = elements_[i]->attribute_or("attachedToRef", "");
    const auto found = node_of_.find(to);
    if (found == node_of_.end()) {
      if (!by_id_.contains(to)) {
        refuse(*elements_[i], "process.dangling", {{"attribute", "attachedToRef"}, {"name", to}});
      }
      continue;
    }
    if (made_->nodes[i].scope != made_->nodes[found->second].scope) {
      refuse(*elements_[i], "process.boundary_scope", {{"name", to}});
      continue;
    }
    made_->nodes[i].attached_to = found->second;
    made_->nodes[found->second].boundaries.push_back(i);
  }
}

void DefinitionReader::join_calls() {
  for (Index i = 0; i < made_->nodes.size(); ++i) {
    Node& node = made_->nodes[i];
    if (node.kind != NodeKind::call_activity) continue;
    node.inner = made_->process(node.called);
    if (node.inner == kNone) {
      const auto named = by_id_.find(node.called);
      const bool there = named != by_id_.end() && named->second->is(kBpmnSpace, "process");
      refuse(*elements_[i], there ? "process.called_not_executable" : "process.called_missing",
             {{"name", node.called}});
    }
  }
}

namespace {

std::shared_ptr<const Definition> read_and_check(const xml::Document& document,
                                                 const Surroundings& around, Findings& findings,
                                                 bool again) {
  auto definition = DefinitionReader(document, around, findings, again).read();
  if (definition == nullptr) return nullptr;
  // What hangs in the air would only bring forth more of the same.
  if (!refused(findings)) check_structure(*definition, findings, again);
  if (refused(findings)) return nullptr;
  prepare_joins(*definition);
  check_tokens(*definition, findings);
  if (refused(findings)) return nullptr;
  check_circles(*definition, findings);
  return definition;
}

}  // namespace

std::shared_ptr<const Definition> read_definition(const xml::Document& document,
                                                  const Surroundings& around, Findings& findings) {
  return read_and_check(document, around, findings, false);
}

std::shared_ptr<const Definition> read_definition_again(const xml::Document& document,
                                                        const Surroundings& around,
                                                        Findings& findings) {
  return read_and_check(document, around, findings, true);
}

}  // namespace jishi::workflow
