#include "modules/workflow/deployments/check_targets.hpp"

#include <set>

#include "modules/workflow/notices/told_places.hpp"

namespace jishi::workflow {

namespace {

using Refuse = std::function<void(std::string_view code, const std::string& name)>;

void check_decision(const TaskSettings& task, const Models& models, const Refuse& refuse) {
  const auto model = models.find(task.decision_file);
  if (model == models.end()) {
    refuse("workflow.decision_file_missing", task.decision_file);
  } else if (model->second != nullptr && model->second->find(task.decision) == nullptr) {
    refuse("workflow.decision_missing", task.decision);
  }
}

// Those that begin with a case (cases/start_case.cpp), that its beginner names, or that a dispatch
// gives it.
constexpr std::string_view kPlaces[] = {"organisation", "superior",   "branch",
                                        "committee",    "department", "person",
                                        "region",       "sender",     "receiver"};

/// Variables that somebody or something sets in the course of a case.
std::set<std::string, std::less<>> variables_set(const Definition& definition, const Forms& forms) {
  std::set<std::string, std::less<>> names;
  for (const auto& [file, form] : forms) {
    const auto* fields = form.if_contains("properties");
    if (fields == nullptr || !fields->is_object()) continue;
    for (const auto& field : fields->get_object()) names.emplace(field.key());
  }
  for (const Node& node : definition.nodes) {
    names.insert(node.task.result);
    names.insert(node.task.outputs.begin(), node.task.outputs.end());
    if (node.multi) names.insert(node.multi->item);
  }
  return names;
}

}  // namespace

std::shared_ptr<const decision::Model> read_model_of(const std::string& file,
                                                     std::string_view bytes, Findings& findings,
                                                     const feel::Library& library) {
  Findings found;
  auto model = decision::read_model(bytes, {}, found, library);
  for (Finding& finding : found) {
    // What is no XML has no elements.
    finding.element = finding.element == "xml" ? file : file + "#" + finding.element;
    findings.push_back(std::move(finding));
  }
  return model;
}

void check_targets(const Definition& definition, const Models& models,
                   const std::function<bool(const std::string&)>& has_form,
                   const OperationNames& operations, Findings& findings) {
  for (const Node& node : definition.nodes) {
    const TaskSettings& task = node.task;
    const Refuse refuse = [&](std::string_view code, const std::string& name) {
      findings.push_back({node.id, fail(ErrorKind::invalid, code, {{"name", name}})});
    };
    if (!task.form.empty() && !has_form(task.form)) refuse("workflow.form_missing", task.form);
    if (node.kind == NodeKind::rule_task) check_decision(task, models, refuse);
    if (node.kind != NodeKind::service_task) continue;
    if (task.operation.empty()) {
      refuse("workflow.operation_missing", "");
    } else if (std::find(operations.begin(), operations.end(), task.operation) ==
               operations.end()) {
      refuse("workflow.operation_unknown", task.operation);
    }
  }
}

void check_places(const Definition& definition, const Forms& forms, bool harmless,
                  Findings& findings) {
  const auto set = variables_set(definition, forms);
  for (const Node& node : definition.nodes) {
    // Of an event that sends a notice there may be several, with a comma between them.
    for (const std::string& at : told_places(node.task.at)) {
      const auto* end = std::end(kPlaces);
      if (set.contains(at) || std::find(std::begin(kPlaces), end, at) != end) continue;
      findings.push_back(
          {node.id, fail(ErrorKind::invalid, "workflow.at_unknown", {{"name", at}}), harmless});
    }
  }
}

}  // namespace jishi::workflow
