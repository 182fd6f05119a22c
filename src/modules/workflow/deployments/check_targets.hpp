#pragma once
// What the steps of a process name beyond its file: decisions, forms, what the program does. One
// check for deployment and for `jishi process check`.

#include <functional>

#include "modules/workflow/deployments/deployments.hpp"

namespace jishi::workflow {

/// By their files' names; null: it is there, and refused for itself.
using Models = std::map<std::string, std::shared_ptr<const decision::Model>, std::less<>>;

/// Reads a decision model that belongs to a process. What is wrong with it is told of by the file's
/// name and the element (`rates.dmn#fee`). Null where there is none.
std::shared_ptr<const decision::Model> read_model_of(const std::string& file,
                                                     std::string_view bytes, Findings& findings,
                                                     const feel::Library& library);

/// Refuses steps whose form, decision or operation is not there. `has_form` by name, without
/// `.json`. Findings: workflow.form_missing, workflow.decision_file_missing,
/// workflow.decision_missing, workflow.operation_missing, workflow.operation_unknown.
void check_targets(const Definition& definition, const Models& models,
                   const std::function<bool(const std::string&)>& has_form,
                   const OperationNames& operations, Findings& findings);

/// By their names, without `.json`.
using Forms = std::map<std::string, boost::json::object, std::less<>>;

/// Where a step is done (`jishi:at`) has to be a place that every case knows, or a variable that a
/// form of the process, a loop or a step of it sets: a word that is none would let the step fall to
/// the case's own organisation. `harmless`: a warning (a version that was deployed before; forms
/// that are not all at hand). Finding: workflow.at_unknown.
void check_places(const Definition& definition, const Forms& forms, bool harmless,
                  Findings& findings);

}  // namespace jishi::workflow
