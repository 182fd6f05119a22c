// What people do with a task: whether they may, and what the engine is told.
#include "base/text.hpp"
#include "modules/workflow/cases/next_steps.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/forms/asked_fields.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/tasks/tasks.hpp"
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
  CaseRow held;
};
BOOST_DESCRIBE_STRUCT(TaskPlace, (), (number, organisation, element, state, done_ms, done_by, held))

struct Owner {
  Id account = kNoId;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(Owner, (), (account, person))

constexpr std::pair<TaskVerb, Verb> kVerbs[] = {{TaskVerb::claim, Verb::claim},
                                                {TaskVerb::release, Verb::release},
                                                {TaskVerb::approve, Verb::approve},
                                                {TaskVerb::reject, Verb::reject},
                                                {TaskVerb::send_back, Verb::send_back},
                                                {TaskVerb::withdraw, Verb::withdraw},
                                                {TaskVerb::add_signer, Verb::add_signer},
                                                {TaskVerb::remove_signer, Verb::remove_signer},
                                                {TaskVerb::delegate, Verb::delegate},
                                                {TaskVerb::transfer, Verb::transfer},
                                                {TaskVerb::copy, Verb::copy},
                                                {TaskVerb::urge, Verb::urge}};

Verb engine_verb(TaskVerb verb) {
  return std::find_if(std::begin(kVerbs), std::end(kVerbs),
                      [verb](const auto& pair) { return pair.first == verb; })
      ->second;
}

// Where somebody's work is refused, undone or taken over, it is said why.
bool needs_reason(TaskVerb verb) {
  return verb == TaskVerb::reject || verb == TaskVerb::send_back || verb == TaskVerb::withdraw;
}

std::string time_text(std::int64_t ms) {
  constexpr std::int64_t kChinaMs = 8 * 3'600'000;
  constexpr std::int64_t kDayMs = 24 * 3'600'000;
  const std::int64_t local = ms + kChinaMs;
  const std::int64_t minutes = (local % kDayMs) / 60'000;
  return fmt::format("{} {:02}:{:02}", to_iso(from_days(local / kDayMs)), minutes / 60,
                     minutes % 60);
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
        party_(party_of(acting.caller)) {}

  Result<Advanced> run() {
    // Asked together with whose it is.
    auto places = tx_.ask<TaskPlace>(sql::tasks::place, task_);
    own_ = lies_before(tx_, task_, party_, tx_.store().clock().today());
    const auto place = places.one();
    if (!place || !may_see(*place)) return fail(ErrorKind::not_found, "workflow.task_unknown");
    place_ = *place;
    if (auto refused = refuse_asked()) return std::move(*refused);
    if (auto refused = refuse_party()) return std::move(*refused);
    auto held = held_case(tx_.store(), tx_, office_, place_.held);
    if (!held) return held.error();
    if (asked_.revision && *asked_.revision != held->row.revision)
      return fail(ErrorKind::conflict, "api.changed_meanwhile");
    auto act = act_of(*held);
    if (!act) return act.error();
    // A plain approval need not be played to know what it will ask.
    if (asked_.verb == TaskVerb::approve && tx_.connection().looks_ahead() &&
        ask_of_next_soon(tx_, *held, place_.number, tx_.store().clock().today()))
      tx_.asked_all();
    return advance(tx_, office_, *held, *act);
  }

 private:
  bool reads(Id organisation) const {
    return acting_.gate.may(acting_.caller, "workflow.read", organisation);
  }

  bool may_see(const TaskPlace& place) {
    return own_ || reads(place.held.organisation) || reads(place.organisation) || acted(place);
  }

  bool acted(const TaskPlace& place) {
    return tx_.one<int>(sql::tasks::acted, place.held.id, party_.account, party_.person)
        .has_value();
  }

  std::optional<Error> refuse_asked() {
    if (place_.state != "open" && asked_.verb != TaskVerb::withdraw) {
      if (place_.state == "done") {
        return fail(ErrorKind::conflict, "workflow.task_done",
                    {{"name", place_.done_by}, {"time", time_text(place_.done_ms.value_or(0))}});
      }
      return fail(ErrorKind::conflict, "workflow.task_cancelled");
    }
    const std::size_t length = count_code_points(tidy(asked_.reason.value_or("")));
    if (length > kMostReason || (needs_reason(asked_.verb) && length < kLeastReason)) {
      return fail(ErrorKind::invalid, "workflow.reason",
                  {{"path", "reason"},
                   {"least", std::to_string(kLeastReason)},
                   {"most", std::to_string(kMostReason)}});
    }
    return std::nullopt;
  }

  // Whoever manages the organisation may give away what lies before others.
  bool stands_in() const {
    return !own_ && asked_.verb == TaskVerb::transfer &&
           acting_.gate.may(acting_.caller, "workflow.manage", place_.held.organisation);
  }

  std::optional<Error> refuse_party() const {
    switch (asked_.verb) {
      case TaskVerb::withdraw:
      case TaskVerb::urge:
      case TaskVerb::remove_signer: return std::nullopt;  // the engine says who
      default: break;
    }
    if (own_ || stands_in()) return std::nullopt;
    return fail(ErrorKind::forbidden, "workflow.not_your_task");
  }

  Result<Id> whom_meant() {
    if (!asked_.whom) return kNoId;
    const auto owner = tx_.one<Owner>(sql::tasks::owner, *asked_.whom);
    if (!owner) {
      return fail(ErrorKind::refused, "workflow.person_without_account",
                  {{"path", "whom"}, {"person", std::to_string(*asked_.whom)}});
    }
    return owner->person != kNoId ? owner->person : owner->account;
  }

  std::optional<Error> refuse_answer(const HeldCase& held, const feel::Value& given) {
    const Index index = held.playable->definition->node(place_.element);
    const auto form = index == kNone
                          ? std::nullopt
                          : form_of(*held.playable, held.playable->definition->nodes[index],
                                    variables_of(held.state));
    if (asked_.variables) {
      auto refused = !form ? refuse_reserved(*asked_.variables)
                           : workflow::refuse_answer(office_.deployments, *held.playable, *form,
                                                     *asked_.variables, acting_.caller.language);
      if (refused) return refused;
    }
    if (asked_.verb != TaskVerb::approve || !form) return std::nullopt;
    std::vector<std::string> missing = missing_fields(*form, merged(held, given));
    if (missing.empty()) return std::nullopt;
    std::string names;
    for (const std::string& name : missing) names += (names.empty() ? "" : "、") + name;
    return fail(ErrorKind::refused, "workflow.fields_missing", {{"fields", names}});
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

  Result<Act> act_of(const HeldCase& held) {
    const auto whom = whom_meant();
    if (!whom) return whom.error();
    const auto given = variables_of_answer(asked_.variables);
    if (!given) return given.error();
    if (auto refused = refuse_answer(held, *given)) return std::move(*refused);
    Act act;
    act.party = party_;
    act.task = task_;
    act.reason = tidy(asked_.reason.value_or(""));
    act.whom = *whom;
    Event& event = act.event;
    event.verb = engine_verb(asked_.verb);
    event.actor = name_in(tx_, held.state, party_);
    if (stands_in()) event.actor = holder_of(held);
    // What is taken back is the last of one's own steps, whichever task that was.
    event.task = asked_.verb == TaskVerb::withdraw && place_.state != "open" ? 0 : place_.number;
    if (*whom != kNoId) event.person = name_in(tx_, held.state, {*whom, *whom});
    event.to = asked_.to.value_or(asked_.verb == TaskVerb::send_back ? "previous" : "");
    event.before = asked_.before.value_or(false);
    event.variables = *given;
    return act;
  }

  // In whose place a manager gives a task away: of its assignee, of the first whose signature is
  // awaited, else in the manager's own.
  std::string holder_of(const HeldCase& held) const {
    for (const Task& task : held.state.tasks) {
      if (task.id != place_.number) continue;
      if (!task.assignee.empty()) return task.assignee;
      const Signer* next = nullptr;
      for (const Signer& signer : task.signers) {
        const bool waits = signer.state == Signer::State::waiting;
        if (waits && (next == nullptr || signer.stage < next->stage)) next = &signer;
      }
      if (next != nullptr) return next->person;
    }
    return std::to_string(party_.id());
  }

  Transaction& tx_;
  const Office& office_;
  const Acting acting_;
  const Id task_;
  const ActOnTask& asked_;
  const Party party_;
  TaskPlace place_;
  bool own_ = false;
};

}  // namespace

Result<Advanced> act_on_task(Transaction& tx, const Office& office, const Acting& acting, Id task,
                             const ActOnTask& asked) {
  return TaskAct(tx, office, acting, task, asked).run();
}

}  // namespace jishi::workflow
