// What holds for every process and every course of events, tried on random ones: no token is lost
// or doubled, whatever is reached can be finished or ended, and the same gives the same.
#include <rapidcheck/gtest.h>

#include "modules/workflow/engine/test_process.hpp"

namespace jishi::workflow {
namespace {

/// A process of nested blocks, with what it has to come to.
struct Blocks {
  std::string content;
  feel::Value::Entries variables;
  std::vector<std::string> expected;  // the tasks that are to be done, sorted

  std::string xml() const { return process_xml(kStartAndEnd + content); }
};

/// Makes blocks: a task, some in a row, one of several, all of several, some of several, a
/// sub-process.
class Maker {
 public:
  Blocks make() {
    const auto [first, last] = block(3, true);
    made_.content += flow("s", first) + flow(last, "e");
    std::sort(made_.expected.begin(), made_.expected.end());
    return std::move(made_);
  }

 private:
  using Ends = std::pair<std::string, std::string>;

  std::string name(const char* kind) { return kind + std::to_string(++count_); }

  Ends block(int depth, bool runs) {
    switch (depth == 0 ? 0 : *rc::gen::inRange(0, 7)) {
      case 2: return row(depth, runs);
      case 3: return branches("exclusiveGateway", depth, runs);
      case 4: return branches("parallelGateway", depth, runs);
      case 5: return branches("inclusiveGateway", depth, runs);
      case 6: return sub(depth, runs);
      default: return task(runs);
    }
  }

  Ends task(bool runs) {
    const std::string id = name("t");
    made_.content += element("userTask", id);
    if (runs) made_.expected.push_back(id);
    return {id, id};
  }

  Ends row(int depth, bool runs) {
    const Ends first = block(depth - 1, runs);
    const Ends second = block(depth - 1, runs);
    made_.content += flow(first.second, second.first);
    return {first.first, second.second};
  }

  Ends branches(const std::string& kind, int depth, bool runs) {
    const int count = *rc::gen::inRange(2, 4);
    const std::string split = name("g");
    const std::string join = name("j");
    std::vector<bool> taken;
    for (int i = 0; i < count; ++i) {
      taken.push_back(kind == "parallelGateway" || *rc::gen::arbitrary<bool>());
    }
    if (kind == "exclusiveGateway") {
      std::fill(taken.begin(), taken.end(), false);
      taken[static_cast<std::size_t>(*rc::gen::inRange(0, count))] = true;
    }
    const bool chooses = kind != "parallelGateway";
    // The last branch is the default: it is taken when no other is.
    if (chooses) {
      taken.back() = std::none_of(taken.begin(), taken.end() - 1, [](bool one) { return one; });
    }
    std::vector<std::string> heads;
    for (int i = 0; i < count; ++i) {
      const bool one = taken[static_cast<std::size_t>(i)];
      const Ends ends = block(depth - 1, runs && one);
      heads.push_back(ends.first);
      const std::string variable = split + "v" + std::to_string(i);
      made_.content += flow(split, ends.first, chooses && i + 1 < count ? variable : "");
      made_.content += flow(ends.second, join);
      made_.variables.emplace_back(variable, feel::Value(one));
    }
    const std::string otherwise = "default=\"" + split + "_" + heads.back() + "\"";
    made_.content += element(kind, split, "", chooses ? otherwise : "") + element(kind, join);
    return {split, join};
  }

  Ends sub(int depth, bool runs) {
    const std::string id = name("p");
    std::string outer = std::move(made_.content);
    made_.content.clear();
    const Ends ends = block(depth - 1, runs);
    const std::string inside = element("startEvent", id + "s") + element("endEvent", id + "e") +
                               made_.content + flow(id + "s", ends.first) +
                               flow(ends.second, id + "e");
    made_.content = std::move(outer) + element("subProcess", id, inside);
    return {id, id};
  }

  Blocks made_;
  int count_ = 0;
};

Case begin(const Blocks& blocks) {
  Case one(define(blocks.xml()));
  Event event;
  event.actor = "li";
  event.variables = feel::Value::context(blocks.variables);
  RC_ASSERT(one.play(event) == "done");
  return one;
}

std::string shown(const State& state) {
  std::string text = std::string(word_of(state.status)) + feel::json_of(variables_of(state));
  for (const Token& token : state.tokens) {
    text += fmt::format(" token {} {} {} {} [{}]", token.id, token.node, token.instance, token.flow,
                        fmt::join(token.branch, ","));
  }
  for (const Task& task : state.tasks) {
    text += fmt::format(" task {} {} {} {} {} {}", task.id, task.token, task.assignee, task.owner,
                        task.signers.size(), task.urged);
  }
  for (const Timer& timer : state.timers) text += fmt::format(" timer {} {}", timer.id, timer.due);
  for (const Step& step : state.steps) text += fmt::format(" step {} {}", step.order, step.actor);
  return text + fmt::format(" {} {}", state.scopes.size(), state.last_number);
}

// What has to hold of every state.
void assert_sound(const Case& one) {
  const State& state = one.state;
  const bool over = state.status != CaseStatus::running && state.status != CaseStatus::suspended;
  RC_ASSERT(over == state.tokens.empty());
  if (over) {
    RC_ASSERT(state.tasks.empty());
    RC_ASSERT(state.timers.empty());
    RC_ASSERT(state.awaited.empty());
    RC_ASSERT(state.scopes.size() == 1);
    return;
  }
  for (const Token& token : state.tokens) {
    RC_ASSERT(token.waiting);
    const Node& node = one.definition().nodes[token.node];
    const auto instance =
        std::find_if(state.scopes.begin(), state.scopes.end(),
                     [&](const ScopeInstance& scope) { return scope.id == token.instance; });
    RC_ASSERT(instance != state.scopes.end());
    RC_ASSERT(instance->scope == node.scope);
    const auto tasks = std::count_if(state.tasks.begin(), state.tasks.end(),
                                     [&](const Task& task) { return task.token == token.id; });
    const auto scopes =
        std::count_if(state.scopes.begin(), state.scopes.end(),
                      [&](const ScopeInstance& scope) { return scope.token == token.id; });
    RC_ASSERT(tasks == (node.kind == NodeKind::user_task ? 1 : 0));
    RC_ASSERT(scopes == (node.kind == NodeKind::sub_process ? 1 : 0));
    const auto twins =
        std::count_if(state.tokens.begin(), state.tokens.end(), [&](const Token& other) {
          return other.node == token.node && other.instance == token.instance &&
                 other.flow == token.flow;
        });
    RC_ASSERT(twins == 1);
  }
}

// Whoever's turn it is.
std::string whose(const Task& task) {
  if (!task.assignee.empty()) return task.assignee;
  const Signer* next = nullptr;
  for (const Signer& signer : task.signers) {
    const bool waits = signer.state == Signer::State::waiting;
    if (waits && (next == nullptr || signer.stage < next->stage)) next = &signer;
  }
  return next == nullptr ? "wang" : next->person;
}

// Approves whatever is open, in a random order, until the case is over.
std::vector<std::string> finish(Case& one) {
  std::vector<std::string> done;
  for (int step = 0; step < 1'000 && !one.state.tasks.empty(); ++step) {
    const auto index = *rc::gen::inRange<std::size_t>(0, one.state.tasks.size());
    const Task task = one.state.tasks[index];
    Event event;
    event.verb = Verb::approve;
    event.task = task.id;
    event.actor = whose(task);
    RC_ASSERT(one.play(event) == "done");
    assert_sound(one);
    if (one.count(Effect::Kind::task_completed) > 0) {
      done.push_back(one.definition().nodes[task.node].id);
    }
  }
  std::sort(done.begin(), done.end());
  return done;
}

RC_GTEST_PROP(EngineLaws, EveryTaskThatShouldBeDoneIsDoneOnce, ()) {
  const Blocks blocks = Maker().make();
  Case one = begin(blocks);
  assert_sound(one);
  RC_ASSERT(finish(one) == blocks.expected);
  RC_ASSERT(one.status() == "completed");
}

Event any_event(const State& state) {
  Event event;
  event.verb = static_cast<Verb>(*rc::gen::inRange(1, static_cast<int>(Verb::service_failed) + 1));
  // What ends everything would leave nothing to try.
  if (event.verb == Verb::end || event.verb == Verb::service_failed) event.verb = Verb::send_back;
  event.actor = *rc::gen::element<std::string>("li", "wang", "zhao", "sun", "");
  event.person = *rc::gen::element<std::string>("li", "wang", "zhao", "sun", "");
  event.to =
      *rc::gen::element<std::string>("previous", "initiator", "t1", "t2", "t3", "t4", "t5", "");
  event.before = *rc::gen::arbitrary<bool>();
  if (!state.tasks.empty()) {
    event.task = state.tasks[*rc::gen::inRange<std::size_t>(0, state.tasks.size())].id;
  }
  return event;
}

RC_GTEST_PROP(EngineLaws, AnyCourseOfEventsCanBeFinished, ()) {
  const Blocks blocks = Maker().make();
  Case one = begin(blocks);
  std::vector<Event> events;
  std::vector<std::string> verdicts;
  const Case before = one;
  for (int step = 0; step < 30; ++step) {
    const std::string then = shown(one.state);
    const bool suspended = one.state.status == CaseStatus::suspended;
    events.push_back(any_event(one.state));
    verdicts.push_back(one.play(events.back()));
    if (verdicts.back() != "done") RC_ASSERT(shown(one.state) == then);
    if (suspended && events.back().verb != Verb::resume) RC_ASSERT(shown(one.state) == then);
    assert_sound(one);
  }
  Case again = before;
  for (std::size_t i = 0; i < events.size(); ++i) RC_ASSERT(again.play(events[i]) == verdicts[i]);
  RC_ASSERT(shown(again.state) == shown(one.state));
  if (one.state.status == CaseStatus::suspended) one.say(Verb::resume);
  Case ended = one;
  if (one.status() == "running") {
    RC_ASSERT(ended.say(Verb::end) == "done");
    assert_sound(ended);
    finish(one);
  }
  RC_ASSERT(one.status() == "completed");
}

}  // namespace
}  // namespace jishi::workflow
