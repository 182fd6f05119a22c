#include "app/commands/process.hpp"

#include "app/commands.hpp"
#include "app/commands/feel_screen.hpp"
#include "modules/identity/identity.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::app {

Result<xml::Document> read_process_file(const std::string& file) {
  const auto bytes = files::read_whole(file, xml::kMostBytes);
  if (!bytes) return bytes.error();
  return xml::read(*bytes);
}

workflow::Surroundings surroundings_of(const Context& context) {
  workflow::Surroundings around;
  const auto& pack = context.settings.pack;
  if (pack.empty()) return around;
  if (const auto roles = identity::load_roles(pack)) {
    around.roles.emplace();
    for (const auto& role : roles->all()) around.roles->push_back(role.id);
  }
  std::error_code none;
  if (std::filesystem::is_directory(pack / "forms", none)) {
    around.forms.emplace();
    for (const auto& form : std::filesystem::directory_iterator(pack / "forms", none)) {
      around.forms->push_back(form.path().stem().string());
    }
  }
  return around;
}

std::string line_of(const Context& context, const std::string& file,
                    const workflow::Finding& finding) {
  const Arguments arguments{
      {"file", file}, {"element", finding.element}, {"message", context.say(finding.error)}};
  if (finding.element.empty()) return context.say("app.process_file_finding", arguments);
  return context.say(finding.warning ? "app.process_warning" : "app.process_finding", arguments);
}

void print_findings(const Context& context, const std::string& file,
                    const workflow::Findings& findings) {
  for (const auto& finding : findings) {
    const std::string message = context.say(finding.error);
    if (context.settings.json) {
      context.console.line(boost::json::serialize(
          boost::json::object{{"file", file},
                              {"element", finding.element},
                              {"code", finding.error.code},
                              {"message", message},
                              {"severity", finding.warning ? "warning" : "refused"}}));
      continue;
    }
    context.console.line(line_of(context, file, finding));
  }
}

namespace {

// A decision model lies beside the process's file; else it is the pack's, as when it is deployed.
std::optional<std::string> decision_file(const Context& context, const std::string& file,
                                         const std::string& name) {
  const auto beside = std::filesystem::path(file).parent_path() / name;
  if (auto read = files::read_whole(beside, xml::kMostBytes)) return std::move(*read);
  if (context.settings.pack.empty()) return std::nullopt;
  auto read = files::read_whole(context.settings.pack / "processes" / name, xml::kMostBytes);
  if (!read) return std::nullopt;
  return std::move(*read);
}

std::optional<boost::json::object> form_of_pack(const Context& context, const std::string& name) {
  if (context.settings.pack.empty()) return std::nullopt;
  const auto path = context.settings.pack / "forms" / (name + ".json");
  const auto read = files::read_whole(path, xml::kMostBytes);
  if (!read) return std::nullopt;
  const auto form = parse_json(*read);
  if (!form || !form->is_object()) return std::nullopt;
  return form->as_object();
}

// What deployment looks at beside the file itself. Forms are those of the surroundings.
void check_beside(const Context& context, const std::string& file,
                  const workflow::Definition& definition, const feel::Library& library,
                  workflow::Findings& findings) {
  workflow::Models models;
  for (const auto& node : definition.nodes) {
    const std::string& name = node.task.decision_file;
    if (name.empty() || models.contains(name)) continue;
    if (const auto bytes = decision_file(context, file, name)) {
      models.emplace(name, workflow::read_model_of(name, *bytes, findings, library));
    }
  }
  workflow::check_targets(
      definition, models, [](const std::string&) { return true; }, workflow::operations().names(),
      findings);
  workflow::Forms forms;
  bool all = true;
  for (const auto& node : definition.nodes) {
    const std::string& name = node.task.form;
    if (name.empty() || forms.contains(name)) continue;
    const auto form = form_of_pack(context, name);
    all = all && form.has_value();
    if (form) forms.emplace(name, *form);
  }
  workflow::check_places(definition, forms, !all, findings);
}

}  // namespace

Result<Status> run_process_check(const Context& context, const ProcessCheckOptions& options) {
  const auto functions = Functions::of(context);
  if (!functions) return functions.error();
  auto around = surroundings_of(context);
  around.library = &(*functions)->library();
  bool fine = true;
  for (const std::string& file : options.files) {
    workflow::Findings findings;
    const auto document = read_process_file(file);
    if (!document) {
      findings.push_back({"", document.error()});
    } else {
      const auto definition = workflow::read_definition(*document, around, findings);
      if (definition != nullptr) {
        check_beside(context, file, *definition, (*functions)->library(), findings);
      }
    }
    print_findings(context, file, findings);
    const bool refused = workflow::refused(findings);
    if (!refused && !context.settings.json) {
      context.console.line(context.say("app.process_fine", {{"file", file}}));
    }
    fine = fine && !refused;
  }
  return fine ? Status::done : Status::refused;
}

Result<Status> run_process_roundtrip(const Context&, const ProcessRoundtripOptions& options) {
  const auto document = read_process_file(options.in);
  if (!document) return document.error();
  if (!document->root.is(workflow::kBpmnSpace, "definitions")) {
    return fail(ErrorKind::invalid, "process.not_bpmn", {{"name", document->root.name}});
  }
  const auto written = files::write_whole(options.out, xml::write(*document));
  if (!written) return written.error();
  return Status::done;
}

}  // namespace jishi::app
