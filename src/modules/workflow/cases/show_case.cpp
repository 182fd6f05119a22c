#include "modules/workflow/cases/show_case.hpp"

#include "base/feel/json.hpp"
#include "base/integer.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/act_on_case.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/next_steps.hpp"
#include "modules/workflow/cases/provisional.hpp"
#include "modules/workflow/cases/show_case.sql.hpp"
#include "modules/workflow/cases/withdrawal.hpp"
#include "modules/workflow/definition/elements.hpp"
#include "modules/workflow/definition/order.hpp"
#include "modules/workflow/forms/asked_fields.hpp"
#include "modules/workflow/forms/day_limits.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/tasks/task_verbs.hpp"
#include "modules/workflow/tasks/tasks.sql.hpp"
#include "modules/workflow/templates/known_names.hpp"

namespace jishi::workflow {

namespace {

/// The tasks of people in the order in which a case comes to them.
std::vector<Index> in_order(const Definition& definition, Index scope) {
  std::vector<Index> found = order_of(definition, scope);
  std::erase_if(found, [&](Index index) { return !is_of_people(definition.nodes[index]); });
  return found;
}

bool is_over(const HeldCase& held) {
  return held.row.status != "running" && held.row.status != "suspended";
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
    if (step.state == "ahead" && is_over(held)) continue;
    steps.push_back(std::move(step));
  }
  return steps;
}

std::vector<CaseMoment> moments_of(const HeldCase& held, const Deployments& deployments,
                                   Language language) {
  const Wording& wording = deployments.wording();
  const WorkCalendar& calendar = deployments.calendar();
  std::vector<CaseMoment> moments;
  const Definition& definition = *held.playable->definition;
  for (const Timer& timer : held.state.timers) {
    const Node& node = definition.nodes[timer.node];
    const bool between = is_wait(definition, timer.node);
    moments.push_back({node.id, node.name, between ? "earliest" : "latest", timer.due,
                       wording.basis(language, node.basis),
                       provisional_year(calendar, node.timing, timer.due)});
  }
  for (const Task& task : held.state.tasks) {
    const Node& node = definition.nodes[task.node];
    if (!task.due) continue;
    moments.push_back({node.id, node.name, "latest", *task.due, wording.basis(language, node.basis),
                       provisional_year(calendar, node.task.due, *task.due)});
  }
  std::sort(moments.begin(), moments.end(), [](const CaseMoment& left, const CaseMoment& right) {
    return left.at_ms < right.at_ms;
  });
  return moments;
}

/// What decisions found is told in the caller's language; what people wrote stays as it is.
boost::json::object variables_shown(const HeldCase& held, const Wording& wording,
                                    Language language) {
  auto json = parse_json(feel::json_of(variables_of(held.state)));
  if (!json || !json->is_object()) return {};
  boost::json::object variables = std::move(json->as_object());
  if (language == Language::zh) return variables;
  for (const Node& node : held.playable->definition->nodes) {
    if (node.kind != NodeKind::rule_task || node.task.result.empty()) continue;
    if (auto* found = variables.if_contains(node.task.result)) wording.translate(*found);
  }
  return variables;
}

void add_where(const HeldCase& held, ShownCase& shown) {
  const Definition& definition = *held.playable->definition;
  for (const Token& token : held.state.tokens) {
    const std::string& id = definition.nodes[token.node].id;
    if (std::find(shown.at.begin(), shown.at.end(), id) == shown.at.end()) shown.at.push_back(id);
  }
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

/// Whether what is confidential is theirs to see. About a person: that person, and who has a task
/// of the case. About an organisation: who has a task of it by a role, not as one of its members,
/// and who manages the cases of that organisation itself; not of one above it.
bool sees_confidential(const api::Call& call, db::Reader& reader, const HeldCase& held,
                       const ShownCase& shown) {
  const CaseRow& row = held.row;
  if (row.person != kNoId)
    return row.person == call.caller.person || has_task_of(call, reader, row.id);
  const auto desks = desks_of(reader, party_of(call.caller), call.store.clock().today());
  const bool at_home = std::any_of(desks.begin(), desks.end(), [&](const Desk& desk) {
    return !desk.role.empty() && desk.owner == row.organisation;
  });
  if (at_home && call.gate.may(call.caller, "workflow.manage", row.organisation)) return true;
  const Definition& definition = *held.playable->definition;
  return std::any_of(shown.tasks.begin(), shown.tasks.end(), [&](const ShownTask& task) {
    const Index node = definition.node(task.element);
    return node != kNone && definition.nodes[node].task.at != "person" &&
           lies_before(reader, task.task, desks);
  });
}

/// Of a list what it says of one person; nothing of anything else.
boost::json::array own_items(const boost::json::value& value, Id person) {
  boost::json::array items;
  if (!value.is_array() || person == kNoId) return items;
  const std::string own = std::to_string(person);
  for (const auto& item : value.as_array()) {
    const auto* named = item.is_object() ? item.as_object().if_contains("person") : nullptr;
    if (named != nullptr && named->is_string() && named->as_string() == own) items.push_back(item);
  }
  return items;
}

/// What is between a member and those who work on their case (income, hardship, grades): others who
/// read cases do without, but for what it says of themselves and what they wrote.
void hide_confidential(const api::Call& call, db::Reader& reader, const HeldCase& held,
                       ShownCase& shown) {
  const auto& hidden = held.playable->definition->scopes[held.playable->scope].confidential;
  if (hidden.empty() || sees_confidential(call, reader, held, shown)) return;
  for (const std::string& name : hidden) {
    auto* value = shown.variables.if_contains(name);
    if (value == nullptr) continue;
    auto own = own_items(*value, call.caller.person);
    if (own.empty())
      shown.variables.erase(name);
    else
      *value = std::move(own);
  }
  for (Entered& step : shown.entered) {
    if (step.account != kNoId && step.account == call.caller.account) continue;
    std::erase_if(step.fields, [&](const EnteredField& field) {
      return std::find(hidden.begin(), hidden.end(), field.name) != hidden.end();
    });
  }
  std::erase_if(shown.entered, [](const Entered& step) { return step.fields.empty(); });
  for (CaseEvent& event : shown.events) {
    if (event.task != kNoId) event.reason.clear();
  }
}

/// What the case waits for is offered to those alone who may send it.
void add_messages(const api::Call& call, db::Reader& reader, const HeldCase& held,
                  ShownCase& shown) {
  for (const Awaited& one : held.state.awaited) {
    const Node& node = held.playable->definition->nodes[one.node];
    if (may_send(reader, call, held, node)) shown.messages.push_back(node.message);
  }
}

/// Of a case about somebody else whoever has but a task of it is shown what its lists say of
/// themselves, and of what was done neither whom it concerned nor why. `judged`: the fields of
/// earlier steps that the task asks them to judge.
void keep_to_own(ShownCase& shown, const api::Caller& caller,
                 const std::vector<std::string>& judged) {
  const auto is_judged = [&](std::string_view name) {
    return std::find(judged.begin(), judged.end(), name) != judged.end();
  };
  for (Entered& step : shown.entered) {
    if (step.account != kNoId && step.account == caller.account) continue;
    std::erase_if(step.fields, [&](const EnteredField& field) { return !is_judged(field.name); });
  }
  std::erase_if(shown.entered, [](const Entered& step) { return step.fields.empty(); });
  boost::json::object kept;
  for (const auto& [name, value] : shown.variables) {
    if (is_judged(name)) {
      kept[name] = value;
      continue;
    }
    auto items = own_items(value, caller.person);
    if (!items.empty()) kept[name] = std::move(items);
  }
  shown.variables = std::move(kept);
  shown.materials.clear();
  for (CaseEvent& event : shown.events) {
    event.whom_name.clear();
    event.reason.clear();
  }
}

std::vector<StepNow> steps_now(const Definition& definition, const std::vector<Index>& order,
                               const std::vector<CaseStep>& steps) {
  std::vector<StepNow> now;
  for (const Index node : order) {
    StepNow one{node, {}, false};
    for (const CaseStep& step : steps) {
      if (step.element != definition.nodes[node].id) continue;
      one.done_ms = step.done_ms;
      one.open = step.state == "current";
    }
    now.push_back(one);
  }
  return now;
}

void add_entered(const api::Call& call, db::Reader& reader, const HeldCase& held,
                 const std::vector<Index>& order, ShownCase& made) {
  const auto steps = steps_now(*held.playable->definition, order, made.steps);
  const auto answers = answers_of(call.store, reader, held.row.id);
  const auto names = names_entered(reader, held, steps, answers);
  made.entered = entered_of(held, steps, answers, {}, names, call.language());
}

CaseHead head_of(db::Reader& reader, const HeldCase& held) {
  CaseHead head = *reader.one<CaseHead>(sql::show_case::head, held.row.id);
  head.subject = subject_of(held);
  const feel::Value* sender = variables_of(held.state).entry("sender");
  if (sender != nullptr && sender->text() != nullptr) {
    const auto place = registry::organisation(reader, parse_id(*sender->text()));
    if (place) head.sender_name = place->name;
  }
  return head;
}

/// What came by itself is called as in the file.
std::vector<CaseEvent> events_of(db::Reader& reader, const HeldCase& held) {
  auto events = reader.all<CaseEvent>(sql::show_case::events, held.row.id, kMostEventsShown);
  const Definition& definition = *held.playable->definition;
  for (CaseEvent& event : events) {
    if (event.element.empty() || !event.element_name.empty()) continue;
    const Index node = definition.node(event.element);
    if (node != kNone) event.element_name = definition.nodes[node].name;
  }
  return events;
}

/// What is refused is not offered: the first open tasks, and the case as a whole.
void add_verbs(const api::Call& call, db::Reader& reader, const HeldCase& held, ShownCase& made) {
  made.verbs = case_verbs(reader, call, held);
  if (made.tasks.empty()) return;
  const Party party = party_of(call.caller);
  const Date today = call.store.clock().today();
  const auto desks = desks_of(reader, party, today);
  for (const ShownTask& task : made.tasks) {
    if (made.offered.size() == kMostOffered) return;
    const auto seen = seen_by(reader, held, task.task, party, desks, today);
    if (!seen) continue;
    made.offered.push_back({task.task, task_verbs(reader, {call.gate, call.caller}, held, *seen,
                                                  call.store.clock().now_ms())});
  }
}

Result<ShownCase> shown(const api::Call& call, db::Reader& reader, const HeldCase& held,
                        const Office& office) {
  const Wording& wording = office.deployments.wording();
  ShownCase made;
  made.head = head_of(reader, held);
  const auto order = in_order(*held.playable->definition, held.playable->scope);
  auto tasks =
      shown_tasks(reader, reader.all<Id>(sql::tasks::of_case, held.row.id, kMostTasksOfCase));
  made.steps = steps_of(held, tasks);
  std::erase_if(tasks, [](const ShownTask& task) { return task.state != "open"; });
  for (ShownTask& task : tasks) task.subject = made.head.subject;
  made.tasks = std::move(tasks);
  made.moments = moments_of(held, office.deployments, call.language());
  made.materials = asked_materials(reader, held, order, reached(made.steps));
  // Nothing lies ahead of a case that is over.
  if (is_over(held)) {
    std::erase_if(made.materials,
                  [](const AskedMaterial& material) { return material.state == "ahead"; });
  }
  made.variables = variables_shown(held, wording, call.language());
  add_entered(call, reader, held, order, made);
  add_where(held, made);
  made.events = events_of(reader, held);
  made.withdrawable =
      withdrawable_task(reader, held, party_of(call.caller), call.store.clock().now_ms());
  add_verbs(call, reader, held, made);
  return made;
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
          reader.one<std::string>(sql::show_case::name_of, parse_id(signer.person)).value_or("");
      if (signer.state == Signer::State::waiting)
        page.signers.push_back(std::move(name));
      else if (signer.state == Signer::State::approved)
        page.signed_by.push_back(std::move(name));
    }
  }
}

// The engine is asked of each, and nothing is kept of it.
void add_back(const HeldCase& held, TaskPage& page) {
  const Definition& definition = *held.playable->definition;
  const Index here = definition.node(page.task.element);
  const auto task = std::find_if(held.state.tasks.begin(), held.state.tasks.end(),
                                 [&](const Task& one) { return one.node == here; });
  if (!page.mine || task == held.state.tasks.end() || !task->owner.empty()) return;
  Event event;
  event.verb = Verb::send_back;
  event.task = task->id;
  event.actor = "anybody";
  State state = held.state;  // whose turn it is makes no difference
  Task& asked = state.tasks[static_cast<std::size_t>(task - held.state.tasks.begin())];
  asked.signers.clear();
  asked.assignee = event.actor;
  const auto may = [&](const std::string& to) {
    if (std::find(page.back.begin(), page.back.end(), to) != page.back.end()) return;
    event.to = to;
    event.now = 0;
    const Environment environment;
    if (!apply(definition, held.playable->scope, state, event, environment).refused)
      page.back.push_back(to);
  };
  may("previous");
  if (page.back.empty()) return;  // then nothing earlier is possible either
  may("initiator");
  for (const Step& step : held.state.steps) {
    if (!step.actor.empty()) may(definition.nodes[step.node].id);
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
  auto made = shown(call, reader, *held, office);
  if (!made) return made;
  add_messages(call, reader, *held, *made);
  hide_confidential(call, reader, *held, *made);
  return made;
}

Result<TaskPage> show_task(const api::Call& call, const Office& office, Id task) {
  return call.store.read([&](db::Reader& reader) -> Result<TaskPage> {
    auto found = shown_task(reader, task);
    if (!found) return fail(ErrorKind::not_found, "workflow.task_unknown");
    const auto desks = desks_of(reader, party_of(call.caller), call.store.clock().today());
    TaskPage page;
    page.task = std::move(*found);
    const auto held = held_case(call.store, reader, office, page.task.case_id);
    if (!held) return held.error();
    const Date day = call.store.clock().today();
    const auto seen = seen_by(reader, *held, task, party_of(call.caller), desks, day);
    page.mine = seen && seen->own;
    if (seen) {
      page.verbs =
          task_verbs(reader, {call.gate, call.caller}, *held, *seen, call.store.clock().now_ms());
    }
    if (!may_see(call, reader, page.task, held->row.organisation, page.mine))
      return fail(ErrorKind::not_found, "workflow.task_unknown");
    const Index index = held->playable->definition->node(page.task.element);
    if (index != kNone) {
      const Node& node = held->playable->definition->nodes[index];
      const Date opened = day_at(page.task.opened_ms);
      if (auto form = form_of(*held->playable, node, variables_of(held->state)))
        page.form = with_day_limits(std::move(*form), variables_of(held->state),
                                    {call.store.clock().today(), opened, opened});
      if (page.mine && has_templates(page.form)) {
        const Date today = call.store.clock().today();
        page.form = office.deployments.templates().with_texts(
            std::move(page.form), with_names(reader, *held, party_of(call.caller), today), today);
      }
      if (const auto* basis = page.form.if_contains("x-basis"); basis && basis->is_string()) {
        page.form["x-basis"] = office.deployments.wording().basis(
            call.language(), std::string_view(basis->get_string()));
      }
    }
    page.task.subject = subject_of(*held);
    add_signers(reader, *held, page);
    add_back(*held, page);
    auto whole = shown(call, reader, *held, office);
    if (!whole) return whole.error();
    page.whole = std::move(*whole);
    add_messages(call, reader, *held, page.whole);
    hide_confidential(call, reader, *held, page.whole);
    const bool other = call.caller.person == kNoId || held->row.person != call.caller.person;
    if (other && sight_of(call, reader, held->row.id) != Sight::whole)
      keep_to_own(page.whole, call.caller,
                  page.mine ? shown_fields_of(page.form) : std::vector<std::string>());
    return page;
  });
}

}  // namespace jishi::workflow
