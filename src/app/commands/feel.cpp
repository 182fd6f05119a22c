#include "base/feel/feel.hpp"
#include "app/commands.hpp"
#include "app/commands/feel_screen.hpp"
#include "base/feel/json.hpp"
#include "platform/pack/calendar_file.hpp"

namespace jishi::app {

Result<feel::Value> context_of(const std::string& json) {
  if (json.empty()) return feel::Value::context({});
  auto value = feel::value_from_json(json);
  if (value && value->entries() == nullptr) {
    return fail(ErrorKind::invalid, "base.json_expected_object", {{"path", "$"}});
  }
  return value;
}

Result<std::unique_ptr<Clock>> clock_of(const std::string& now) {
  if (now.empty()) return std::unique_ptr<Clock>(std::make_unique<SystemClock>());
  auto at = feel::parse_date_and_time(now);
  if (!at) return fail(ErrorKind::invalid, "app.bad_now", {{"value", now}});
  constexpr int kChina = 8 * 3600;
  if (at->time.zone.kind() == feel::Zone::Kind::none) at->time.zone = feel::Zone::offset(kChina);
  constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
  auto clock = std::make_unique<FixedClock>(Date{});
  clock->set_ms(static_cast<std::int64_t>(feel::instant_of(*at) / kNanosecondsPerMillisecond));
  return std::unique_ptr<Clock>(std::move(clock));
}

Result<std::unique_ptr<Functions>> Functions::of(const Context& context) {
  auto calendar = pack::load_calendar(context.settings.pack);
  if (!calendar) return calendar.error();
  return std::unique_ptr<Functions>(new Functions(std::move(*calendar)));
}

static bool has_null(const feel::Value& value) {
  if (value.is_null()) return true;
  if (const auto* items = value.items()) {
    return std::any_of(items->begin(), items->end(), has_null);
  }
  const auto* entries = value.entries();
  return entries != nullptr && std::any_of(entries->begin(), entries->end(), [](const auto& entry) {
           return has_null(entry.second);
         });
}

void print_value(const Context& context, const feel::Value& value,
                 const std::vector<feel::Issue>& issues) {
  context.console.line(context.settings.json ? feel::json_of(value) : feel::literal_of(value));
  // Where the value holds no null, what went wrong on the way did not matter; but what was given to
  // a decision and is of the wrong kind did: the value may be that of a null in its place.
  const bool all = has_null(value);
  for (const feel::Issue& issue : issues) {
    const bool input = issue.error.code == "workflow.value_type" ||
                       issue.error.code == "workflow.value_not_allowed";
    if (all || input) context.console.note(context.say(issue.error));
  }
}

Result<Status> run_feel(const Context& context, const FeelOptions& options) {
  const auto variables = context_of(options.context);
  if (!variables) return variables.error();
  const auto clock = clock_of(options.now);
  if (!clock) return clock.error();
  const auto functions = Functions::of(context);
  if (!functions) return functions.error();
  feel::Known known;
  known.add_context(*variables);
  const auto expression =
      feel::Expression::read(options.expression, known, (*functions)->library());
  if (!expression) {
    context.console.line("null");
    return expression.error();
  }
  const feel::Evaluated result = expression->evaluate(*variables, **clock);
  print_value(context, result.value, result.issues);
  return Status::done;
}

}  // namespace jishi::app
