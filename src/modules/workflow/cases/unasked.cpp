#include "modules/workflow/cases/unasked.hpp"

#include <algorithm>

#include "modules/workflow/cases/next_steps.hpp"
#include "modules/workflow/forms/forms.hpp"

namespace jishi::workflow {

namespace {

using boost::json::object;

constexpr std::string_view kOfCase = "case.";  // known because the case itself was told

/// The steps of people that a token at a node may come to first, whatever decides between them.
std::vector<Index> steps_after(const Definition& definition, Index node) {
  std::vector<Index> steps;
  std::vector<Index> seen{node};
  const auto come = [&](Index next) {
    if (std::find(seen.begin(), seen.end(), next) != seen.end()) return;
    seen.push_back(next);
    if (is_of_people(definition.nodes[next])) steps.push_back(next);
  };
  for (std::size_t at = 0; at < seen.size(); ++at) {
    const Node& here = definition.nodes[seen[at]];
    if (at > 0 && is_of_people(here)) continue;
    for (const Index flow : here.outgoing) come(definition.flows[flow].target);
    if (here.inner != kNone && definition.scopes[here.inner].start != kNone)
      come(definition.scopes[here.inner].start);
    const Index owner = definition.scopes[here.scope].owner;
    if (here.outgoing.empty() && owner != kNone) {
      for (const Index flow : definition.nodes[owner].outgoing) come(definition.flows[flow].target);
    }
  }
  return steps;
}

/// The fields of several forms as those of one, without what the program knows.
object fields_of(const Playable& playable, const std::vector<Index>& steps) {
  object fields;
  for (const Index step : steps) {
    const auto form = playable.forms.find(playable.definition->nodes[step].task.form);
    if (form == playable.forms.end()) continue;
    const auto* properties = form->second.if_contains("properties");
    if (properties == nullptr || !properties->is_object()) continue;
    object asked = properties->get_object();
    for (const auto& [name, place] : known_fields_of(form->second)) {
      if (!place.starts_with(kOfCase)) asked.erase(name);
    }
    for (auto& [name, schema] : asked) fields.emplace(name, std::move(schema));
  }
  return fields;
}

/// What nothing here asks for, by the first of its names.
std::optional<Error> refuse_others(const object& fields, const object& given) {
  for (const auto& [name, value] : given) {
    if (fields.contains(name)) continue;
    return fail(ErrorKind::invalid, "workflow.not_asked",
                {{"path", "variables." + std::string(name)}, {"field", std::string(name)}});
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> refuse_unasked(const Playable& playable, Index node, const object& given,
                                    const std::vector<std::string_view>& more) {
  if (auto refused = refuse_reserved(given)) return refused;
  if (playable.forms.empty()) return std::nullopt;
  object left = given;
  for (const std::string_view name : more) left.erase(name);
  object fields = fields_of(playable, steps_after(*playable.definition, node));
  if (auto refused = refuse_others(fields, left)) return refused;
  return refuse_fields({{"properties", std::move(fields)}}, left);
}

std::optional<Error> refuse_formless(const Playable& playable, const object& given) {
  if (auto refused = refuse_reserved(given)) return refused;
  if (playable.forms.empty()) return std::nullopt;
  return refuse_others({}, given);
}

}  // namespace jishi::workflow
