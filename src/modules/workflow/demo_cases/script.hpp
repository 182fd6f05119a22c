#pragma once
// What a script of the demo city says, as it is read.

#include <filesystem>
#include <string>
#include <vector>

#include "base/json_object.hpp"
#include "base/result.hpp"
#include "modules/workflow/engine/engine.hpp"

namespace jishi::workflow {

struct DemoStep {
  std::string task;  // its name
  Verb verb = Verb::approve;
  boost::json::object answer;  // with placeholders: Cast::fill()
  int wait_days = 0;           // before it
  bool all = false;            // every open task of that name, not the first alone
};

struct DemoScript {
  std::string process;
  std::string at;                  // branch | committee | region: where the case stands
  std::string person;              // full | probationary: whom it is about; empty: nobody
  std::string sender;              // committee: who sends; empty: nobody
  std::vector<std::string> names;  // $name, one for each time it is played
  boost::json::object variables;
  std::vector<DemoStep> steps;
};

/// A task that a committee sends to all of its branches at once; each answers by the script of the
/// process of tasks.
struct DemoDispatch {
  boost::json::object task;  // as DispatchTask, with placeholders
  int days_ago = 0;
};

struct DemoScripts {
  std::vector<DemoScript> cases;
  std::optional<DemoDispatch> dispatch;
};

/// Errors: workflow.demo_script, with the place in the file.
Result<DemoScripts> read_demo_scripts(const std::filesystem::path& file);

}  // namespace jishi::workflow
