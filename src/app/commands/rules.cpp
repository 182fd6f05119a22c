#include "app/commands/rules.hpp"

#include "app/commands.hpp"
#include "app/commands/refresh.hpp"
#include "app/nearest.hpp"
#include "app/table.hpp"

namespace jishi::app {

namespace {

using boost::json::object;
using insight::Rule;
using insight::RuleParameter;

object rule_object(const Rule& rule, Language language) {
  boost::json::array parameters;
  for (const RuleParameter& parameter : rule.parameters) {
    parameters.push_back(object{{"name", parameter.name},
                                {"default", parameter.standard},
                                {"least", parameter.least},
                                {"most", parameter.most}});
  }
  return {{"rule", rule.id},
          {"version", rule.version},
          {"title", rule.title.in(language)},
          {"subject_kind", rule.subject},
          {"severity", rule.severity},
          {"basis", rule.basis},
          {"owner", rule.owner},
          {"risk", rule.risk},
          {"valid_from", to_iso(rule.valid_from)},
          {"valid_to", rule.valid_to ? boost::json::value(to_iso(*rule.valid_to))
                                     : boost::json::value(nullptr)},
          {"parameters", std::move(parameters)},
          {"file", rule.file}};
}

std::string parameters_of(const Rule& rule) {
  std::string list;
  for (const RuleParameter& parameter : rule.parameters) {
    list += fmt::format("{}{} = {} ({}..{})", list.empty() ? "" : ", ", parameter.name,
                        parameter.standard, parameter.least, parameter.most);
  }
  return list;
}

}  // namespace

const Rule* rule_of(const std::vector<Rule>& rules, std::string_view id) {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

std::optional<Error> refuse_rule(const std::vector<Rule>& rules, std::string_view id) {
  if (rule_of(rules, id) != nullptr) return std::nullopt;
  std::vector<std::string> names;
  names.reserve(rules.size());
  for (const Rule& rule : rules) names.push_back(rule.id);
  const auto nearest = nearest_names(id, names);
  return fail(ErrorKind::not_found, "app.rule_unknown",
              {{"rule", std::string(id)}, {"names", list_of(nearest.empty() ? names : nearest)}});
}

Result<Status> run_rules(const Context& context, const RulesOptions&) {
  const auto pack = pack_folder(context);
  if (!pack) return pack.error();
  const auto rules = insight::load_rules(*pack);
  if (!rules) return rules.error();
  const Language language = context.settings.language;
  if (context.settings.json) {
    for (const Rule& rule : *rules) {
      context.console.line(boost::json::serialize(rule_object(rule, language)));
    }
    return Status::done;
  }
  for (const Rule& rule : *rules) {
    context.console.line(rule.id + "  " + rule.title.in(language));
    context.console.line("    " + context.say("app.why_basis", {{"text", rule.basis}}));
    if (!rule.parameters.empty()) {
      context.console.line("    " +
                           context.say("app.rule_parameters", {{"list", parameters_of(rule)}}));
    }
  }
  context.console.line();
  context.console.line(context.say("app.rules_next"));
  return Status::done;
}

Result<Status> run_set_parameter(const Context& context, const SetParameterOptions& options) {
  auto store = open_store(context);
  if (!store) return store.error();
  auto insight = open_insight(context, **store);
  if (!insight) return insight.error();
  if (const auto error = refuse_rule((*insight)->rules(), options.rule)) return *error;
  const auto set = (*insight)->set_parameter(
      kOwner, {options.rule, options.parameter, options.organisation, options.value});
  if (!set) return set.error();
  if (!context.settings.json) {
    context.console.line(context.say("app.parameter_set", {{"rule", options.rule},
                                                           {"parameter", options.parameter},
                                                           {"organisation", options.organisation},
                                                           {"value", grouped(options.value)}}));
  }
  if (const auto refreshed = refresh_lights(context, **insight); !refreshed) {
    return refreshed.error();
  }
  return Status::done;
}

}  // namespace jishi::app
