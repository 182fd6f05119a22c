// One event of a case, with all that follows of it, in one transaction.
#include "base/integer.hpp"
#include "modules/workflow/cases/answers.hpp"
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/cases/said_refusal.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/kept_state/kept_state.hpp"
#include "modules/workflow/notices/notices.hpp"

namespace jishi::workflow {

namespace {

/// Plays an event, and the operations that service tasks ask for, until nothing is asked any more.
class Play {
 public:
  Play(Transaction& tx, const Office& office, HeldCase& held, const Party& party)
      : tx_(tx), office_(office), held_(held), party_(party) {
    environment_.decide = [this](const Node& node, const feel::Value& variables, Moment now) {
      return decide(node, variables, now);
    };
  }

  std::optional<Error> play(Event event, Moment now) {
    event.now = now;
    if (auto refused = apply_one(event)) return refused;
    for (; served_ < asked_.size(); ++served_) {
      if (served_ >= kMostServices) {
        return fail(ErrorKind::refused, "workflow.too_many_services",
                    {{"limit", std::to_string(kMostServices)}});
      }
      if (auto refused = serve(asked_[served_], now)) return refused;
    }
    return std::nullopt;
  }

  std::vector<Effect> take_effects() { return std::move(effects_); }

 private:
  struct Asked {
    Number task = 0;
    std::string operation;
  };

  std::optional<Error> apply_one(const Event& event) {
    const Playable& playable = *held_.playable;
    Outcome outcome = apply(*playable.definition, playable.scope, held_.state, event, environment_);
    if (outcome.refused) return outcome.refused;
    held_.state = std::move(outcome.state);
    for (Effect& effect : outcome.effects) {
      if (effect.kind == Effect::Kind::service_requested)
        asked_.push_back({effect.number, effect.word});
      effects_.push_back(std::move(effect));
    }
    return std::nullopt;
  }

  // An error of an operation is the process's to catch; one that nothing catches refuses the step.
  std::optional<Error> serve(const Asked asked, Moment now) {
    const auto waits = std::any_of(held_.state.tasks.begin(), held_.state.tasks.end(),
                                   [&](const Task& task) { return task.id == asked.task; });
    if (!waits) return std::nullopt;
    const Operation* operation = office_.operations.find(asked.operation);
    if (operation == nullptr) {
      return fail(ErrorKind::refused, "workflow.operation_unknown", {{"name", asked.operation}});
    }
    const CaseRow& row = held_.row;
    const feel::Value seen = variables_seen(held_.state, asked.task);
    const auto done = (*operation)(
        tx_, {row.id, row.organisation, row.person, seen, row.process, party_, office_});
    Event event;
    event.now = now;
    event.task = asked.task;
    event.verb = done ? Verb::service_done : Verb::service_failed;
    if (done) {
      event.variables = *done;
      note_person(*done);
    } else {
      event.name = done.error().code;
    }
    if (auto refused = apply_one(event)) return refused;
    if (!done && held_.state.status == CaseStatus::failed) return done.error();
    return std::nullopt;
  }

  // A case may come to be about a person whom an operation has put on record.
  void note_person(const feel::Value& given) {
    const feel::Value* person = given.entry("person");
    if (person == nullptr || person->text() == nullptr) return;
    held_.row.person = parse_integer(*person->text()).value_or(held_.row.person);
  }

  Result<feel::Value> decide(const Node& node, const feel::Value& variables, Moment now) const {
    const auto model = held_.playable->models.find(node.task.decision_file);
    const auto* what =
        model == held_.playable->models.end() ? nullptr : model->second->find(node.task.decision);
    if (what == nullptr)
      return fail(ErrorKind::refused, "process.no_decision", {{"element", node.id}});
    FixedClock clock{Date{}};
    clock.set_ms(now);
    return model->second->decide(*what, variables, clock).value;
  }

  Transaction& tx_;
  const Office& office_;
  HeldCase& held_;
  const Party party_;
  Environment environment_;
  std::vector<Effect> effects_;
  std::vector<Asked> asked_;
  std::size_t served_ = 0;  // of them
};

/// A step that is to be signed by somebody who is not there would wait for ever.
std::optional<Error> refuse_signers(Transaction& tx, const HeldCase& held, const State& before) {
  for (const Task& task : held.state.tasks) {
    const Node& node = held.playable->definition->nodes[task.node];
    const bool fresh = std::none_of(before.tasks.begin(), before.tasks.end(),
                                    [&](const Task& one) { return one.id == task.id; });
    if (!fresh || node.task.signers == nullptr) continue;
    std::vector<std::string> names;
    for (const Signer& signer : task.signers) names.push_back(signer.person);
    if (names.empty() && !task.assignee.empty()) names.push_back(task.assignee);
    for (const std::string& name : names) {
      if (is_known(tx, name)) continue;
      return fail(ErrorKind::refused, "workflow.signer_unknown",
                  {{"name", node.name.empty() ? node.id : node.name}, {"person", name}});
    }
  }
  return std::nullopt;
}

void store_state(Transaction& tx, HeldCase& held, bool fresh, const Party& party, Moment now) {
  CaseRow& row = held.row;
  row.status = std::string(word_of(held.state.status));
  row.state = tx.store().keys().cipher().seal(kept_state(*held.playable->definition, held.state),
                                              seal_context(row.id));
  const bool over =
      held.state.status != CaseStatus::running && held.state.status != CaseStatus::suspended;
  const std::optional<Moment> ended = over ? std::optional(now) : std::nullopt;
  if (fresh) {
    tx.run(sql::cases::add, row.id, row.version, row.process, row.organisation, row.person,
           row.status, row.revision, row.state, now, party.account);
    if (!over) return;
  }
  tx.run(sql::cases::set_state, row.id, row.status, row.revision, row.state, ended, row.person);
}

std::string noted_verb(const Act& act) {
  if (!act.verb.empty()) return act.verb;
  std::string word(word_of(act.event.verb));
  std::replace(word.begin(), word.end(), ' ', '_');
  return word;
}

/// The elements whose days came, or whose message; nothing of what people do with a task.
std::vector<Index> came_at(const HeldCase& held, const State& before, const Event& event,
                           const std::vector<Effect>& effects) {
  std::vector<Index> elements;
  const auto& nodes = held.playable->definition->nodes;
  if (event.verb == Verb::message) {
    // The one that has waited longest, as the engine has it.
    const auto taken =
        std::find_if(before.awaited.begin(), before.awaited.end(), [&](const Awaited& one) {
          return nodes[one.node].message == event.name &&
                 (event.to.empty() || nodes[one.node].id == event.to);
        });
    if (taken != before.awaited.end()) elements.push_back(taken->node);
  }
  for (const Effect& effect : effects) {
    if (effect.kind == Effect::Kind::timer_fired) elements.push_back(effect.node);
  }
  return elements;
}

/// What came from outside is told by the name of what had waited for it.
bool note_came(Transaction& tx, const HeldCase& held, const State& before, const Act& act,
               const std::vector<Effect>& effects, Moment now) {
  const auto elements = came_at(held, before, act.event, effects);
  for (const Index element : elements) {
    tx.run(sql::cases::add_event_at, tx.new_id(), held.row.id, now, noted_verb(act),
           act.party.account, held.playable->definition->nodes[element].id);
  }
  return !elements.empty();
}

void note(Transaction& tx, const HeldCase& held, const Act& act, Moment now,
          const std::string& outcome) {
  const Id event = tx.new_id();
  tx.run(sql::cases::add_event, event, held.row.id, act.task, now, noted_verb(act),
         act.party.account, act.whom, outcome, act.reason);
  keep_answer(tx, held, event, act);
  if (act.event.verb != Verb::copy) return;
  const auto copied = std::find_if(held.state.tasks.begin(), held.state.tasks.end(),
                                   [&](const Task& task) { return task.id == act.event.task; });
  if (copied != held.state.tasks.end())
    send_copy(tx, held, act, held.playable->definition->nodes[copied->node]);
  tx.fact(fact::kTaskCopied, tx.store().clock().today(), held.row.organisation,
          {.person = held.row.person, .subject = act.task});
}

}  // namespace

NextTelling next_telling(const TaskSettings& task, const std::optional<Moment>& due,
                         std::string_view after) {
  if (!due) return {};
  if (after.empty() && task.remind_ms > 0) return {"remind", *due - task.remind_ms};
  if (after != "late") return {"late", *due};
  if (task.escalate_ms > 0) return {"escalate", *due + task.escalate_ms};
  return {};
}

Result<Advanced> advance(Transaction& tx, const Office& office, HeldCase& held, const Act& act,
                         const Follow& follow) {
  const State before = held.state;
  const Moment now = tx.store().clock().now_ms();
  Play play(tx, office, held, act.party);
  if (auto refused = play.play(act.event, now))
    return said_refusal(tx, office, held, std::move(*refused));
  std::vector<Task> between;
  std::optional<Act> next;
  if (follow) {
    between = held.state.tasks;
    auto made = follow(held);
    if (!made) return made.error();
    next = std::move(*made);
    if (auto refused = play.play(next->event, now))
      return said_refusal(tx, office, held, std::move(*refused));
  }
  if (auto refused = refuse_signers(tx, held, before))
    return said_refusal(tx, office, held, std::move(*refused));
  const auto effects = play.take_effects();
  free_of_leavers(tx, held, before, tx.store().clock().today());
  Bookkeeping books(tx, held, act.party, now);
  books.look(before);
  tx.about(held.row.id);
  ++held.row.revision;
  store_state(tx, held, before.status == CaseStatus::fresh, act.party, now);
  Advanced advanced{held.row.id, held.row.status, held.row.revision, books.follow(before, effects)};
  send_notices(tx, held, effects);
  if (!note_came(tx, held, before, act, effects, now))
    note(tx, held, act, now, books.outcome_of(act.event.task));
  if (next) {
    next->task = books.pass(between, next->event.task);
    note(tx, held, *next, now, books.outcome_of(next->event.task));
  }
  return advanced;
}

}  // namespace jishi::workflow
