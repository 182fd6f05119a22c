// One event of a case, with all that follows of it, in one transaction.
#include "modules/workflow/cases/bookkeeping.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
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
    const auto done = (*operation)(tx_, {row.id, row.organisation, row.person,
                                         variables_of(held_.state), row.process, party_, office_});
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
    held_.row.person = jishi::detail::json_integer(boost::json::string(*person->text()))
                           .value_or(held_.row.person);
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

void note(Transaction& tx, const HeldCase& held, const Act& act, Moment now,
          const std::string& outcome) {
  tx.run(sql::cases::add_event, tx.new_id(), held.row.id, act.task, now, noted_verb(act),
         act.party.account, act.whom, outcome, act.reason);
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
                         bool reminded) {
  if (!due) return {};
  if (!reminded && task.remind_ms > 0) return {"remind", *due - task.remind_ms};
  return {"escalate", *due + task.escalate_ms};
}

Result<Advanced> advance(Transaction& tx, const Office& office, HeldCase& held, const Act& act,
                         const Follow& follow) {
  const State before = held.state;
  const Moment now = tx.store().clock().now_ms();
  Play play(tx, office, held, act.party);
  if (auto refused = play.play(act.event, now)) return std::move(*refused);
  std::vector<Task> between;
  std::optional<Act> next;
  if (follow) {
    between = held.state.tasks;
    auto made = follow(held);
    if (!made) return made.error();
    next = std::move(*made);
    if (auto refused = play.play(next->event, now)) return std::move(*refused);
  }
  const auto effects = play.take_effects();
  Bookkeeping books(tx, held, act.party, now);
  books.look(before);
  tx.about(held.row.id);
  ++held.row.revision;
  store_state(tx, held, before.status == CaseStatus::fresh, act.party, now);
  Advanced advanced{held.row.id, held.row.status, held.row.revision, books.follow(before, effects)};
  send_notices(tx, held, effects);
  note(tx, held, act, now, books.outcome_of(act.event.task));
  if (next) {
    next->task = books.pass(between, next->event.task);
    note(tx, held, *next, now, books.outcome_of(next->event.task));
  }
  return advanced;
}

}  // namespace jishi::workflow
