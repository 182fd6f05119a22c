#pragma once
// The engine: a pure function from a definition, a state and an event to the next state and what is
// to be done outside. It reads no clock, knows no store, and gives the same for the same.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/workflow/engine/state.hpp"

namespace jishi::workflow {

inline constexpr int kMostSteps = 10'000;     // of tokens, for one event
inline constexpr int kMostInstances = 1'000;  // of one activity
inline constexpr std::size_t kMostTokens = 5'000;
inline constexpr std::size_t kMostSigners = 50;
inline constexpr std::size_t kMostHistory = 2'000;  // steps that one can be sent back to
inline constexpr int kMostUrges = 3;                // of one task
inline constexpr Moment kBetweenUrges = 24 * 3'600'000;

enum class Verb : std::uint8_t {
  start,
  claim,
  release,
  approve,
  reject,
  send_back,
  withdraw,
  add_signer,
  remove_signer,
  delegate,
  transfer,
  copy,
  urge,
  suspend,
  resume,
  end,
  message,
  tick,
  service_done,
  service_failed
};

/// The word of a verb in scripts and texts (`send back`), and the verb of a word.
std::string_view word_of(Verb verb);
std::optional<Verb> verb_of(std::string_view word);

struct Event {
  Verb verb = Verb::start;
  std::string actor;
  Moment now = 0;
  Number task = 0;
  std::string element;    // where no task is named: the node that was meant, for the refusal
  std::string person;     // whom a task is given to; whom to add or take away
  std::string to;         // of `send back`: previous, initiator, or a node's id
  std::string name;       // of a message; of an error
  bool before = true;     // of `add signer`
  feel::Value variables;  // what the event brings; null: nothing
};

struct Effect {
  enum class Kind : std::uint8_t {
    task_created,
    task_changed,
    task_completed,
    task_cancelled,
    service_requested,
    timer_set,
    timer_cancelled,
    timer_fired,
    message_awaited,
    message_cancelled,
    message_sent,
    decided,
    copied,
    urged,
    variables_set,
    scope_started,
    scope_completed,
    error_thrown,
    case_completed,
    case_failed,
    case_ended,
    case_suspended,
    case_resumed
  };
  Kind kind = Kind::task_created;
  Index node = kNone;
  Number number = 0;   // of the task, timer or scope
  std::string person;  // whom it concerns
  std::string word;    // an outcome, a message, a code
  Moment at = 0;       // when a timer or task is due
  feel::Value value;
};

std::string_view word_of(Effect::Kind kind);
std::string_view word_of(CaseStatus status);

/// What the engine cannot work out by itself.
struct Environment {
  /// The result of a business rule task's decision, or why there is none.
  std::function<Result<feel::Value>(const Node& node, const feel::Value& variables, Moment now)>
      decide;
};

struct Outcome {
  State state;
  std::vector<Effect> effects;
  std::optional<Error> refused;  // then the state is the one before, and nothing is to be done
};

/// Applies an event to a case of `process` (a scope of the definition).
Outcome apply(const Definition& definition, Index process, const State& state, const Event& event,
              const Environment& environment);

/// Why something would not be a person's to do with a task, whatever they enter: of an approval and
/// of a refusal whose turn it is, and whether a refusal is asked for; of all else as apply() says.
std::optional<Error> refuse_verb(const Definition& definition, Index process, const State& state,
                                 const Event& event);

/// The moment that a timing means in a scope of a case, counted from `now`; none: it means none.
/// `through_day`: of a day the last, as tasks are due; else the first, as timers fire.
std::optional<Moment> moment_of(const Definition& definition, const State& state,
                                const Timing& timing, Number instance, Moment now,
                                bool through_day);

/// The variables of a case.
const feel::Value& variables_of(const State& state);
/// What a task sees: the variables of the process it is of, which may be one that the case's
/// called, under the names that loops round it give.
feel::Value variables_seen(const State& state, Number task);

}  // namespace jishi::workflow
