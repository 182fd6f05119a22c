#include "modules/workflow/demo_cases/script.hpp"

#include <toml++/toml.h>

#include "base/json.hpp"
#include "modules/workflow/demo_cases/demo_cases.hpp"

namespace jishi::workflow {

namespace {

Error unusable(std::string place) {
  return fail(ErrorKind::invalid, "workflow.demo_script", {{"place", std::move(place)}});
}

Result<boost::json::object> object_in(const toml::table& table, const char* key,
                                      const std::string& place) {
  const std::string text = table[key].value_or(std::string("{}"));
  auto read = parse_json(text);
  if (!read || !read->is_object()) return unusable(place + "." + key);
  return std::move(read->as_object());
}

Result<DemoStep> step_in(const toml::table& table, const std::string& place) {
  DemoStep step;
  step.task = table["task"].value_or(std::string());
  if (step.task.empty()) return unusable(place + ".task");
  if (table["reject"].value_or(false)) step.verb = Verb::reject;
  step.wait_days = table["wait"].value_or(0);
  step.all = table["all"].value_or(false);
  auto answer = object_in(table, "answer", place);
  if (!answer) return answer.error();
  step.answer = std::move(*answer);
  return step;
}

Result<DemoScript> script_in(const toml::table& table, const std::string& place) {
  DemoScript script;
  script.process = table["process"].value_or(std::string());
  script.at = table["at"].value_or(std::string("branch"));
  script.person = table["person"].value_or(std::string());
  script.sender = table["sender"].value_or(std::string());
  if (script.process.empty()) return unusable(place + ".process");
  auto variables = object_in(table, "variables", place);
  if (!variables) return variables.error();
  script.variables = std::move(*variables);
  if (const toml::array* names = table["names"].as_array()) {
    for (const toml::node& name : *names) script.names.push_back(name.value_or(std::string()));
  }
  const toml::array* steps = table["step"].as_array();
  if (steps == nullptr || steps->size() > kMostDemoSteps) return unusable(place + ".step");
  for (const toml::node& node : *steps) {
    const std::string at = fmt::format("{}.step[{}]", place, script.steps.size());
    if (!node.is_table()) return unusable(at);
    auto step = step_in(*node.as_table(), at);
    if (!step) return step.error();
    script.steps.push_back(std::move(*step));
  }
  return script;
}

}  // namespace

Result<DemoScripts> read_demo_scripts(const std::filesystem::path& file) {
  DemoScripts read;
  auto& scripts = read.cases;
  try {
    const toml::table table = toml::parse_file(file.string());
    const toml::array* cases = table["case"].as_array();
    if (cases == nullptr || cases->size() > kMostDemoScripts) return unusable("case");
    for (const toml::node& node : *cases) {
      const std::string at = fmt::format("case[{}]", scripts.size());
      if (!node.is_table()) return unusable(at);
      auto script = script_in(*node.as_table(), at);
      if (!script) return script.error();
      scripts.push_back(std::move(*script));
    }
    if (const toml::table* sent = table["dispatch"].as_table()) {
      auto task = object_in(*sent, "task", "dispatch");
      if (!task) return task.error();
      read.dispatch = DemoDispatch{std::move(*task), (*sent)["days_ago"].value_or(0)};
    }
  } catch (const toml::parse_error& error) {
    return unusable(std::string(error.description()));
  }
  return read;
}

}  // namespace jishi::workflow
