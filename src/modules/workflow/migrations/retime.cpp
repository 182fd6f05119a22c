#include "modules/workflow/migrations/retime.hpp"

namespace jishi::workflow {

namespace {

std::string text_of(const std::optional<Timing>& timing) {
  if (!timing || timing->expression == nullptr) return {};
  return fmt::format("{} {} {}", static_cast<int>(timing->kind), timing->repeats,
                     feel::text_of(*timing->expression));
}

/// Takes over what differs, task by task and timer by timer.
class TakeOver {
 public:
  TakeOver(const Definition& from, const Definition& to, State& state,
           const std::vector<OpenRow>& rows, Moment now)
      : from_(from), to_(to), state_(state), rows_(rows), now_(now) {}

  std::vector<MigrationChange> run() {
    for (Task& task : state_.tasks) take(task);
    for (Timer& timer : state_.timers) take(timer);
    for (const Token& token : std::vector<Token>(state_.tokens)) arm_new(token);
    return std::move(changes_);
  }

 private:
  const Node* before(const Node& after) const {
    const Index index = from_.node(after.id);
    return index == kNone ? nullptr : &from_.nodes[index];
  }

  Number instance_of(Number token) const {
    for (const Token& one : state_.tokens) {
      if (one.id == token) return one.instance;
    }
    return 0;
  }

  // When the step of a token came up; now, where no task tells.
  Moment since(Number token) const {
    for (const Task& task : state_.tasks) {
      if (task.token != token) continue;
      for (const OpenRow& row : rows_) {
        if (row.number == task.id) return row.opened;
      }
    }
    return now_;
  }

  MigrationChange& tell(const Node& node, std::string_view what) {
    changes_.push_back({node.id, node.name, std::string(what), node.task.role, {}, {}});
    return changes_.back();
  }

  void take(Task& task) {
    const Node& after = to_.nodes[task.node];
    const Node* was = before(after);
    if (was == nullptr) return;
    const TaskSettings& old = was->task;
    const TaskSettings& settings = after.task;
    if (old.role != settings.role || old.at != settings.at) {
      // What somebody had taken on is the new role's.
      if (task.signers.empty()) {
        task.assignee.clear();
        task.owner.clear();
      }
      tell(after, old.role != settings.role ? "role" : "place");
    }
    if (text_of(old.due) != text_of(settings.due)) {
      MigrationChange& told = tell(after, "due");
      told.from_ms = task.due;
      task.due = settings.due ? moment_of(to_, state_, *settings.due, instance_of(task.token),
                                          since(task.token), true)
                              : std::nullopt;
      told.to_ms = task.due;
    } else if (old.remind_ms != settings.remind_ms || old.escalate_ms != settings.escalate_ms) {
      tell(after, "reminder");
    }
  }

  void take(Timer& timer) {
    const Node& after = to_.nodes[timer.node];
    const Node* was = before(after);
    if (was == nullptr || !after.timing || text_of(was->timing) == text_of(after.timing)) return;
    const Number scope = instance_of(timer.token);
    Moment base = since(timer.token);
    // A length of time that was running began so much earlier than it ends.
    if (base == now_ && was->timing && was->timing->kind != Timing::Kind::date) {
      const auto span = moment_of(from_, state_, *was->timing, scope, now_, false);
      if (span) base = timer.due - (*span - now_);
    }
    const auto due = moment_of(to_, state_, *after.timing, scope, base, false);
    if (!due) return;
    MigrationChange& told = tell(after, "timer");
    told.from_ms = timer.due;
    told.to_ms = timer.due = *due;
    timer.left = after.timing->repeats;
  }

  // What the new version has beside a step and the old had not begins with the step.
  void arm_new(const Token& token) {
    for (const Index boundary : to_.nodes[token.node].boundaries) {
      const Node& event = to_.nodes[boundary];
      if (before(event) != nullptr) continue;
      if (!event.message.empty()) state_.awaited.push_back({token.id, boundary, 0});
      if (!event.timing) continue;
      const auto due =
          moment_of(to_, state_, *event.timing, token.instance, since(token.id), false);
      if (!due) continue;
      state_.timers.push_back(
          {++state_.last_number, token.id, boundary, *due, event.timing->repeats});
      tell(event, "timer").to_ms = *due;
    }
  }

  const Definition& from_;
  const Definition& to_;
  State& state_;
  const std::vector<OpenRow>& rows_;
  const Moment now_;
  std::vector<MigrationChange> changes_;
};

}  // namespace

std::vector<MigrationChange> take_over(const Definition& from, const Definition& to, State& state,
                                       const std::vector<OpenRow>& rows, Moment now) {
  return TakeOver(from, to, state, rows, now).run();
}

}  // namespace jishi::workflow
