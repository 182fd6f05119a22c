#pragma once
// Where a case stands: plain values, copied and compared as a whole.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "modules/workflow/definition/definition.hpp"

namespace jishi::workflow {

/// Milliseconds since 1970-01-01 UTC.
using Moment = std::int64_t;
/// Numbers of tokens, tasks and scopes; never used twice within a case. 0: none.
using Number = std::uint32_t;

enum class CaseStatus : std::uint8_t { fresh, running, suspended, completed, ended, failed };

/// The splits that led to a token, one number each. Where one's is a prefix of another's, the
/// other came from it.
using Branch = std::vector<Number>;

struct Token {
  Number id = 0;
  Index node = kNone;
  Number instance = 0;  // of the scope
  Index flow = kNone;   // by which it came
  bool waiting = false;
  Branch branch;
};

/// A process or sub-process that runs.
struct ScopeInstance {
  Number id = 0;
  Index scope = 0;
  Number token = 0;  // that waits for it; 0: the case itself
  int number = 0;    // which of several instances
  bool own_variables = false;
  feel::Value variables;  // of a process
  feel::Value locals;     // names that are visible in it only
};

/// An activity that runs several times.
struct Multi {
  Number token = 0;
  int total = 0, started = 0, done = 0, approved = 0, rejected = 0;
  std::vector<feel::Value> items;
};

struct Signer {
  enum class State : std::uint8_t { waiting, approved, passed_over };
  std::string person;
  int stage = 0;  // a stage begins when the one before has ended
  State state = State::waiting;
  Number order = 0;  // when it was signed; of one who waits: when somebody put them there
  std::string by;    // who added them; empty: the process asks for them
};

/// Something that waits for a person or a service.
struct Task {
  Number id = 0;
  Number token = 0;
  Index node = kNone;
  int number = 0;  // which of several instances
  std::string assignee;
  std::string owner;  // who delegated it, and gets it back
  std::vector<Signer> signers;
  bool touched = false;  // somebody has acted on it
  int urged = 0;
  Moment urged_at = 0;
  std::optional<Moment> due;
  feel::Value locals;
};

struct Timer {
  Number id = 0;
  Number token = 0;
  Index node = kNone;
  Moment due = 0;
  int left = 1;  // how often it still fires
};

struct Awaited {
  Number token = 0;
  Index node = kNone;
  int number = 0;
};

/// A task that somebody has completed: where one can be sent back to. Without an actor: something
/// that left the case for good.
struct Step {
  Number order = 0;
  Number instance = 0;
  Index node = kNone;
  std::string actor;
  Branch branch;
  Number task = 0;              // of a service: what it did is on record; 0: it was but asked
  std::vector<Signer> signers;  // as they stood when it ended
};

/// A process or sub-process that has ended: its steps can still be gone back to.
struct Ended {
  ScopeInstance scope;  // as it ended
  Index node = kNone;   // that it was of
  Number order = 0;
  Number parent = 0;  // the instance in which it ran
  Branch branch;      // of the token that waited for it
  Branch last;        // of the token with which it ended
};

/// A token that came to a join.
struct Arrival {
  Index flow = kNone;
  Branch branch;
};

/// A join that all branches of a split have come to: a step of one of them can be gone back to, and
/// the others wait there again.
struct Joined {
  Number order = 0;
  Number instance = 0;
  Index node = kNone;
  Branch branch;  // of the one token that went on
  std::vector<Arrival> arrivals;
};

struct State {
  CaseStatus status = CaseStatus::fresh;
  Number last_number = 0;
  Number irrevocable = 0;  // as `steps` without an actor, of cases that began before these were
  std::string initiator;
  std::vector<ScopeInstance> scopes;
  std::vector<Token> tokens;
  std::vector<Multi> multis;
  std::vector<Task> tasks;
  std::vector<Timer> timers;
  std::vector<Awaited> awaited;
  std::vector<Step> steps;
  std::vector<Ended> ended;
  std::vector<Joined> joined;
};

}  // namespace jishi::workflow
