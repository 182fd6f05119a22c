// The engine, expressions and decision tables, each beside the same done bare.

#include "app/bench/http/cases.hpp"
#include "app/bench/long_process.hpp"
#include "base/feel/feel.hpp"
#include "modules/workflow/workflow.hpp"

namespace jishi::app::bench {

namespace {

constexpr std::int64_t kCases = 4'000;
constexpr std::int64_t kLeastCases = 20;
constexpr std::int64_t kEvaluations = 400'000;
constexpr std::int64_t kLeastEvaluations = 2'000;
constexpr double kExpectedTransitions = 200'000;  // a second and core

// Tokens moved a second: of each case the start, then the task, the gateway and its condition.
Result<double> transitions(Run& run, std::int64_t cases) {
  const auto document = xml::read(long_process("p", ""));
  if (!document) return document.error();
  workflow::Findings findings;
  const auto definition = workflow::read_definition(*document, {}, findings);
  if (definition == nullptr) return findings.front().error;
  std::int64_t moved = 0;
  const Stopwatch watch;
  for (std::int64_t i = 0; i < cases; ++i) {
    if (const auto on = run.go_on(); !on) return on.error();
    workflow::State state;
    workflow::Event event;
    event.actor = "li";
    while (true) {
      auto outcome = workflow::apply(*definition, 0, state, event, {});
      if (outcome.refused) return *outcome.refused;
      state = std::move(outcome.state);
      moved += event.verb == workflow::Verb::start ? 2 : 3;
      if (state.tasks.empty()) break;
      event.verb = workflow::Verb::approve;
      event.task = state.tasks.front().id;
    }
  }
  return static_cast<double>(moved) / watch.seconds();
}

// The same chain as a table of successors: what no engine can beat.
double bare_transitions(std::int64_t cases) {
  constexpr std::size_t kNodes = 2 * kTasksOfCase + 3;
  std::array<std::array<std::uint32_t, 2>, kNodes> next{};
  for (std::uint32_t i = 0; i < kNodes; ++i) next[i] = {i + 1, kNodes - 1};
  std::vector<std::uint32_t> states(static_cast<std::size_t>(cases), 0);
  std::int64_t moved = 0;
  std::uint32_t sum = 0;
  const Stopwatch watch;
  for (int round = 0; round < 100; ++round) {
    for (std::uint32_t& state : states) {
      for (state = 0; state < kNodes - 1; ++moved)
        state = next[state][(moved & 1023) == 1023 ? 1 : 0];
      sum += state;
    }
  }
  return static_cast<double>(moved) / (watch.seconds() + (sum == 1 ? 1e-9 : 0));
}

constexpr std::string_view kRule =
    "if income <= 3000 then income * 0.005 else if income <= 5000 then income * 0.01 "
    "else if income <= 10000 then income * 0.015 else income * 0.02";

Result<double> evaluations(Run& run, std::int64_t count) {
  feel::Known known;
  known.variables.add("income");
  const auto expression = feel::Expression::read(kRule, known);
  if (!expression) return expression.error();
  std::size_t nulls = 0;
  const Stopwatch watch;
  for (std::int64_t i = 0; i < count; ++i) {
    const feel::Value context = feel::Value::context({{"income", feel::Value(i % 12'000)}});
    nulls += expression->evaluate(context, run.context.clock).value.is_null() ? 1 : 0;
  }
  const double seconds = watch.seconds();
  if (nulls > 0) return fail(ErrorKind::unavailable, "feel.no_result", {});
  return static_cast<double>(count) / seconds;
}

double bare_evaluations(std::int64_t count) {
  double sum = 0;
  const Stopwatch watch;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto income = static_cast<double>(i % 12'000);
    sum += income * (income <= 3000    ? 0.005
                     : income <= 5000  ? 0.01
                     : income <= 10000 ? 0.015
                                       : 0.02);
  }
  return static_cast<double>(count) / (watch.seconds() + (sum == 1 ? 1e-9 : 0));
}

Result<double> readings(std::int64_t count) {
  feel::Known known;
  known.variables.add("income");
  const Stopwatch watch;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto expression = feel::Expression::read(kRule, known);
    if (!expression) return expression.error();
  }
  return static_cast<double>(count) / watch.seconds();
}

std::string rate_table() {
  std::string rules;
  for (const auto& [test, rate] : {std::pair{"&lt;= 3000", "0.005"},
                                   {"(3000..5000]", "0.01"},
                                   {"(5000..10000]", "0.015"},
                                   {"&gt; 10000", "0.02"}}) {
    rules += fmt::format(
        "<rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry>"
        "</rule>",
        test, rate);
  }
  return R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">)"
         R"(<inputData id="i" name="income"/><decision id="d" name="rate"><informationRequirement>)"
         R"(<requiredInput href="#i"/></informationRequirement><decisionTable><input>)"
         "<inputExpression><text>income</text></inputExpression></input><output/>" +
         rules + "</decisionTable></decision></definitions>";
}

Result<double> decisions(Run& run, std::int64_t count) {
  workflow::Findings findings;
  const auto model = workflow::decision::read_model(rate_table(), {}, findings);
  if (model == nullptr) return findings.front().error;
  const auto* what = model->find("rate");
  const Stopwatch watch;
  for (std::int64_t i = 0; i < count; ++i) {
    const feel::Value context = feel::Value::context({{"income", feel::Value(i % 12'000)}});
    static_cast<void>(model->decide(*what, context, run.context.clock));
  }
  return static_cast<double>(count) / watch.seconds();
}

}  // namespace

Result<Done> bench_procedures(Run& run) {
  const std::int64_t cases = run.scaled(kCases, kLeastCases);
  const std::int64_t count = run.scaled(kEvaluations, kLeastEvaluations);
  const auto moved = transitions(run, cases);
  if (!moved) return moved.error();
  run.figures.push_back(
      {.name = "engine_transitions",
       .unit = "transitions/s",
       .measured = *moved,
       .expected = Expected{Sense::at_least, kExpectedTransitions},
       .baselines = {{"by_table", bare_transitions(cases)}},
       .note = fmt::format("{} cases of {} tasks, one core", cases, kTasksOfCase)});
  const auto evaluated = evaluations(run, count);
  if (!evaluated) return evaluated.error();
  const double bare = bare_evaluations(count);
  run.figures.push_back({.name = "feel_evaluations",
                         .unit = "evaluations/s",
                         .measured = *evaluated,
                         .baselines = {{"by_compiled", bare}},
                         .note = "four rate bands as if … else, exact decimals"});
  const auto read = readings(count / 10);
  if (!read) return read.error();
  run.figures.push_back({.name = "feel_readings",
                         .unit = "expressions/s",
                         .measured = *read,
                         .note = fmt::format("{} bytes each", kRule.size())});
  const auto decided = decisions(run, count / 4);
  if (!decided) return decided.error();
  run.figures.push_back({.name = "dmn_decisions",
                         .unit = "decisions/s",
                         .measured = *decided,
                         .baselines = {{"by_compiled", bare}},
                         .note = "a table of four rate bands"});
  return measure_cases(run);
}

}  // namespace jishi::app::bench
