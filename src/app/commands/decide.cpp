#include "app/commands.hpp"
#include "app/commands/feel_screen.hpp"
#include "app/nearest.hpp"
#include "modules/workflow/workflow.hpp"
#include "platform/files/whole_file.hpp"
#include "platform/xml/xml.hpp"

namespace jishi::app {

namespace {

using workflow::decision::Model;

Result<const workflow::decision::Element*> chosen(const Model& model, const std::string& name) {
  const auto names = model.names();
  const auto* found = model.find(name.empty() && names.size() == 1 ? names.front() : name);
  if (found != nullptr) return found;
  if (name.empty() && !names.empty()) {
    return fail(ErrorKind::invalid, "app.decision_which", {{"names", list_of(names)}});
  }
  return fail(ErrorKind::not_found, "app.decision_unknown",
              {{"name", name}, {"names", list_of(names)}});
}

}  // namespace

Result<Status> run_decide(const Context& context, const DecideOptions& options) {
  const auto inputs = context_of(options.context);
  if (!inputs) return inputs.error();
  const auto clock = clock_of(options.now);
  if (!clock) return clock.error();
  const auto bytes = files::read_whole(options.file, xml::kMostBytes);
  if (!bytes) return bytes.error();
  const auto functions = Functions::of(context);
  if (!functions) return functions.error();
  workflow::Findings findings;
  const auto model =
      workflow::decision::read_sound_parts(*bytes, *inputs, findings, (*functions)->library());
  for (const auto& finding : findings) {
    context.console.note(finding.element + ": " + context.say(finding.error));
  }
  if (model == nullptr) return Status::refused;
  const auto what = chosen(*model, options.decision);
  if (!what) return what.error();
  // What is broken elsewhere in the model is told above, and does not keep this from being decided.
  if (!model->sound(**what)) {
    context.console.line("null");
    return Status::refused;
  }
  const auto decided = model->decide(**what, *inputs, **clock);
  print_value(context, decided.value, decided.issues);
  return Status::done;
}

}  // namespace jishi::app
