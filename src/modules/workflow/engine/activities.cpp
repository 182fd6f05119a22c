// Activities: how they begin, run once or several times, and end.
#include "modules/workflow/engine/run.hpp"

namespace jishi::workflow {

namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
constexpr int kChina = 8 * 3600;
constexpr Moment kFarthest = Moment{51} * 366 * 24 * 3'600'000;  // from now

feel::Value names_of(const Multi& multi) {
  return feel::Value::context({{"nrOfInstances", feel::Value(multi.total)},
                               {"nrOfCompletedInstances", feel::Value(multi.done)},
                               {"nrOfActiveInstances", feel::Value(multi.started - multi.done)},
                               {"numberOfInstances", feel::Value(multi.total)},
                               {"numberOfCompletedInstances", feel::Value(multi.done)},
                               {"numberOfActiveInstances", feel::Value(multi.started - multi.done)},
                               {"nrOfApproved", feel::Value(multi.approved)},
                               {"nrOfRejected", feel::Value(multi.rejected)}});
}

}  // namespace

void Run::enter(Number id, const std::string& assignee) {
  token(id).waiting = true;
  const Index index = token(id).node;
  for (const Index boundary : node(index).boundaries) arm(id, boundary);
  if (!node(index).multi) return start_one(id, 0, assignee);
  if (!plan_multi(id)) return;
  Multi& multi = *multi_of(id);
  if (multi.total == 0) return leave_activity(id);
  const int first = node(index).multi->sequential ? 1 : multi.total;
  multi.started = first;
  for (int number = 1; number <= first && !refused_; ++number) {
    // Whatever ends at once may have ended them all.
    if (multi_of(id) == nullptr || find_token(id) == nullptr) return;
    start_one(id, number, {});
  }
}

// Sets the timer, or awaits the message, of an event or a boundary event.
void Run::arm(Number id, Index event) {
  const Node& armed = node(event);
  if (armed.timing) {
    auto due = due_of(*armed.timing, scope_of(token(id).instance));
    if (!due) return refuse_at(event, "process.timer_value");
    due = std::max(event_.now, *due);  // what has passed fires at once
    const Number number = next();
    state_.timers.push_back({number, id, event, *due, armed.timing->repeats});
    tell(Effect::Kind::timer_set, event, number).at = *due;
  } else if (!armed.message.empty()) {
    state_.awaited.push_back({id, event, 0});
    tell(Effect::Kind::message_awaited, event).word = armed.message;
  }
}

// `through_day`: of a day its last moment is meant: what is due on a day may be done all that day.
std::optional<Moment> Run::due_of(const Timing& timing, const feel::FramePtr& scope,
                                  bool through_day) {
  constexpr Moment kLastOfDay = 24 * 3'600'000 - 1;
  Moment more = 0;
  const feel::Value value = value_of(timing.expression, scope);
  std::optional<feel::DateAndTime> at;
  if (const auto* days = value.as<feel::DaysAndTime>()) {
    const auto span = days->nanoseconds / kNanosecondsPerMillisecond;
    if (span > kFarthest || span < 0) return std::nullopt;
    return event_.now + static_cast<Moment>(span);
  }
  if (const auto* months = value.as<feel::YearsAndMonths>()) {
    const auto now = feel::moment(feel::Nanoseconds{event_.now} * kNanosecondsPerMillisecond,
                                  feel::Zone::offset(kChina));
    const auto date = now ? plus_months(now->date, months->months) : std::nullopt;
    if (date) at = feel::DateAndTime{*date, now->time};
  } else if (const auto* date = value.as<feel::CalendarDate>()) {
    at = feel::DateAndTime{*date, {0, feel::Zone::offset(kChina)}};
    if (through_day) more = kLastOfDay;
  } else if (const auto* moment = value.as<feel::DateAndTime>()) {
    at = *moment;
    if (at->time.zone.kind() == feel::Zone::Kind::none) at->time.zone = feel::Zone::offset(kChina);
  }
  if (!at) return std::nullopt;
  const auto due = feel::instant_of(*at) / kNanosecondsPerMillisecond + more;
  if (due > event_.now + kFarthest) return std::nullopt;
  return static_cast<Moment>(due);
}

// How many instances there will be, and each one's item.
bool Run::plan_multi(Number id) {
  const Index index = token(id).node;
  const MultiInstance& wanted = *node(index).multi;
  const auto scope = scope_of(token(id).instance);
  Multi multi;
  multi.token = id;
  std::optional<std::int64_t> total;
  if (wanted.collection != nullptr) {
    const feel::Value items = value_of(wanted.collection, scope);
    if (const auto* all = items.items()) {
      multi.items = *all;
      total = static_cast<std::int64_t>(all->size());
    }
  } else {
    const feel::Value count = value_of(wanted.cardinality, scope);
    if (const auto* number = count.number()) total = number->to_int64();
  }
  if (!total || *total < 0 || *total > kMostInstances) {
    refuse_at(index, "process.loop_count", {{"limit", std::to_string(kMostInstances)}});
    return false;
  }
  multi.total = static_cast<int>(*total);
  if (!wanted.collect.empty()) set(token(id).instance, wanted.collect, feel::Value::list({}));
  state_.multis.push_back(std::move(multi));
  return true;
}

void Run::start_one(Number id, int number, const std::string& assignee) {
  switch (node(token(id).node).kind) {
    case NodeKind::rule_task: return decide(id, number);
    case NodeKind::sub_process:
    case NodeKind::call_activity: return start_scope(id, number);
    case NodeKind::receive_task:
      state_.awaited.push_back({id, token(id).node, number});
      tell(Effect::Kind::message_awaited, token(id).node).word = node(token(id).node).message;
      return;
    default: return create_task(id, number, assignee);
  }
}

// The names that an instance of several has to itself.
feel::Value locals_of(const Node& node, const Multi* multi, int number) {
  if (multi == nullptr) return {};
  feel::Value::Entries entries{{"loopCounter", feel::Value(number)}};
  const auto place = static_cast<std::size_t>(number - 1);
  if (!node.multi->item.empty() && place < multi->items.size()) {
    entries.emplace_back(node.multi->item, multi->items[place]);
  }
  return feel::Value::context(std::move(entries));
}

void Run::create_task(Number id, int number, const std::string& assignee) {
  const Token at = token(id);
  const Node& here = node(at.node);
  Task task;
  task.id = next();
  task.token = id;
  task.node = at.node;
  task.number = number;
  task.locals = locals_within(at.instance, locals_of(here, multi_of(id), number));
  const auto scope = scope_of(at.instance, task.locals);
  if (here.task.due) {
    task.due = due_of(*here.task.due, scope, true);
    if (!task.due) return refuse_at(at.node, "process.timer_value");
  }
  if (assignee.empty()) {
    if (here.task.signers != nullptr) task.signers = signers_of(here, scope);
    if (refused_) return;
    if (here.task.signing == Signing::one && task.signers.size() == 1) {
      task.assignee = task.signers.front().person;
      task.signers.clear();
    }
  } else {
    task.assignee = assignee;
  }
  const bool service = here.kind == NodeKind::service_task;
  Effect& told = tell(service ? Effect::Kind::service_requested : Effect::Kind::task_created,
                      at.node, task.id);
  told.person = task.assignee;
  told.word = service ? here.task.operation : here.task.role;
  told.at = task.due.value_or(0);
  if (service) {
    told.value = seen_from(at.instance, task.locals);
    if (!here.task.reads_only) remember_gone(at.node, at.instance, at.branch);
  }
  state_.tasks.push_back(std::move(task));
}

std::vector<Signer> Run::signers_of(const Node& here, const feel::FramePtr& scope) {
  const feel::Value found = value_of(here.task.signers, scope);
  std::vector<Signer> signers;
  const std::vector<feel::Value> single{found};
  for (const feel::Value& one : found.items() == nullptr ? single : *found.items()) {
    const auto* person = one.text();
    const bool twice = person != nullptr &&
                       std::any_of(signers.begin(), signers.end(),
                                   [&](const Signer& other) { return other.person == *person; });
    if (person == nullptr || person->empty() || twice) {
      refuse_at(definition_.node(here.id), "process.signers_value");
      return {};
    }
    const bool sequential = here.task.signing == Signing::sequential;
    signers.push_back({*person,
                       sequential ? static_cast<int>(signers.size()) : 0,
                       Signer::State::waiting,
                       0,
                       {}});
  }
  const bool one = here.task.signing == Signing::one && signers.size() != 1;
  if (signers.empty() || one || signers.size() > kMostSigners) {
    refuse_at(definition_.node(here.id), "process.signers_value");
  }
  return signers;
}

void Run::decide(Number id, int number) {
  const Token at = token(id);
  const Node& here = node(at.node);
  const feel::Value given = seen_from(at.instance, locals_of(here, multi_of(id), number));
  if (!environment_.decide) return refuse_at(at.node, "process.no_decision");
  auto decided = environment_.decide(here, given, event_.now);
  if (!decided) {
    if (!refused_) refused_ = decided.error();
    return;
  }
  Effect& told = tell(Effect::Kind::decided, at.node);
  told.word = here.task.decision;
  told.value = *decided;
  if (!here.task.result.empty()) set(at.instance, here.task.result, std::move(*decided));
  finish_one(id, {});
}

void Run::start_scope(Number id, int number) {
  const Token at = token(id);
  const Node& here = node(at.node);
  ScopeInstance made;
  made.id = next();
  made.scope = here.inner;
  made.token = id;
  made.number = number;
  made.locals = locals_of(here, multi_of(id), number);
  if (here.kind == NodeKind::call_activity) {
    made.own_variables = true;
    made.variables = seen_from(at.instance, {});
  }
  const Number scope = made.id;
  tell(Effect::Kind::scope_started, at.node, scope);
  state_.scopes.push_back(std::move(made));
  add_token(definition_.scopes[here.inner].start, scope, {});
}

// One run of an activity has ended.
void Run::finish_one(Number id, const std::string& outcome) {
  if (refused_) return;
  Multi* multi = multi_of(id);
  if (multi == nullptr) return leave_activity(id);
  ++multi->done;
  if (outcome == "approved") ++multi->approved;
  if (outcome == "rejected") ++multi->rejected;
  if (multi_goes_on(id, *multi)) return;
  if (refused_) return;
  const NodeKind kind = node(token(id).node).kind;
  if (kind == NodeKind::user_task) {
    const int approved = multi_of(id)->approved;
    const int rejected = multi_of(id)->rejected;
    set(token(id).instance, feel::Value::context({{"approvals", feel::Value(approved)},
                                                  {"rejections", feel::Value(rejected)}}));
  }
  leave_activity(id);
}

bool Run::multi_goes_on(Number id, Multi& multi) {
  const MultiInstance& wanted = *node(token(id).node).multi;
  if (wanted.completion != nullptr) {
    const auto scope = scope_of(token(id).instance, names_of(multi));
    if (value_of(wanted.completion, scope).is_true()) return false;
  }
  if (multi.done >= multi.total) return false;
  if (wanted.sequential) start_one(id, ++multi.started, {});
  return true;
}

void Run::leave_activity(Number id) {
  cancel(id, true);
  if (!refused_) leave(id);
}

// Takes away whatever hangs on a token: tasks, timers, messages, scopes with their own tokens.
void Run::cancel(Number id, bool keep_token) {
  disarm(id);
  std::erase_if(state_.multis, [id](const Multi& one) { return one.token == id; });
  std::erase_if(state_.tasks, [&](const Task& task) {
    if (task.token != id) return false;
    tell(Effect::Kind::task_cancelled, task.node, task.id).person = task.assignee;
    return true;
  });
  std::vector<Number> below;
  for (const ScopeInstance& one : state_.scopes) {
    if (one.token == id) below.push_back(one.id);
  }
  for (const Number one : below) cancel_instance(one);
  if (!keep_token) {
    std::erase_if(state_.tokens, [id](const Token& one) { return one.id == id; });
  }
}

void Run::cancel_instance(Number scope) {
  std::vector<Number> tokens;
  for (const Token& one : state_.tokens) {
    if (one.instance == scope) tokens.push_back(one.id);
  }
  for (const Number one : tokens) cancel(one, false);
  forget(scope);
  std::erase_if(state_.scopes, [scope](const ScopeInstance& one) { return one.id == scope; });
}

void Run::disarm(Number id) {
  std::erase_if(state_.timers, [&](const Timer& timer) {
    if (timer.token == id) tell(Effect::Kind::timer_cancelled, timer.node, timer.id);
    return timer.token == id;
  });
  std::erase_if(state_.awaited, [&](const Awaited& one) {
    if (one.token == id)
      tell(Effect::Kind::message_cancelled, one.node).word = node(one.node).message;
    return one.token == id;
  });
}

std::optional<Moment> moment_of(const Definition& definition, const State& state,
                                const Timing& timing, Number instance, Moment now,
                                bool through_day) {
  State copy = state;
  Event event;
  event.now = now;
  const Environment none;
  return Run(definition, kNone, copy, event, none).moment(timing, instance, through_day);
}

}  // namespace jishi::workflow
