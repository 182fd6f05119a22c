#include "modules/workflow/cases/bookkeeping.hpp"

#include "base/integer.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/facts.hpp"

namespace jishi::workflow {

namespace {

// Begins the role of a desk on which lies what somebody took on by the role (tasks.sql: left).
const std::string kTakenOn = "~";

bool is_of_people(const Definition& definition, const Task& task) {
  return definition.nodes[task.node].kind != NodeKind::service_task;
}

const Task* find(const std::vector<Task>& tasks, Number id) {
  const auto found =
      std::find_if(tasks.begin(), tasks.end(), [id](const Task& one) { return one.id == id; });
  return found == tasks.end() ? nullptr : &*found;
}

// Whose turn it is among several who sign.
std::vector<std::string> signers_now(const Task& task) {
  int stage = std::numeric_limits<int>::max();
  for (const Signer& signer : task.signers) {
    if (signer.state == Signer::State::waiting) stage = std::min(stage, signer.stage);
  }
  std::vector<std::string> names;
  for (const Signer& signer : task.signers) {
    if (signer.state == Signer::State::waiting && signer.stage == stage)
      names.push_back(signer.person);
  }
  return names;
}

bool lies_elsewhere(const Task& before, const Task& after) {
  return before.assignee != after.assignee || signers_now(before) != signers_now(after);
}

}  // namespace

void open_tasks_soon(db::Reader& reader, Id case_id) {
  reader.soon(sql::cases::open_tasks, case_id);
}

void free_of_leavers(db::Reader& reader, HeldCase& held, const State& before, Date today) {
  for (Task& task : held.state.tasks) {
    const Node& node = held.playable->definition->nodes[task.node];
    const bool of_a_role = !node.task.role.empty() && node.task.signers == nullptr;
    if (!of_a_role || task.assignee.empty() || find(before.tasks, task.id) != nullptr) continue;
    const Place place = place_of_task(reader, held, task, today);
    if (place.person != kNoId) continue;
    const Id id = parse_id(task.assignee);
    if (!has_still(reader, held.row.id, node, place.organisation, id, today)) task.assignee.clear();
  }
}

bool was_left_to(db::Reader& reader, const HeldCase& held, const Task& task, Id organisation,
                 const Party& party, Date today) {
  const Node& node = held.playable->definition->nodes[task.node];
  const bool of_a_role = !node.task.role.empty() && node.task.signers == nullptr;
  if (!of_a_role || task.assignee.empty()) return false;
  if (place_of_task(reader, held, task, today).person != kNoId) return false;
  return !has_still(reader, held.row.id, node, organisation, parse_id(task.assignee), today) &&
         stands_at(reader, party, node.task.role, {organisation, kNoId}, today);
}

std::string Bookkeeping::outcome_of(Number task) const {
  const auto found = outcomes_.find(task);
  return found == outcomes_.end() ? std::string() : found->second;
}

void Bookkeeping::look(const State& before) {
  const Definition& definition = *held_.playable->definition;
  const Date today = tx_.store().clock().today();
  std::optional<db::Asked<OpenTask>> rows;
  if (!before.tasks.empty()) rows.emplace(tx_.ask<OpenTask>(sql::cases::open_tasks, held_.row.id));
  std::vector<const Task*> laid;
  for (const Task& task : held_.state.tasks) {
    const Task* was = find(before.tasks, task.id);
    if (is_of_people(definition, task) && (was == nullptr || lies_elsewhere(*was, task)))
      laid.push_back(&task);
  }
  for (const Task* task : laid) place_of_task_soon(tx_, held_, *task, today);
  tx_.asked_all();
  for (const Task* task : laid) place_task(*task, today);
  if (!rows) return;
  for (const OpenTask& row : rows->all()) rows_.emplace(row.number, row);
}

void Bookkeeping::place_task(const Task& task, Date today) {
  const Place place = place_of_task(tx_, held_, task, today);
  places_.insert_or_assign(task.id, place);
  const TaskSettings& settings = held_.playable->definition->nodes[task.node].task;
  if (is_for_secretary(tx_, settings, place, today)) for_secretary_.insert(task.id);
}

const Bookkeeping::OpenTask* Bookkeeping::row_of(const Task& task) const {
  const auto found = rows_.find(task.id);
  return found == rows_.end() ? nullptr : &found->second;
}

std::vector<Id> Bookkeeping::follow(const State& before, const std::vector<Effect>& effects) {
  for (const Effect& effect : effects) {
    if (effect.kind == Effect::Kind::task_completed) outcomes_[effect.number] = effect.word;
    if (effect.kind == Effect::Kind::task_cancelled) outcomes_[effect.number] = "cancelled";
  }
  const Definition& definition = *held_.playable->definition;
  const State& after = held_.state;
  std::vector<Id> opened;
  for (const Task& task : before.tasks) {
    if (!is_of_people(definition, task)) continue;
    const Task* now = find(after.tasks, task.id);
    if (now == nullptr) {
      close(task);
    } else {
      change(task, *now);
    }
  }
  for (const Task& task : after.tasks) {
    if (is_of_people(definition, task) && find(before.tasks, task.id) == nullptr)
      opened.push_back(open(task));
  }
  set_timer(before);
  tell_case(before);
  return opened;
}

void Bookkeeping::tell(FactKind kind, Id organisation, Id task, std::string_view word) {
  const std::string payload =
      word.empty() ? std::string()
                   : boost::json::serialize(boost::json::object{{"what", std::string(word)}});
  tx_.fact(kind, tx_.store().clock().today(), organisation,
           {.person = held_.row.person, .subject = task, .payload = payload});
}

Id Bookkeeping::open(const Task& task) {
  const Node& node = held_.playable->definition->nodes[task.node];
  const Id row = tx_.new_id();
  const Place& place = places_.at(task.id);
  const Id assignee = task.assignee.empty() ? place.person : parse_id(task.assignee);
  tx_.run(sql::cases::add_task, row, held_.row.id, task.id, node.id, node.name, node.task.role,
          place.organisation, assignee, now_, task.due);
  lay_on_desks(row, place, task);
  const NextTelling next = next_telling(node.task, task.due, "");
  if (!next.what.empty()) tx_.run(sql::cases::add_timer, next.what, row, next.at);
  tell(fact::kTaskOpened, place.organisation, row);
  return row;
}

Id Bookkeeping::pass(const std::vector<Task>& tasks, Number number) {
  const Task* task = find(tasks, number);
  if (task == nullptr || find(held_.state.tasks, number) != nullptr) return kNoId;
  const Node& node = held_.playable->definition->nodes[task->node];
  const Id row = tx_.new_id();
  const Id organisation = held_.row.organisation;
  tx_.run(sql::cases::add_done_task, row, held_.row.id, task->id, node.id, node.name,
          node.task.role, organisation, party_.id(), outcome_of(number), now_, task->due,
          party_.account);
  tell(fact::kTaskDone, organisation, row, outcome_of(number));
  return row;
}

void Bookkeeping::lay_on_desks(Id row, const Place& place, const Task& task) {
  const Moment due = task.due.value_or(kNoDue);
  if (!task.signers.empty()) {
    std::set<Id> owners;
    for (const std::string& name : signers_now(task)) owners.insert(parse_id(name));
    for (const Id owner : owners) tx_.run(sql::cases::add_desk, "", owner, due, row);
    return;
  }
  const TaskSettings& settings = held_.playable->definition->nodes[task.node].task;
  const std::string& role = settings.role;
  if (!task.assignee.empty()) {
    tx_.run(sql::cases::add_desk, "", parse_id(task.assignee), due, row);
    const bool by_role = !role.empty() && settings.signers == nullptr && place.person == kNoId;
    if (by_role) tx_.run(sql::cases::add_desk, kTakenOn + role, place.organisation, due, row);
    return;
  }
  // Without a role it lies before whoever began the case.
  if (place.person != kNoId) {
    tx_.run(sql::cases::add_desk, "", place.person, due, row);
  } else if (role.empty()) {
    tx_.run(sql::cases::add_desk, "", parse_id(held_.state.initiator), due, row);
  } else {
    tx_.run(sql::cases::add_desk, role, place.organisation, due, row);
    if (for_secretary_.contains(task.id))
      tx_.run(sql::cases::add_desk, kSecretary, place.organisation, due, row);
  }
}

std::vector<Moved> Bookkeeping::lay_anew(Id only_at, State& state, TakenOn taken) {
  const Definition& definition = *held_.playable->definition;
  const Date today = tx_.store().clock().today();
  for (const OpenTask& row : tx_.all<OpenTask>(sql::cases::open_tasks, held_.row.id))
    rows_.emplace(row.number, row);
  std::vector<Moved> moved;
  for (Task& task : state.tasks) {
    const OpenTask* row = row_of(task);
    if (!is_of_people(definition, task) || row == nullptr) continue;
    place_task(task, today);
    const Place place = places_.at(task.id);
    if (place.organisation == row->organisation) continue;
    if (only_at != kNoId && row->organisation != only_at) continue;
    const Node& node = definition.nodes[task.node];
    if (taken == TakenOn::stays && !task.assignee.empty() &&
        has_still(tx_, held_.row.id, node, row->organisation, parse_id(task.assignee), today))
      continue;
    // What lies before one person lies there still.
    if (place.person == kNoId) {
      if (!node.task.role.empty() && task.signers.empty()) {
        task.assignee.clear();
        task.owner.clear();
      }
      tx_.run(sql::cases::clear_desk, row->id);
      lay_on_desks(row->id, place, task);
    }
    tell(fact::kTaskChanged, row->organisation, row->id);
    tell(fact::kTaskChanged, place.organisation, row->id);
    const Id assignee = task.assignee.empty() ? place.person : parse_id(task.assignee);
    moved.push_back({row->id, row->organisation, place.organisation, assignee});
  }
  return moved;
}

Moved Bookkeeping::lay_again(Id row, const Task& task) {
  const Place place = place_of_task(tx_, held_, task, tx_.store().clock().today());
  tx_.run(sql::cases::clear_desk, row);
  lay_on_desks(row, place, task);
  tell(fact::kTaskChanged, place.organisation, row);
  return {row, kNoId, place.organisation,
          task.assignee.empty() ? place.person : parse_id(task.assignee)};
}

void Bookkeeping::change(const Task& before, const Task& after) {
  const bool elsewhere = lies_elsewhere(before, after);
  if (!elsewhere && before.urged == after.urged && before.touched == after.touched &&
      before.owner == after.owner) {
    return;
  }
  const OpenTask* row = row_of(after);
  if (row == nullptr) return;
  tx_.run(sql::cases::set_assignee, row->id, parse_id(after.assignee), after.urged);
  if (elsewhere) {
    tx_.run(sql::cases::clear_desk, row->id);
    Place place = places_.at(after.id);
    if (place.person == kNoId) place.organisation = row->organisation;
    lay_on_desks(row->id, place, after);
  }
  tell(after.urged != before.urged ? fact::kTaskUrged : fact::kTaskChanged, row->organisation,
       row->id);
}

void Bookkeeping::close(const Task& task) {
  const OpenTask* row = row_of(task);
  if (row == nullptr) return;
  const std::string outcome = outcome_of(task.id);
  // Of several beside each other, and of what was sent back, the engine takes away the rest.
  const bool done = !outcome.empty() && outcome != "cancelled";
  tx_.run(sql::cases::end_task, row->id, done ? "done" : "cancelled", done ? outcome : "", now_,
          done ? party_.account : kNoId);
  tx_.run(sql::cases::clear_desk, row->id);
  if (task.due) {
    for (const std::string_view what : kTellings) tx_.run(sql::cases::clear_timer, what, row->id);
  }
  tell(done ? fact::kTaskDone : fact::kTaskCancelled, row->organisation, row->id, outcome);
}

void Bookkeeping::set_timer(const State& before) {
  const State& state = held_.state;
  std::optional<Moment> first;
  if (state.status == CaseStatus::running) {
    for (const Timer& timer : state.timers) {
      if (!first || timer.due < *first) first = timer.due;
    }
  }
  if (first) {
    tx_.run(sql::cases::set_timer, "case", held_.row.id, *first);
  } else if (!before.timers.empty()) {
    tx_.run(sql::cases::clear_timer, "case", held_.row.id);
  }
}

void Bookkeeping::tell_case(const State& before) {
  const CaseStatus now = held_.state.status;
  if (now == before.status) return;
  const Id organisation = held_.row.organisation;
  switch (now) {
    case CaseStatus::fresh: break;
    case CaseStatus::running:
      tell(before.status == CaseStatus::fresh ? fact::kCaseStarted : fact::kCaseResumed,
           organisation, held_.row.id, before.status == CaseStatus::fresh ? held_.row.process : "");
      break;
    case CaseStatus::suspended: tell(fact::kCaseSuspended, organisation, held_.row.id); break;
    case CaseStatus::completed:
    case CaseStatus::ended:
    case CaseStatus::failed:
      tell(fact::kCaseEnded, organisation, held_.row.id, word_of(now));
      break;
  }
}

}  // namespace jishi::workflow
