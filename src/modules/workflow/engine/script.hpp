#pragma once
// A script plays a case without a store: one event a step, a clock that goes where the script says.

#include <string>
#include <vector>

#include "base/language.hpp"
#include "modules/workflow/engine/engine.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostScriptSteps = 10'000;

class Script {
 public:
  /// `begin`: where the clock stands first.
  Script(std::shared_ptr<const Definition> definition, Index process, Environment environment,
         Moment begin)
      : definition_(std::move(definition)),
        process_(process),
        environment_(std::move(environment)),
        now_(begin) {}

  struct Played {
    feel::Value line;  // what happened, and how things stand now
    bool expected = true;
  };

  /// Plays one step of the script, a context such as {do: "approve", task: "draft", by: "li"}.
  /// Errors: process.script_… where the step means nothing; a refusal is in the line.
  Result<Played> play(const feel::Value& step, Language language);
  const State& state() const { return state_; }

 private:
  Result<Event> event_of(const feel::Value& step);
  Result<Number> task_of(const feel::Value& step, const std::string& actor);
  std::optional<Error> advance(const feel::Value& by, std::vector<Effect>& effects);
  feel::Value line_of(const feel::Value& step, const std::vector<Effect>& effects,
                      const std::optional<Error>& refused, Language language) const;
  feel::Value task_line(const Task& task) const;
  std::string node_id(Index node) const;

  std::shared_ptr<const Definition> definition_;
  Index process_;
  Environment environment_;
  Moment now_;
  State state_;
  int step_ = 0;
};

}  // namespace jishi::workflow
