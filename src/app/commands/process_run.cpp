#include "app/commands.hpp"
#include "app/commands/feel_screen.hpp"
#include "app/commands/process.hpp"
#include "base/feel/json.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::app {

namespace {

using workflow::decision::Model;

/// The decision models that a definition names, read once, from beside its file.
class Decisions {
 public:
  Decisions(std::filesystem::path beside, const feel::Library& library)
      : beside_(std::move(beside)), library_(library) {}

  Result<feel::Value> decide(const workflow::Node& node, const feel::Value& variables,
                             workflow::Moment now) {
    const auto model = model_of(node.task.decision_file);
    if (!model) return model.error();
    const auto* what = (*model)->find(node.task.decision);
    if (what == nullptr) {
      return fail(ErrorKind::not_found, "process.no_decision", {{"element", node.id}});
    }
    FixedClock clock{Date{}};
    clock.set_ms(now);
    return (*model)->decide(*what, variables, clock).value;
  }

 private:
  Result<std::shared_ptr<const Model>> model_of(const std::string& name) {
    if (const auto found = models_.find(name); found != models_.end()) return found->second;
    const auto bytes = files::read_whole(beside_ / name, xml::kMostBytes);
    if (!bytes) return bytes.error();
    workflow::Findings findings;
    auto model = workflow::decision::read_model(*bytes, {}, findings, library_);
    if (model == nullptr) return findings.front().error;
    models_.emplace(name, model);
    return model;
  }

  std::filesystem::path beside_;
  const feel::Library& library_;
  std::map<std::string, std::shared_ptr<const Model>> models_;
};

Result<std::vector<feel::Value>> read_script(const std::string& file) {
  constexpr std::size_t kMostBytes = 4 << 20;
  const auto bytes = files::read_whole(file, kMostBytes);
  if (!bytes) return bytes.error();
  const auto script = feel::value_from_json(*bytes);
  if (!script) return script.error();
  if (script->items() == nullptr) {
    return fail(ErrorKind::invalid, "base.json_expected_list", {{"path", "$"}});
  }
  if (script->items()->size() > workflow::kMostScriptSteps) {
    return fail(ErrorKind::invalid, "app.script_length",
                {{"count", std::to_string(script->items()->size())},
                 {"limit", std::to_string(workflow::kMostScriptSteps)}});
  }
  return *script->items();
}

Result<std::shared_ptr<const workflow::Definition>> definition_of(const Context& context,
                                                                  const std::string& file,
                                                                  const feel::Library& library) {
  const auto document = read_process_file(file);
  if (!document) return document.error();
  workflow::Findings findings;
  auto around = surroundings_of(context);
  around.library = &library;
  auto definition = workflow::read_definition(*document, around, findings);
  if (definition != nullptr) return definition;
  for (const auto& finding : findings) {
    if (!finding.warning) context.console.note(line_of(context, file, finding));
  }
  return fail(ErrorKind::invalid, "app.process_refused", {{"file", file}});
}

// What people read of a step, where it is not JSON that is wanted.
void print_line(const Context& context, const feel::Value& line) {
  const auto text = [&](const char* name) {
    return text_of(*line.entry(name)).value_or(std::string());
  };
  std::string tasks;
  for (const feel::Value& task : *line.entry("tasks")->items()) {
    tasks += (tasks.empty() ? "" : ", ") + *task.entry("node")->text();
  }
  context.console.line(fmt::format("{:>3}  {}  {}  {}  [{}]", text("step"), text("now"),
                                   text("verdict"), text("status"), tasks));
  if (const auto message = text("message"); !message.empty())
    context.console.line("     " + message);
}

}  // namespace

Result<Status> run_process_run(const Context& context, const ProcessRunOptions& options) {
  const auto functions = Functions::of(context);
  if (!functions) return functions.error();
  const feel::Library& library = (*functions)->library();
  const auto definition = definition_of(context, options.file, library);
  if (!definition) return definition.error();
  const auto script = read_script(options.script);
  if (!script) return script.error();
  // A script that says no time plays the same every day.
  const auto clock = clock_of(options.now.empty() ? "2026-01-01T08:00:00" : options.now);
  if (!clock) return clock.error();
  const workflow::Index process = options.process.empty() ? (*definition)->processes.front()
                                                          : (*definition)->process(options.process);
  if (process == workflow::kNone) {
    return fail(ErrorKind::not_found, "app.process_not_executed", {{"name", options.process}});
  }
  Decisions decisions(std::filesystem::path(options.file).parent_path(), library);
  workflow::Environment environment;
  environment.decide = [&](const workflow::Node& node, const feel::Value& variables,
                           workflow::Moment now) { return decisions.decide(node, variables, now); };
  workflow::Script player(*definition, process, environment, (*clock)->now_ms());
  std::string unexpected;  // the steps, by their numbers
  for (std::size_t i = 0; i < script->size(); ++i) {
    const feel::Value& step = (*script)[i];
    const auto played = player.play(step, context.settings.language);
    if (!played) return played.error();
    if (context.settings.json) {
      context.console.line(feel::json_of(played->line));
    } else {
      print_line(context, played->line);
    }
    if (played->expected) continue;
    unexpected += (unexpected.empty() ? "" : ", ") + std::to_string(i + 1);
  }
  if (unexpected.empty()) return Status::done;
  return fail(ErrorKind::refused, "app.script_unexpected", {{"steps", unexpected}});
}

}  // namespace jishi::app
