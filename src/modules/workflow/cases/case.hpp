#pragma once
// A case: one run of a version of a process, in an organisation.

#include "ledger/store.hpp"
#include "modules/workflow/deployments/deployments.hpp"
#include "modules/workflow/engine/engine.hpp"
#include "modules/workflow/operations/operations.hpp"

namespace jishi::workflow {

inline constexpr std::size_t kMostReason = 500;          // signs
inline constexpr std::size_t kLeastReason = 2;           // signs, where one must be given
inline constexpr std::size_t kMostServices = 100;        // operations of one step
inline constexpr std::int64_t kNoDue = 253402300799000;  // sorts behind every day

/// What cases are played with.
struct Office {
  const Deployments& deployments;
  const Operations& operations;
};

/// A case as it is stored.
struct CaseRow {
  Id id = kNoId;
  Id version = kNoId;
  std::string process;
  Id organisation = kNoId;
  Id person = kNoId;
  std::string status;
  std::int64_t revision = 0;
  Blob state;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (id, version, process, organisation, person, status, revision, state))

/// A case with what it is played by, read inside a transaction.
struct HeldCase {
  CaseRow row;
  std::shared_ptr<const Playable> playable;
  State state;
};

/// Errors: workflow.case_unknown; those of a version and a state that do not read.
Result<HeldCase> held_case(Store& store, db::Reader& reader, const Office& office, Id case_id);
/// Where its row was read already.
Result<HeldCase> held_case(Store& store, db::Reader& reader, const Office& office, CaseRow row);

/// What the state of a case is sealed with.
std::string seal_context(Id case_id);

/// What happens to a case, and what is noted of it.
struct Act {
  Event event;       // its clock and actor are set by advance()
  Party party;       // nobody: time
  Id task = kNoId;   // the row of the task
  std::string verb;  // as it is noted; empty: the event's own word
  std::string reason;
  Id whom = kNoId;  // as it is noted
};

/// What became of it.
struct Advanced {
  Id case_id = kNoId;
  std::string status;
  std::int64_t revision = 0;
  std::vector<Id> opened;  // tasks
};
BOOST_DESCRIBE_STRUCT(Advanced, (), (case_id, status, revision, opened))

/// What is done at once with a case as an event leaves it, before anybody else sees it.
using Follow = std::function<Result<Act>(const HeldCase&)>;

/// Applies an event to a case with all that follows: service tasks, the rows of tasks and timers,
/// the facts. `follow`: the act that comes right after, kept together with it. Errors: what the
/// engine refuses, what an operation refuses; nothing is kept then.
Result<Advanced> advance(Transaction& tx, const Office& office, HeldCase& held, const Act& act,
                         const Follow& follow = {});

/// The name under which the state knows a party: one of those it holds, or id().
std::string name_in(db::Reader& reader, const State& state, const Party& party);

/// Where something is done: by whoever holds a role at an organisation, or by one person.
struct Place {
  Id organisation = kNoId;
  Id person = kNoId;  // not kNoId: by them
};

/// The place that a role and `jishi:at` mean in a case. Where nobody holds the role at the
/// organisation it is the next one above where somebody does.
Place place_of(db::Reader& reader, const HeldCase& held, const TaskSettings& task, Date today);

/// The place that a word of `jishi:at` means in a case, whoever holds what role there; the case's
/// own organisation where it means none.
Place place_at(db::Reader& reader, const HeldCase& held, const std::string& at);

/// Whether a party may do what is done there.
bool stands_at(db::Reader& reader, const Party& party, const std::string& role, const Place& place,
               Date today);

/// Whether a step of a role is still that of somebody who has it (`id`: a person or an account):
/// who holds the role there, or above, or to whom it was given expressly.
bool has_still(db::Reader& reader, Id case_id, const Node& node, Id organisation, Id id,
               Date today);

/// The moment a task is to be told of next: reminded of before it is due, late when it is, told to
/// the organisation above where its step says so.
struct NextTelling {
  std::string_view what;  // remind | late | escalate; empty: no more
  Moment at = 0;
};
inline constexpr std::string_view kTellings[] = {"remind", "late", "escalate"};
/// `after`: what it was told of last; empty: nothing yet.
NextTelling next_telling(const TaskSettings& task, const std::optional<Moment>& due,
                         std::string_view after);

}  // namespace jishi::workflow
