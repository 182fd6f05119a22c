#include "modules/workflow/cases/show_case.hpp"

#include "base/feel/json.hpp"
#include "modules/workflow/cases/show_case.sql.hpp"
#include "modules/workflow/forms/asked_fields.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/tasks/tasks.sql.hpp"

namespace jishi::workflow {

namespace {

bool is_of_people(const Node& node) {
  return node.kind == NodeKind::user_task || node.kind == NodeKind::manual_task;
}

/// The tasks of people in the order in which a case comes to them first.
std::vector<Index> in_order(const Definition& definition, Index scope) {
  std::vector<Index> found;
  std::vector<bool> seen(definition.nodes.size(), false);
  std::vector<Index> waiting{definition.scopes[scope].start};
  for (std::size_t at = 0; at < waiting.size(); ++at) {
    const Index index = waiting[at];
    if (index == kNone || seen[index]) continue;
    seen[index] = true;
    const Node& node = definition.nodes[index];
    if (is_of_people(node)) found.push_back(index);
    if (node.inner != kNone) waiting.push_back(definition.scopes[node.inner].start);
    for (const Index boundary : node.boundaries) waiting.push_back(boundary);
    for (const Index flow : node.outgoing) waiting.push_back(definition.flows[flow].target);
  }
  return found;
}

std::vector<CaseStep> steps_of(const HeldCase& held, const std::vector<ShownTask>& tasks) {
  std::vector<CaseStep> steps;
  const Definition& definition = *held.playable->definition;
  for (const Index index : in_order(definition, held.playable->scope)) {
    const Node& node = definition.nodes[index];
    CaseStep step{node.id, node.name, node.task.role, "ahead", {}, {}, {}, {}};
    for (const ShownTask& task : tasks) {
      if (task.element != node.id) continue;
      // What is open goes before what was, the latest before the rest.
      if (step.state == "current" && task.state != "open") continue;
      step.state = task.state == "open" ? "current" : task.state;
      step.outcome = task.outcome;
      step.done_by_name = task.done_by_name;
      step.done_ms = task.done_ms;
      step.due_ms = task.due_ms;
    }
    const bool over = held.row.status != "running" && held.row.status != "suspended";
    if (step.state == "ahead" && over) continue;
    steps.push_back(std::move(step));
  }
  return steps;
}

std::vector<CaseMoment> moments_of(const HeldCase& held) {
  std::vector<CaseMoment> moments;
  const Definition& definition = *held.playable->definition;
  for (const Timer& timer : held.state.timers) {
    const Node& node = definition.nodes[timer.node];
    const bool between = node.kind == NodeKind::timer_event;
    moments.push_back({node.id, node.name, between ? "earliest" : "latest", timer.due, node.basis});
  }
  for (const Task& task : held.state.tasks) {
    const Node& node = definition.nodes[task.node];
    if (task.due) moments.push_back({node.id, node.name, "latest", *task.due, node.basis});
  }
  std::sort(moments.begin(), moments.end(), [](const CaseMoment& left, const CaseMoment& right) {
    return left.at_ms < right.at_ms;
  });
  return moments;
}

boost::json::object variables_shown(const HeldCase& held) {
  auto json = parse_json(feel::json_of(variables_of(held.state)));
  return json && json->is_object() ? std::move(json->as_object()) : boost::json::object();
}

void add_where(const HeldCase& held, ShownCase& shown) {
  const Definition& definition = *held.playable->definition;
  for (const Token& token : held.state.tokens) {
    const std::string& id = definition.nodes[token.node].id;
    if (std::find(shown.at.begin(), shown.at.end(), id) == shown.at.end()) shown.at.push_back(id);
  }
  for (const Awaited& one : held.state.awaited)
    shown.messages.push_back(definition.nodes[one.node].message);
  for (const Task& task : held.state.tasks) {
    const auto form =
        form_of(*held.playable, definition.nodes[task.node], variables_of(held.state));
    if (!form) continue;
    for (std::string& name : missing_fields(*form, variables_of(held.state)))
      shown.missing.push_back(std::move(name));
  }
}

std::vector<std::string> reached(const std::vector<CaseStep>& steps) {
  std::vector<std::string> elements;
  for (const CaseStep& step : steps) {
    if (step.state == "done" || step.state == "current") elements.push_back(step.element);
  }
  return elements;
}

/// What is between a member and those who work on their case (income, hardship): others who read
/// cases do without.
void hide_confidential(const api::Call& call, db::Reader& reader, const HeldCase& held,
                       ShownCase& shown) {
  const Scope& scope = held.playable->definition->scopes[held.playable->scope];
  if (scope.confidential.empty()) return;
  const Id person = call.caller.person;
  if (person != kNoId && person == held.row.person) return;
  if (has_task_of(call, reader, held.row.id)) return;
  for (const std::string& name : scope.confidential) shown.variables.erase(name);
}

/// Of a case about somebody else whoever has but a task of it is shown what its lists say of
/// themselves, and of what was done neither whom it concerned nor why.
void keep_to_own(ShownCase& shown, Id person) {
  const std::string own = std::to_string(person);
  boost::json::object kept;
  for (const auto& [name, value] : shown.variables) {
    boost::json::array items;
    if (!value.is_array()) continue;
    for (const auto& item : value.as_array()) {
      const auto* named = item.is_object() ? item.as_object().if_contains("person") : nullptr;
      if (named != nullptr && named->is_string() && named->as_string() == own)
        items.push_back(item);
    }
    if (!items.empty()) kept[name] = std::move(items);
  }
  shown.variables = std::move(kept);
  shown.materials.clear();
  for (CaseEvent& event : shown.events) {
    event.whom_name.clear();
    event.reason.clear();
  }
}

Result<ShownCase> shown(db::Reader& reader, const HeldCase& held) {
  ShownCase made;
  made.head = *reader.one<CaseHead>(sql::show_case::head, held.row.id);
  auto tasks =
      shown_tasks(reader, reader.all<Id>(sql::tasks::of_case, held.row.id, kMostTasksOfCase));
  made.steps = steps_of(held, tasks);
  std::erase_if(tasks, [](const ShownTask& task) { return task.state != "open"; });
  made.tasks = std::move(tasks);
  made.moments = moments_of(held);
  made.materials =
      asked_materials(reader, held, in_order(*held.playable->definition, held.playable->scope),
                      reached(made.steps));
  made.variables = variables_shown(held);
  add_where(held, made);
  made.events = reader.all<CaseEvent>(sql::show_case::events, held.row.id, kMostEventsShown);
  return made;
}

Id id_of(const std::string& name) {
  return jishi::detail::json_integer(boost::json::string(name)).value_or(kNoId);
}

bool may_see(const api::Call& call, db::Reader& reader, const ShownTask& task, Id organisation,
             bool mine) {
  const auto reads = [&](Id place) { return call.gate.may(call.caller, "workflow.read", place); };
  return mine || reads(organisation) || reads(task.organisation) ||
         reader.one<int>(sql::tasks::acted, task.case_id, call.caller.account, call.caller.person)
             .has_value();
}

void add_signers(db::Reader& reader, const HeldCase& held, TaskPage& page) {
  for (const Task& task : held.state.tasks) {
    if (held.playable->definition->nodes[task.node].id != page.task.element) continue;
    auto signers = task.signers;
    std::stable_sort(signers.begin(), signers.end(), [](const Signer& left, const Signer& right) {
      return left.stage < right.stage;
    });
    for (const Signer& signer : signers) {
      std::string name =
          reader.one<std::string>(sql::show_case::name_of, id_of(signer.person)).value_or("");
      if (signer.state == Signer::State::waiting)
        page.signers.push_back(std::move(name));
      else if (signer.state == Signer::State::approved)
        page.signed_by.push_back(std::move(name));
    }
  }
}

}  // namespace

std::optional<Id> organisation_of_case(db::Reader& reader, Id case_id) {
  return reader.one<Id>(sql::show_case::organisation, case_id);
}

Result<ShownCase> show_case(const api::Call& call, db::Reader& reader, const Office& office,
                            Id case_id) {
  const auto held = held_case(call.store, reader, office, case_id);
  if (!held) return held.error();
  auto made = shown(reader, *held);
  if (made) hide_confidential(call, reader, *held, *made);
  return made;
}

Result<TaskPage> show_task(const api::Call& call, const Office& office, Id task) {
  return call.store.read([&](db::Reader& reader) -> Result<TaskPage> {
    auto found = shown_task(reader, task);
    if (!found) return fail(ErrorKind::not_found, "workflow.task_unknown");
    const auto desks = desks_of(reader, party_of(call.caller), call.store.clock().today());
    TaskPage page;
    page.task = std::move(*found);
    page.mine = lies_before(reader, task, desks);
    const auto held = held_case(call.store, reader, office, page.task.case_id);
    if (!held) return held.error();
    if (!may_see(call, reader, page.task, held->row.organisation, page.mine))
      return fail(ErrorKind::not_found, "workflow.task_unknown");
    const Index index = held->playable->definition->node(page.task.element);
    if (index != kNone) {
      const Node& node = held->playable->definition->nodes[index];
      if (auto form = form_of(*held->playable, node, variables_of(held->state)))
        page.form = std::move(*form);
    }
    add_signers(reader, *held, page);
    auto whole = shown(reader, *held);
    if (!whole) return whole.error();
    page.whole = std::move(*whole);
    hide_confidential(call, reader, *held, page.whole);
    const bool other = call.caller.person == kNoId || held->row.person != call.caller.person;
    if (other && sight_of(call, reader, held->row.id) != Sight::whole)
      keep_to_own(page.whole, call.caller.person);
    return page;
  });
}

}  // namespace jishi::workflow
