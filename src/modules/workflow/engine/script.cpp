#include "modules/workflow/engine/script.hpp"

#include "base/texts.hpp"

namespace jishi::workflow {

namespace {

using feel::Value;

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
constexpr int kChina = 8 * 3600;
// What a step may say, and as what.
constexpr std::pair<std::string_view, std::string_view> kMembers[] = {
    {"do", "string"},     {"task", "string"},       {"number", "number"}, {"by", "string"},
    {"to", "string"},     {"person", "string"},     {"name", "string"},   {"where", "string"},
    {"expect", "string"}, {"variables", "context"}, {"advance", "string"}};

std::string text_at(const Value& step, std::string_view name) {
  const Value* held = step.entry(name);
  return held == nullptr || held->text() == nullptr ? std::string() : *held->text();
}

// What is wrong with a step before it is played.
std::optional<Error> misshapen(const Value& step, const std::string& number) {
  if (step.entries() == nullptr) {
    return fail(ErrorKind::invalid, "process.script_step", {{"step", number}});
  }
  for (const auto& [name, value] : *step.entries()) {
    const auto* known = std::find_if(std::begin(kMembers), std::end(kMembers),
                                     [&](const auto& one) { return one.first == name; });
    if (known == std::end(kMembers)) {
      return fail(ErrorKind::invalid, "process.script_member", {{"step", number}, {"name", name}});
    }
    const bool by_number = name == "task" && value.number() != nullptr;
    if (!value.is_null() && kind_of(value) != known->second && !by_number) {
      return fail(ErrorKind::invalid, "process.script_kind",
                  {{"step", number},
                   {"name", name},
                   {"wanted", std::string(known->second)},
                   {"kind", std::string(kind_of(value))}});
    }
  }
  // One of both, or nobody knows which was meant.
  if (step.entry("do") != nullptr && step.entry("advance") != nullptr) {
    return fail(ErrorKind::invalid, "process.script_step", {{"step", number}});
  }
  const std::string where = text_at(step, "where");
  if (!where.empty() && where != "before" && where != "after") {
    return fail(ErrorKind::invalid, "process.script_where", {{"step", number}, {"name", where}});
  }
  return std::nullopt;
}

std::optional<feel::DateAndTime> local_time(Moment at) {
  return feel::moment(feel::Nanoseconds{at} * kNanosecondsPerMillisecond,
                      feel::Zone::offset(kChina));
}

Value time_text(Moment at) {
  const auto local = local_time(at);
  return local ? Value(text_of(*local)) : Value();
}

/// Entries of a context, without those that say nothing.
class Entries {
 public:
  Entries& add(const char* name, Value value) {
    const bool empty = value.is_null() || (value.text() != nullptr && value.text()->empty());
    if (!empty) entries_.emplace_back(name, std::move(value));
    return *this;
  }
  Value context() { return Value::context(std::move(entries_)); }

 private:
  Value::Entries entries_;
};

std::string_view word_of(Signer::State state) {
  constexpr std::string_view kWords[] = {"waiting", "approved", "passed over"};
  return kWords[static_cast<std::size_t>(state)];
}

}  // namespace

std::string Script::node_id(Index node) const {
  return node == kNone ? std::string() : definition_->nodes[node].id;
}

// The open task that a step means: by its number, or by its node; of several, the actor's own, or
// the one of that instance.
Result<Number> Script::task_of(const Value& step, const std::string& actor) {
  const Value* wanted = step.entry("task");
  if (wanted == nullptr) return Number{0};
  if (const auto* number = wanted->number()) {
    return static_cast<Number>(number->to_int64().value_or(0));
  }
  const std::string id = text_at(step, "task");
  const Value* instance = step.entry("number");
  const Task* found = nullptr;
  for (const Task& task : state_.tasks) {
    if (node_id(task.node) != id) continue;
    const bool other = instance != nullptr && instance->number() != nullptr &&
                       *instance->number() != Decimal(task.number);
    if (other) continue;
    const bool own = task.assignee == actor ||
                     std::any_of(task.signers.begin(), task.signers.end(),
                                 [&](const Signer& one) { return one.person == actor; });
    if (found == nullptr || (own && found->assignee != actor)) found = &task;
  }
  // Of a task that is closed the engine tells why nothing can be done with it any more.
  if (found == nullptr && definition_->node(id) == kNone) {
    return fail(ErrorKind::invalid, "process.script_task",
                {{"step", std::to_string(step_)}, {"name", id}});
  }
  return found == nullptr ? Number{0} : found->id;
}

Result<Event> Script::event_of(const Value& step) {
  const std::string word = text_at(step, "do");
  const auto verb = verb_of(word);
  if (!verb) {
    return fail(ErrorKind::invalid, "process.script_verb",
                {{"step", std::to_string(step_)}, {"name", word}});
  }
  Event event;
  event.verb = *verb;
  event.now = now_;
  event.actor = text_at(step, "by");
  auto task = task_of(step, event.actor);
  if (!task) return task.error();
  event.task = *task;
  event.element = text_at(step, "task");
  event.person = text_at(step, "person");
  event.to = text_at(step, "to");
  const bool a_word = event.to.empty() || event.to == "previous" || event.to == "initiator";
  if (!a_word && definition_->node(event.to) == kNone) {
    return fail(ErrorKind::invalid, "process.script_to",
                {{"step", std::to_string(step_)}, {"name", event.to}});
  }
  event.name = text_at(step, "name");
  event.before = text_at(step, "where") != "after";
  if (const Value* variables = step.entry("variables")) event.variables = *variables;
  return event;
}

// The clock goes on; on its way each timer fires at its own moment.
std::optional<Error> Script::advance(const Value& by, std::vector<Effect>& effects) {
  const std::string text = by.text() == nullptr ? std::string() : *by.text();
  std::optional<Moment> target;
  if (const auto days = feel::parse_days_and_time(text)) {
    target = now_ + static_cast<Moment>(days->nanoseconds / kNanosecondsPerMillisecond);
  } else if (const auto months = feel::parse_years_and_months(text)) {
    const auto local = local_time(now_);
    const auto date = local ? plus_months(local->date, months->months) : std::nullopt;
    if (date) {
      target = static_cast<Moment>(feel::instant_of(feel::DateAndTime{*date, local->time}) /
                                   kNanosecondsPerMillisecond);
    }
  }
  if (!target || *target < now_) {
    return fail(ErrorKind::invalid, "process.script_advance",
                {{"step", std::to_string(step_)}, {"text", text}});
  }
  for (std::size_t fired = 0; fired < kMostScriptSteps; ++fired) {
    std::optional<Moment> next;
    for (const Timer& timer : state_.timers) {
      if (timer.due <= *target && (!next || timer.due < *next)) next = timer.due;
    }
    if (!next || state_.status != CaseStatus::running) break;
    now_ = std::max(now_, *next);
    Event tick;
    tick.verb = Verb::tick;
    tick.now = now_;
    Outcome outcome = apply(*definition_, process_, state_, tick, environment_);
    if (outcome.refused) return outcome.refused;
    state_ = std::move(outcome.state);
    effects.insert(effects.end(), outcome.effects.begin(), outcome.effects.end());
  }
  now_ = *target;
  return std::nullopt;
}

Result<Script::Played> Script::play(const Value& step, Language language) {
  ++step_;
  if (auto wrong = misshapen(step, std::to_string(step_))) return std::move(*wrong);
  std::vector<Effect> effects;
  std::optional<Error> refused;
  if (const Value* by = step.entry("advance")) {
    refused = advance(*by, effects);
    if (refused && refused->code == "process.script_advance") return std::move(*refused);
  } else {
    auto event = event_of(step);
    if (!event) return event.error();
    Outcome outcome = apply(*definition_, process_, state_, *event, environment_);
    refused = std::move(outcome.refused);
    state_ = std::move(outcome.state);
    effects = std::move(outcome.effects);
  }
  const std::string verdict = refused ? refused->code : "done";
  const std::string expected = text_at(step, "expect");
  return Played{line_of(step, effects, refused, language),
                expected.empty() || expected == verdict || "process." + expected == verdict};
}

Value Script::task_line(const Task& task) const {
  std::vector<Value> signers;
  for (const Signer& signer : task.signers) {
    signers.push_back(Value::context({{"person", Value(signer.person)},
                                      {"stage", Value(signer.stage)},
                                      {"state", Value(word_of(signer.state))}}));
  }
  Entries entries;
  entries.add("id", Value(static_cast<std::int64_t>(task.id)))
      .add("node", Value(node_id(task.node)))
      .add("number", task.number == 0 ? Value() : Value(task.number))
      .add("role", Value(definition_->nodes[task.node].task.role))
      .add("assignee", Value(task.assignee))
      .add("owner", Value(task.owner))
      .add("signers", signers.empty() ? Value() : Value::list(std::move(signers)))
      .add("due", task.due ? time_text(*task.due) : Value());
  return entries.context();
}

Value Script::line_of(const Value& step, const std::vector<Effect>& effects,
                      const std::optional<Error>& refused, Language language) const {
  std::vector<Value> tokens;
  for (const Token& token : state_.tokens) {
    tokens.push_back(Value::context({{"id", Value(static_cast<std::int64_t>(token.id))},
                                     {"node", Value(node_id(token.node))}}));
  }
  std::vector<Value> tasks;
  for (const Task& task : state_.tasks) tasks.push_back(task_line(task));
  std::vector<Value> timers;
  for (const Timer& timer : state_.timers) {
    timers.push_back(
        Value::context({{"node", Value(node_id(timer.node))}, {"due", time_text(timer.due)}}));
  }
  std::vector<Value> messages;
  for (const Awaited& one : state_.awaited) {
    messages.push_back(Value::context({{"node", Value(node_id(one.node))},
                                       {"name", Value(definition_->nodes[one.node].message)}}));
  }
  std::vector<Value> told;
  for (const Effect& effect : effects) {
    Entries entries;
    entries.add("effect", Value(workflow::word_of(effect.kind)))
        .add("node", Value(node_id(effect.node)))
        .add("id", effect.number == 0 ? Value() : Value(static_cast<std::int64_t>(effect.number)))
        .add("person", Value(effect.person))
        .add("word", Value(effect.word))
        .add("at", effect.at == 0 ? Value() : time_text(effect.at))
        .add("value", effect.value);
    told.push_back(entries.context());
  }
  return Value::context({{"step", Value(step_)},
                         {"event", step},
                         {"verdict", Value(refused ? refused->code : std::string("done"))},
                         {"message", refused ? Value(say(language, *refused)) : Value()},
                         {"now", time_text(now_)},
                         {"status", Value(workflow::word_of(state_.status))},
                         {"tokens", Value::list(std::move(tokens))},
                         {"tasks", Value::list(std::move(tasks))},
                         {"timers", Value::list(std::move(timers))},
                         {"messages", Value::list(std::move(messages))},
                         {"variables", variables_of(state_)},
                         {"effects", Value::list(std::move(told))}});
}

}  // namespace jishi::workflow
