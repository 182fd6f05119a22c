// What people do with a task: whether they may, and what the engine is told.
#include "base/integer.hpp"
#include "base/text.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/next_steps.hpp"
#include "modules/workflow/cases/said_refusal.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/cases/start_rules.hpp"
#include "modules/workflow/cases/unasked.hpp"
#include "modules/workflow/forms/asked_fields.hpp"
#include "modules/workflow/forms/day_limits.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/forms/persons_here.hpp"
#include "modules/workflow/forms/picked_organisations.hpp"
#include "modules/workflow/tasks/same_case.hpp"
#include "modules/workflow/tasks/task_verbs.hpp"
#include "modules/workflow/tasks/tasks.sql.hpp"

namespace jishi::workflow {

namespace {

struct TaskPlace {
  Number number = 0;
  Id organisation = kNoId;
  std::string element;
  std::string state;
  std::optional<std::int64_t> done_ms;
  std::string done_by;
  Id done_by_account = kNoId;
  CaseRow held;
};
BOOST_DESCRIBE_STRUCT(TaskPlace, (),
                      (number, organisation, element, state, done_ms, done_by, done_by_account,
                       held))

struct Openings {
  std::int64_t now_ms = 0;
  std::int64_t first_ms = 0;
};
BOOST_DESCRIBE_STRUCT(Openings, (), (now_ms, first_ms))

struct Owner {
  Id account = kNoId;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(Owner, (), (account, person))

// Where somebody's work is refused, undone or taken over, it is said why.
bool needs_reason(TaskVerb verb) {
  return verb == TaskVerb::reject || verb == TaskVerb::send_back || verb == TaskVerb::withdraw;
}

/// One act on a task, decided step by step.
class TaskAct {
 public:
  TaskAct(Transaction& tx, const Office& office, const Acting& acting, Id task,
          const ActOnTask& asked)
      : tx_(tx),
        office_(office),
        acting_(acting),
        task_(task),
        asked_(asked),
        answer_(asked.variables),
        reason_(tidy(asked.reason.value_or(""))),
        party_(party_of(acting.caller)) {}

  Result<Advanced> run() {
    // Asked together with whose it is.
    auto places = tx_.ask<TaskPlace>(sql::tasks::place, task_);
    seen_.own = lies_before(tx_, task_, party_, tx_.store().clock().today());
    const auto place = places.one();
    if (!place || !may_see(*place)) return fail(ErrorKind::not_found, "workflow.task_unknown");
    place_ = *place;
    if (auto refused = refuse_asked()) return std::move(*refused);
    auto held = held_case(tx_.store(), tx_, office_, place_.held);
    if (!held) return held.error();
    seen_.case_id = place_.held.id;
    seen_.case_organisation = place_.held.organisation;
    seen_.organisation = place_.organisation;
    seen_.number = place_.number;
    settle_whose(tx_, *held, party_, tx_.store().clock().today(), seen_);
    take_over(seen_, held->state);
    if (auto refused = refuse_party(tx_, acting_, asked_.verb, seen_)) return std::move(*refused);
    if (asked_.revision && *asked_.revision != held->row.revision)
      return fail(ErrorKind::conflict, "api.changed_meanwhile");
    auto act = act_of(*held);
    if (!act) return act.error();
    // A plain approval need not be played to know what it will ask.
    if (asked_.verb == TaskVerb::approve && tx_.connection().looks_ahead() &&
        ask_of_next_soon(tx_, *held, place_.number, tx_.store().clock().today()))
      tx_.asked_all();
    auto advanced = advance(tx_, office_, *held, *act);
    if (!advanced && asked_.verb == TaskVerb::withdraw) return why_not_withdrawn(advanced.error());
    return advanced;
  }

 private:
  bool reads(Id organisation) const {
    return acting_.gate.may(acting_.caller, "workflow.read", organisation);
  }

  bool may_see(const TaskPlace& place) {
    return seen_.own || reads(place.held.organisation) || reads(place.organisation) || acted(place);
  }

  bool acted(const TaskPlace& place) {
    return tx_.one<int>(sql::tasks::acted, place.held.id, party_.account, party_.person)
        .has_value();
  }

  std::optional<Error> refuse_asked() {
    if (place_.state != "open" && asked_.verb != TaskVerb::withdraw) {
      if (place_.state == "done") {
        return fail(ErrorKind::conflict, "workflow.task_done",
                    {{"name", place_.done_by}, {"time", minute_text(place_.done_ms.value_or(0))}});
      }
      return fail(ErrorKind::conflict, "workflow.task_cancelled");
    }
    return std::nullopt;
  }

  /// A form that asks for the reason of a refusal itself: said in either place it serves for both.
  void settle_reason(const std::optional<boost::json::object>& form) {
    const std::string field = form && needs_reason(asked_.verb) && place_.state == "open"
                                  ? reason_field_of(*form)
                                  : std::string();
    if (field.empty()) return;
    if (!answer_) answer_.emplace();
    const auto* said = answer_->if_contains(field);
    const bool said_there =
        said != nullptr && said->is_string() && !trim(said->get_string()).empty();
    if (reason_.empty() && said_there) reason_ = tidy(std::string(said->get_string()));
    if (!reason_.empty() && !said_there) (*answer_)[field] = reason_;
  }

  std::optional<Error> refuse_reason() const {
    const std::size_t length = count_code_points(reason_);
    const bool needed = needs_reason(asked_.verb) || stands_in();
    if (length > kMostReason || (needed && length < kLeastReason)) {
      return fail(ErrorKind::invalid, "workflow.reason",
                  {{"path", "reason"},
                   {"least", std::to_string(kLeastReason)},
                   {"most", std::to_string(kMostReason)}});
    }
    return std::nullopt;
  }

  // Who takes back a step of somebody else hears whose it is, not that their own lies further back.
  Error why_not_withdrawn(const Error& refused) const {
    const bool kept =
        refused.code == "process.acted_already" || refused.code == "process.nothing_to_withdraw";
    const bool theirs = place_.done_by_account == party_.account;
    if (!kept || place_.state != "done" || place_.done_by.empty() || theirs) return refused;
    return fail(ErrorKind::refused, "workflow.not_your_step", {{"name", place_.done_by}});
  }

  bool stands_in() const { return workflow::stands_in(acting_, asked_.verb, seen_); }

  Result<Id> whom_meant() {
    if (!asked_.whom) return kNoId;
    const auto owner = tx_.one<Owner>(sql::tasks::owner, *asked_.whom);
    if (!owner) {
      const std::string id = std::to_string(*asked_.whom);
      const std::string name = name_or_id(tx_, id);
      return fail(ErrorKind::refused,
                  name == id ? "workflow.whom_unknown" : "workflow.person_without_account",
                  {{"path", "whom"}, {"person", name}});
    }
    return owner->person != kNoId ? owner->person : owner->account;
  }

  std::optional<boost::json::object> form_here(const HeldCase& held) const {
    const Index index = held.playable->definition->node(place_.element);
    if (index == kNone) return std::nullopt;
    return form_of(*held.playable, held.playable->definition->nodes[index],
                   variables_of(held.state));
  }

  std::optional<Error> refuse_answer(const HeldCase& held,
                                     const std::optional<boost::json::object>& form,
                                     const feel::Value& given) {
    if (answer_) {
      auto refused = !form ? refuse_formless(*held.playable, *answer_)
                           : workflow::refuse_answer(office_.deployments, *held.playable, *form,
                                                     *answer_, acting_.caller.language);
      if (refused) return refused;
    }
    if (!form) return std::nullopt;
    if (auto refused = refuse_year_change(tx_.store(), tx_, office_, held, given)) return refused;
    const bool whole = asked_.verb == TaskVerb::approve;
    if (auto refused = refuse_places(tx_, *form, {variables_of(held.state), given, whole}))
      return refused;
    if (whole) {
      if (auto refused = refuse_standing(held, *form, given)) return refused;
      if (auto refused = refuse_persons(tx_, held.row.organisation, *form, given)) return refused;
      if (auto refused = refuse_missing(*form, own(held, given))) return refused;
      const feel::Value all = merged(held, given);
      if (auto refused = refuse_same(tx_, office_, held, *form, all)) return refused;
      if (auto refused = refuse_rejoin(tx_, *form, all)) return refused;
    }
    return refuse_days_of(held, *form, given);
  }

  // What a case holds from the beginning counts as answered with the step that is completed.
  std::optional<Error> refuse_days_of(const HeldCase& held, const boost::json::object& form,
                                      const feel::Value& given) {
    if (!limits_days(form) || place_.state != "open") return std::nullopt;
    const auto opened = tx_.one<Openings>(sql::tasks::openings, task_).value_or(Openings{});
    const StepDays days{tx_.store().clock().today(), day_at(opened.now_ms),
                        day_at(opened.first_ms)};
    const Index index = held.playable->definition->node(place_.element);
    const std::string basis = office_.deployments.wording().basis(
        acting_.caller.language, held.playable->definition->nodes[index].basis);
    return refuse_days(
        form, {variables_of(held.state), given, days, basis, asked_.verb == TaskVerb::approve},
        acting_.caller.language);
  }

  // Who is named under `x-home` is a full member in good standing of the organisation whose case it
  // is.
  std::optional<Error> refuse_standing(const HeldCase& held, const boost::json::object& form,
                                       const feel::Value& given) {
    const auto* properties = form.if_contains("properties");
    if (properties == nullptr || !properties->is_object() || given.entries() == nullptr)
      return std::nullopt;
    for (const auto& [name, value] : *given.entries()) {
      const auto* schema = properties->get_object().if_contains(name);
      if (schema == nullptr || !schema->is_object()) continue;
      if (value.is_null()) continue;
      const bool at_home = schema->get_object().contains("x-home");
      const auto* several = value.items();
      if (several == nullptr && !at_home) continue;
      for (const feel::Value& one : several != nullptr ? *several : std::vector{value}) {
        auto refused = at_home ? refuse_person(held.row.organisation, form, name, one)
                               : refuse_nobody(schema->get_object(), form, name, one);
        if (refused) return refused;
      }
    }
    return std::nullopt;
  }

  // Where persons are picked a number is somebody's; a name that is typed may be anybody's.
  std::optional<Error> refuse_nobody(const boost::json::object& schema,
                                     const boost::json::object& form, const std::string& field,
                                     const feel::Value& named) {
    const auto* pick = schema.if_contains("x-pick");
    const std::string text = feel::text_of(named).value_or("");
    if (pick == nullptr || *pick != "person" || parse_id(text) == kNoId) return std::nullopt;
    if (registry::member_field(tx_, tx_.store().keys(), registry::person_now(tx_, parse_id(text)),
                               "name"))
      return std::nullopt;
    return fail(ErrorKind::refused, "workflow.person_unknown",
                {{"path", "variables." + field},
                 {"field", title_of_field(form, field)},
                 {"field_en", title_of_field(form, field, Language::en)}});
  }

  std::optional<Error> refuse_person(Id home, const boost::json::object& form,
                                     const std::string& field, const feel::Value& named) {
    const std::string text = feel::text_of(named).value_or("");
    const Id person = registry::person_now(tx_, parse_id(text));
    if (tx_.one<int>(sql::tasks::may_be_elected, person, home)) return std::nullopt;
    // Who is a member elsewhere is not told of to whoever may not read there.
    const auto home_of = registry::organisation_of(tx_, person);
    const auto name = home_of && reads(*home_of)
                          ? registry::member_field(tx_, tx_.store().keys(), person, "name")
                          : std::nullopt;
    return fail(ErrorKind::refused, "workflow.person_not_in_standing",
                {{"path", "variables." + field},
                 {"field", title_of_field(form, field)},
                 {"field_en", title_of_field(form, field, Language::en)},
                 {"person", name && !name->empty() ? *name : text}});
  }

  /// The answer, and what the program knows itself of what was asked (`x-known`) as of this step:
  /// the process holds one against the other.
  feel::Value with_known(const HeldCase& held, feel::Value given) {
    const Index index = held.playable->definition->node(place_.element);
    if (asked_.verb != TaskVerb::approve || index == kNone) return given;
    const feel::Value variables = variables_of(held.state);
    const auto form = form_of(*held.playable, held.playable->definition->nodes[index], variables);
    if (!form) return given;
    feel::Value::Entries entries;
    if (const auto* typed = given.entries()) entries = *typed;
    const CaseRow& row = held.row;
    const OperationCall call{row.id,      row.organisation, row.person, variables,
                             row.process, party_,           office_};
    for (const auto& [field, place] : known_fields_of(*form)) {
      const Operation* known = office_.operations.find_known(place);
      if (known == nullptr) continue;
      const auto found = (*known)(tx_, call);
      const std::string name = "known_" + field;
      const feel::Value* value = found ? found->entry(name) : nullptr;
      if (value != nullptr) entries.emplace_back(name, *value);
    }
    return feel::Value::context(std::move(entries));
  }

  static feel::Value merged(const HeldCase& held, const feel::Value& given) {
    feel::Value::Entries entries = *variables_of(held.state).entries();
    if (const auto* more = given.entries()) {
      for (const auto& [name, value] : *more) {
        std::erase_if(entries, [&](const auto& entry) { return entry.first == name; });
        entries.emplace_back(name, value);
      }
    }
    return feel::Value::context(std::move(entries));
  }

  // Where several answer one after the other, what others answered is not one's own.
  feel::Value own(const HeldCase& held, const feel::Value& given) const {
    const feel::Value all = merged(held, given);
    const Definition& definition = *held.playable->definition;
    const Node& node = definition.nodes[definition.node(place_.element)];
    const feel::Value* others =
        !node.multi || node.multi->collect.empty() ? nullptr : all.entry(node.multi->collect);
    if (others == nullptr || others->items() == nullptr) return all;
    feel::Value::Entries entries = *all.entries();
    for (const feel::Value& other : *others->items()) {
      std::erase_if(entries, [&](const auto& entry) {
        return other.entry(entry.first) != nullptr && given.entry(entry.first) == nullptr;
      });
    }
    return feel::Value::context(std::move(entries));
  }

  Result<Act> act_of(const HeldCase& held) {
    const auto whom = whom_meant();
    if (!whom) return whom.error();
    const auto form = form_here(held);
    settle_reason(form);
    if (auto refused = refuse_reason()) return std::move(*refused);
    const auto given = variables_of_answer(answer_);
    if (!given) return given.error();
    if (auto refused = refuse_answer(held, form, *given)) return std::move(*refused);
    Act act;
    act.party = party_;
    act.task = task_;
    act.reason = reason_;
    act.whom = *whom;
    Event& event = act.event;
    event.verb = engine_verb(asked_.verb);
    event.actor = name_in(tx_, held.state, party_);
    if (stands_in()) event.actor = holder_of(held.state, place_.number, party_);
    event.task = place_.number;
    event.element = place_.element;
    if (*whom != kNoId) event.person = name_in(tx_, held.state, {*whom, *whom});
    event.to = asked_.to.value_or(asked_.verb == TaskVerb::send_back ? "previous" : "");
    event.before = asked_.before.value_or(false);
    event.variables = with_known(held, *given);
    if (stands_in() && seen_.personal && (*whom == party_.id() || *whom == party_.account))
      return fail(ErrorKind::refused, "workflow.not_to_yourself", {{"path", "whom"}});
    if (stands_in() && event.actor == event.person && *whom != party_.id()) {
      return fail(ErrorKind::refused, "workflow.with_them_already",
                  {{"person", name_or_id(tx_, event.person)}});
    }
    return act;
  }

  Transaction& tx_;
  const Office& office_;
  const Acting acting_;
  const Id task_;
  const ActOnTask& asked_;
  std::optional<boost::json::object> answer_;
  std::string reason_;
  const Party party_;
  TaskPlace place_;
  TaskSeen seen_;
};

}  // namespace

Result<Advanced> act_on_task(Transaction& tx, const Office& office, const Acting& acting, Id task,
                             const ActOnTask& asked) {
  return TaskAct(tx, office, acting, task, asked).run();
}

}  // namespace jishi::workflow
