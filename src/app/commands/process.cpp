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
    context.console.line(
        context.say(finding.warning ? "app.process_warning" : "app.process_finding",
                    {{"file", file}, {"element", finding.element}, {"message", message}}));
  }
}

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
      workflow::read_definition(*document, around, findings);
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
