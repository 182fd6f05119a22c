#include "modules/registry/roll/caller_scope.hpp"

#include "modules/registry/registry.hpp"

namespace jishi::registry {

namespace {

/// Whether the caller sees the organisation of the call by where it stands in a structure; of a
/// call about none, whether they have a place there.
bool sees_in(const api::Call& call, std::string_view structure) {
  if (call.organisation != kNoId) {
    return call.gate.covers(call.caller, call.permission,
                            {call.organisation, std::string(structure), false});
  }
  const auto places = call.gate.scope(call.caller, call.permission);
  return std::any_of(places.begin(), places.end(),
                     [&](const api::Place& place) { return place.structure == structure; });
}

std::string usual_structure(const api::Call& call) {
  for (const std::string_view structure : kStructures) {
    if (sees_in(call, structure)) return std::string(structure);
  }
  return std::string(kPartyStructure);
}

}  // namespace

CallerScope::CallerScope(const api::Call& call, std::string structure)
    : structure_(std::move(structure)) {
  for (const api::Place& place : call.gate.scope(call.caller, call.permission)) {
    if (place.structure != structure_) continue;
    (place.below ? places_ : own_).push_back(place.organisation);
  }
}

Result<CallerScope> CallerScope::of(const api::Call& call,
                                    const std::optional<std::string>& structure) {
  if (!structure) return CallerScope(call, usual_structure(call));
  auto named = structure_of(structure);
  if (!named) return named.error();
  return CallerScope(call, std::move(*named));
}

Result<Reach> reach_of(const api::Call& call, const std::optional<std::string>& structure) {
  const auto scope = CallerScope::of(call, structure);
  if (!scope) return scope.error();
  api::Place place{call.organisation, std::string(scope->get().structure), true};
  const bool below = call.gate.covers(call.caller, call.permission, place);
  place.below = false;
  if (!below && !call.gate.covers(call.caller, call.permission, place)) {
    if (structure && call.gate.may(call.caller, call.permission, call.organisation))
      return fail(ErrorKind::refused, "registry.not_in_structure", {{"path", "structure"}});
    return organisation_not_found(call.organisation);
  }
  return Reach{std::move(place.structure), below};
}

std::vector<CallerScope> CallerScope::every(const api::Call& call) {
  std::vector<CallerScope> scopes;
  for (const std::string_view structure : kStructures) {
    CallerScope scope(call, std::string(structure));
    if (!scope.places_.empty() || !scope.own_.empty()) scopes.push_back(std::move(scope));
  }
  return scopes;
}

}  // namespace jishi::registry
