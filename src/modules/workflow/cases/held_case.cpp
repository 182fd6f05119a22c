// A case as it is read: its row, its version, its state.
#include "base/integer.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/case.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/kept_state/kept_state.hpp"
#include "modules/workflow/mergers/hand_over.hpp"

namespace jishi::workflow {

std::string seal_context(Id case_id) {
  return "workflow_case.state." + std::to_string(case_id);
}

namespace {

/// States that the writer opened last. A command that is looked ahead is made several times
/// (db::Connection::foresee) and meets the same state each time.
class OpenedStates {
 public:
  const State* find(const CaseRow& row) const {
    const Opened& opened = place(row.id);
    const bool same = opened.row.id == row.id && opened.row.version == row.version &&
                      opened.row.state.bytes == row.state.bytes;
    return same ? &opened.state : nullptr;
  }
  void keep(const CaseRow& row, const State& state) { place(row.id) = {row, state}; }

 private:
  static constexpr std::size_t kMost = 256;  // four times a group of sixty-four that wait
  struct Opened {
    CaseRow row;
    State state;
  };

  // Ids of one moment differ by little: multiplied, by their first bits.
  static std::size_t number_of(Id id) {
    return (static_cast<std::uint64_t>(id) * 0x9E37'79B9'7F4A'7C15U) >> 56U;
  }
  Opened& place(Id id) { return opened_[number_of(id)]; }
  const Opened& place(Id id) const { return opened_[number_of(id)]; }

  std::vector<Opened> opened_ = std::vector<Opened>(kMost);
};

Result<State> opened_state(Store& store, const Definition& definition, const CaseRow& row) {
  const auto opened = store.keys().cipher().open(row.state, seal_context(row.id));
  if (!opened) return opened.error();
  return state_of_kept(definition, *opened);
}

// Only of the one thread that writes: states are of no use to those who read a page.
Result<State> state_of(Store& store, db::Reader& reader, const Definition& definition,
                       const CaseRow& row) {
  if (!reader.connection().bold()) return opened_state(store, definition, row);
  thread_local OpenedStates states;
  if (const State* known = states.find(row)) return *known;
  auto state = opened_state(store, definition, row);
  if (state) states.keep(row, *state);
  return state;
}

}  // namespace

Result<HeldCase> held_case(Store& store, db::Reader& reader, const Office& office, Id case_id) {
  auto row = reader.one<CaseRow>(sql::cases::held, case_id);
  if (!row) return fail(ErrorKind::not_found, "workflow.case_unknown");
  return held_case(store, reader, office, std::move(*row));
}

Result<HeldCase> held_case(Store& store, db::Reader& reader, const Office& office, CaseRow row) {
  auto playable = office.deployments.playable(reader, row.version);
  if (!playable) return playable.error();
  auto state = state_of(store, reader, *(*playable)->definition, row);
  if (!state) return state.error();
  return HeldCase{std::move(row), std::move(*playable), std::move(*state)};
}

namespace {

// Every name that a state holds of people.
std::vector<std::string_view> names_in(const State& state) {
  std::vector<std::string_view> names{state.initiator};
  for (const Task& task : state.tasks) {
    names.emplace_back(task.assignee);
    names.emplace_back(task.owner);
    for (const Signer& signer : task.signers) names.emplace_back(signer.person);
  }
  for (const Step& step : state.steps) names.emplace_back(step.actor);
  return names;
}

bool holds(const std::vector<std::string_view>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string name_in(db::Reader& reader, const State& state, const Party& party) {
  const auto names = names_in(state);
  const std::string own = std::to_string(party.id());
  if (holds(names, own)) return own;
  if (const std::string account = std::to_string(party.account); holds(names, account))
    return account;
  if (party.person == kNoId) return own;
  // Of a record that was merged into the party's since.
  for (const Id id : registry::ids_of(reader, party.person)) {
    if (const std::string before = std::to_string(id); holds(names, before)) return before;
  }
  return own;
}

namespace {

// The id that a variable holds, in its own names before those of all; kNoId for none.
Id id_in(const State& state, const feel::Value& locals, const std::string& variable) {
  const feel::Value* named = locals.entry(variable);
  if (named == nullptr) named = variables_of(state).entry(variable);
  const auto text = named == nullptr ? std::nullopt : feel::text_of(*named);
  if (!text) return kNoId;
  return parse_id(*text);
}

Place place_named(db::Reader& reader, const HeldCase& held, const std::string& at,
                  const feel::Value& locals) {
  Place place{held.row.organisation, kNoId};
  if (at.empty()) return place;
  const Id named = id_in(held.state, locals, at);
  const auto standing = named == kNoId ? std::nullopt : registry::organisation(reader, named);
  if (standing) {
    place.organisation = standing->ended ? successor_of(reader, named) : named;
  } else if (named != kNoId && at == "person") {
    place.person = registry::person_now(reader, named);
  }
  return place;
}

Place place_with(db::Reader& reader, const HeldCase& held, const TaskSettings& task, Date today,
                 const feel::Value& locals) {
  Place place = place_named(reader, held, task.at, locals);
  if (place.person == kNoId && !task.role.empty() && !is_own_answer(task)) {
    place.organisation =
        reader.one<Id>(sql::cases::holder_above, place.organisation, task.role, today)
            .value_or(place.organisation);
  }
  return place;
}

}  // namespace

Place place_at(db::Reader& reader, const HeldCase& held, const std::string& at) {
  return place_named(reader, held, at, feel::Value());
}

Place place_of(db::Reader& reader, const HeldCase& held, const TaskSettings& task, Date today) {
  return place_with(reader, held, task, today, feel::Value());
}

Place place_of_task(db::Reader& reader, const HeldCase& held, const Task& task, Date today) {
  return place_with(reader, held, held.playable->definition->nodes[task.node].task, today,
                    task.locals);
}

void place_of_task_soon(db::Reader& reader, const HeldCase& held, const Task& task, Date today) {
  const TaskSettings& settings = held.playable->definition->nodes[task.node].task;
  Id place = held.row.organisation;
  if (!settings.at.empty()) {
    const Id named = id_in(held.state, task.locals, settings.at);
    if (named != kNoId) {
      registry::organisation_soon(reader, named);
      place = named;
    }
  }
  role_soon(reader, settings, place, today);
}

void role_soon(db::Reader& reader, const TaskSettings& task, Id place, Date today) {
  if (task.role.empty()) return;
  reader.soon(is_own_answer(task) ? sql::cases::held_there : sql::cases::holder_above, place,
              task.role, today);
}

bool is_own_answer(const TaskSettings& task) {
  return task.at == "receiver" || task.at == "partner";
}

bool is_for_secretary(db::Reader& reader, const TaskSettings& task, const Place& place,
                      Date today) {
  return !task.role.empty() && task.role != kSecretary && is_own_answer(task) &&
         !reader.one<int>(sql::cases::held_there, place.organisation, task.role, today);
}

bool has_still(db::Reader& reader, Id case_id, const Node& node, Id organisation, Id id,
               Date today) {
  return reader
      .one<int>(sql::cases::has_still, id, node.task.role, organisation, today, case_id, node.id)
      .has_value();
}

bool stands_at(db::Reader& reader, const Party& party, const std::string& role, const Place& place,
               Date today) {
  if (place.person != kNoId) return place.person == party.person;
  return reader.one<int>(sql::cases::holds, party.account, role, place.organisation, today)
      .has_value();
}

}  // namespace jishi::workflow
