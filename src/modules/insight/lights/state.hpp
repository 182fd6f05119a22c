#pragma once
// The lights that are lit now, in the store: compared with what the rules say, and only changes are
// written.

#include <unordered_map>

#include "modules/insight/insight.hpp"
#include "modules/insight/rules/evaluate.hpp"

namespace jishi::insight {

/// How far the lights in the store have come.
struct LightsPosition {
  Date day;
  std::int64_t position = 0;
};
std::optional<LightsPosition> lights_position(Store& store);

/// Writes the changes between the lights in the store and `verdicts`, with their facts, and the
/// position reached. `scope`: only lights of these were looked at; nothing: all.
Result<Insight::Changes> write_changes(Store& store, Actor actor,
                                       const std::vector<Verdict>& verdicts,
                                       const std::optional<Scope>& scope,
                                       const LightsPosition& reached);

/// Notes that there was nothing to look at up to here.
void advance_lights(Store& store, Actor actor, const LightsPosition& reached);

/// Organisations with lights whose subjects had rows refused, or no longer have, by imports whose
/// facts stand after `position` up to `until`.
std::vector<Id> organisations_with_other_doubts(Store& store, std::int64_t position,
                                                std::int64_t until);

/// Verdicts that are only kept take the level, since, due and evidence of the light that is lit;
/// where none is lit they stay empty.
void keep_lit(Store& store, std::vector<Verdict>& verdicts);

}  // namespace jishi::insight
