#pragma once
// The lights that are lit now, in the store: compared with what the rules say, and only changes are
// written.

#include <unordered_map>

#include "modules/insight/insight.hpp"

namespace jishi::insight {

/// What the rules say of one subject now: lit, kept (in order, but not yet enough to clear), or
/// nothing.
struct Verdict {
  const Rule* rule = nullptr;
  Assessment assessment;
};

/// How far the lights in the store have come.
struct LightsPosition {
  Date day;
  std::int64_t position = 0;
};
std::optional<LightsPosition> lights_position(Store& store);

/// Writes the changes between the lights in the store and `verdicts`, with their facts, and the
/// position reached. `organisations`: only lights of these were looked at; nothing: of all.
Result<Insight::Changes> write_changes(Store& store, Actor actor,
                                       const std::vector<Verdict>& verdicts,
                                       const std::optional<std::vector<Id>>& organisations,
                                       const LightsPosition& reached);

}  // namespace jishi::insight
