#pragma once
// What organisations do: meetings (三会一课), theme days, rosters. The only header of this module
// that others include.

#include "modules/registry/registry.hpp"

namespace jishi::orglife {

namespace fact {
inline constexpr FactKind kActivityRecorded{40};
inline constexpr FactKind kActivityChanged{41};
inline constexpr FactKind kActivityWithdrawn{42};
}  // namespace fact

/// An activity as a source or a person tells of it. Organisation, kind, date and topic tell
/// activities apart.
struct ActivityRecord {
  Id organisation = kNoId;
  std::string_view kind;
  Date held_on;
  std::optional<Period> period;
  std::string_view topic;
  std::string_view place;
  std::optional<int> due;
  std::optional<int> present;
  std::vector<Id> participants;
  std::string_view others;  // participants who are not known, as written
};

registry::Recorded record_activity(Transaction& tx, const registry::Origin& origin,
                                   const ActivityRecord& record);

/// Takes an activity back: entered by mistake, or undone with its import. Fails with
/// orglife.activity_missing.
Result<Done> withdraw_activity(Transaction& tx, Id activity);

/// Replaces what is recorded of an activity, also its kind, date and period. Fails with
/// orglife.activity_missing, or orglife.activity_exists when another has the same organisation,
/// kind, date and topic.
Result<Done> correct_activity(Transaction& tx, Id activity, const ActivityRecord& record);

}  // namespace jishi::orglife
