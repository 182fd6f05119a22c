#include <map>

#include "app/commands.hpp"
#include "app/commands/rules.hpp"
#include "app/table.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::app {

namespace {

using insight::Light;
using insight::Rule;

constexpr std::size_t kWorstOrganisations = 10;
constexpr std::string_view kRed = "red";

struct Counts {
  std::int64_t red = 0;
  std::int64_t yellow = 0;
};

std::map<std::string, Counts> counts_by_rule(const std::vector<Light>& lights) {
  std::map<std::string, Counts> counts;
  for (const Light& light : lights) {
    Counts& of_rule = counts[light.rule];
    ++(light.level == kRed ? of_rule.red : of_rule.yellow);
  }
  return counts;
}

/// Prints the lights in words.
class LightsScreen {
 public:
  LightsScreen(const Context& context, insight::Insight& insight, const std::vector<Light>& lights,
               Date as_of)
      : context_(context), insight_(insight), lights_(lights), as_of_(as_of) {}

  Result<Done> print_summary();
  Result<Done> print_list(Store& store, const Codes& codes);

 private:
  std::string say(std::string_view code, const Arguments& arguments = {}) const {
    return context_.say(code, arguments);
  }

  void print_title(const Counts& all);
  Result<Done> print_worst();
  void print_table(const Table& table);

  const Context& context_;
  insight::Insight& insight_;
  const std::vector<Light>& lights_;
  Date as_of_;
};

void LightsScreen::print_table(const Table& table) {
  std::string lines = table.text();
  lines.pop_back();
  context_.console.line(lines);
}

void LightsScreen::print_title(const Counts& all) {
  context_.console.line(say("app.lights_title", {{"as_of", to_iso(as_of_)},
                                                 {"lights", grouped(all.red + all.yellow)},
                                                 {"red", grouped(all.red)},
                                                 {"yellow", grouped(all.yellow)}}));
}

Result<Done> LightsScreen::print_summary() {
  Counts all;
  Table table({{say("app.title_rule")},
               {say("app.level_red"), Align::right},
               {say("app.level_yellow"), Align::right},
               {say("app.title_what")}});
  for (const auto& [id, counts] : counts_by_rule(lights_)) {
    const Rule* rule = rule_of(insight_.rules(), id);
    table.row({id, grouped(counts.red), grouped(counts.yellow),
               rule == nullptr ? "" : rule->title.in(context_.settings.language)});
    all.red += counts.red;
    all.yellow += counts.yellow;
  }
  print_title(all);
  if (lights_.empty()) {
    context_.console.line(say("app.lights_none"));
    return Done{};
  }
  context_.console.line();
  print_table(table);
  if (const auto printed = print_worst(); !printed) return printed;
  const Light& first = lights_.front();
  context_.console.line();
  context_.console.line(
      say("app.lights_next", {{"rule", first.rule}, {"subject", printable(first.subject)}}));
  return Done{};
}

Result<Done> LightsScreen::print_worst() {
  const auto worst = insight_.worst(lights_, kWorstOrganisations);
  if (!worst) return worst.error();
  if (worst->empty()) return Done{};
  Table table({{say("app.title_code")},
               {say("app.title_organisation")},
               {say("app.level_red"), Align::right},
               {say("app.level_yellow"), Align::right}});
  for (const insight::OrganisationLights& organisation : *worst) {
    table.row({organisation.code, organisation.name, grouped(organisation.red),
               grouped(organisation.yellow)});
  }
  context_.console.line();
  context_.console.line(say("app.lights_worst"));
  print_table(table);
  return Done{};
}

// The name of the organisation where the light stands; each is looked up once.
class OrganisationNames {
 public:
  explicit OrganisationNames(Store& store) : store_(store) {}

  const std::string& of(Id id) {
    const auto known = names_.find(id);
    if (known != names_.end()) return known->second;
    const auto organisation =
        store_.read([&](db::Reader& reader) { return registry::organisation(reader, id); });
    return names_[id] = organisation ? organisation->name : std::string();
  }

 private:
  Store& store_;
  std::map<Id, std::string> names_;
};

Result<Done> LightsScreen::print_list(Store& store, const Codes& codes) {
  OrganisationNames names(store);
  Counts all;
  Table table({{say("app.title_level")},
               {say("app.title_subject")},
               {say("app.title_organisation")},
               {say("app.title_since")},
               {say("app.title_due")},
               {say("app.title_what")}});
  for (const Light& light : lights_) {
    const bool red = light.level == kRed;
    ++(red ? all.red : all.yellow);
    const Rule* rule = rule_of(insight_.rules(), light.rule);
    Arguments evidence =
        insight::evidence_arguments(codes, context_.settings.language, light.evidence);
    evidence.emplace_back("due", light.due ? to_iso(*light.due) : "—");
    evidence.emplace_back("since", light.since ? to_iso(*light.since) : "—");
    table.row({say(red ? "app.mark_red" : "app.mark_yellow"), light.subject,
               names.of(light.organisation), light.since ? to_iso(*light.since) : "—",
               light.due ? to_iso(*light.due) : "—",
               rule == nullptr ? "" : fill(rule->lit.in(context_.settings.language), evidence)});
  }
  print_title(all);
  if (lights_.empty()) return Done{};
  context_.console.line();
  print_table(table);
  const Light& first = lights_.front();
  context_.console.line();
  context_.console.line(
      say("app.lights_next_one", {{"rule", first.rule}, {"subject", printable(first.subject)}}));
  return Done{};
}

void print_summary_json(const Context& context, const std::vector<Rule>& rules,
                        const std::vector<Light>& lights) {
  for (const auto& [id, counts] : counts_by_rule(lights)) {
    const Rule* rule = rule_of(rules, id);
    const boost::json::object line{
        {"rule", id},
        {"title", rule == nullptr ? "" : rule->title.in(context.settings.language)},
        {"red", counts.red},
        {"yellow", counts.yellow}};
    context.console.line(boost::json::serialize(line));
  }
}

}  // namespace

Result<Status> run_lights(const Context& context, const LightsOptions& options) {
  const auto codes = pack_codes(context);
  if (!codes) return codes.error();
  auto store = open_store(context);
  if (!store) return store.error();
  auto insight = open_insight(context, **store);
  if (!insight) return insight.error();
  if (!options.rule.empty()) {
    if (const auto error = refuse_rule((*insight)->rules(), options.rule)) return *error;
  }
  if (!options.as_of) {
    if (const auto changes = (*insight)->refresh(kOwner); !changes) return changes.error();
  }
  const Date as_of = options.as_of.value_or(context.clock.today());
  auto lights = (*insight)->lights(as_of);
  if (!lights) return lights.error();
  std::erase_if(*lights, [&](const Light& light) {
    return (!options.rule.empty() && light.rule != options.rule) ||
           (!options.level.empty() && light.level != options.level);
  });
  if (context.settings.json && options.summary) {
    print_summary_json(context, (*insight)->rules(), *lights);
    return Status::done;
  }
  if (context.settings.json) {
    for (const Light& light : *lights) {
      context.console.line(boost::json::serialize(insight::to_json(light)));
    }
    return Status::done;
  }
  LightsScreen screen(context, **insight, *lights, as_of);
  const bool listed = !options.summary && (!options.rule.empty() || !options.level.empty());
  const auto printed = listed ? screen.print_list(**store, *codes) : screen.print_summary();
  if (!printed) return printed.error();
  return Status::done;
}

}  // namespace jishi::app
