#pragma once
// What organisations do: meetings (三会一课), theme days, rosters. The only header of this module
// that others include.

#include "modules/orglife/appraisal/appraisal.hpp"
#include "modules/orglife/commands.hpp"
#include "modules/orglife/full_text/search_activities.hpp"
#include "modules/orglife/publication/publication.hpp"
#include "modules/orglife/year_plan/year_plan.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::orglife {

namespace fact {
inline constexpr FactKind kActivityRecorded{40};
inline constexpr FactKind kActivityChanged{41};
inline constexpr FactKind kActivityWithdrawn{42};
inline constexpr FactKind kAttendanceMoved{43};
inline constexpr FactKind kResolutionsPublished{44};
inline constexpr FactKind kPlanSet{45};
inline constexpr FactKind kAppraisalRecorded{46};
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
  std::string_view others;            // participants who are not known, as written
  std::string_view resolutions = {};  // what was resolved, as written
};

registry::Recorded record_activity(Transaction& tx, const registry::Origin& origin,
                                   const ActivityRecord& record);

/// Takes an activity back: entered by mistake, or undone with its import. Fails with
/// orglife.activity_missing.
Result<Done> withdraw_activity(Transaction& tx, Id activity);

/// What a field of an activity holds; its `participants` as ids with blanks between. Nothing where
/// there is no such activity or field.
std::optional<std::string> activity_field(db::Reader& reader, Id activity, std::string_view field);

/// Gives a field of an activity the value that a person decided on; the archive remembers the one
/// before. Fails with orglife.activity_missing.
Result<Done> decide_activity_field(Transaction& tx, Id activity,
                                   const registry::FieldValue& decided);

/// Takes back the activities a batch made, and gives every field it changed of others the value
/// before; returns the number of the former. To be called before registry::withdraw_batch().
std::int64_t withdraw_batch(Transaction& tx, Id batch);

/// Replaces what is recorded of an activity, also its kind, date and period. Fails with
/// orglife.activity_missing, or orglife.activity_exists when another has the same organisation,
/// kind, date and topic.
Result<Done> correct_activity(Transaction& tx, Id activity, const ActivityRecord& record);

/// Those who are known by name to have been there.
std::vector<Id> participants_of(db::Reader& reader, Id activity);

/// An activity of an organisation, and whether one person was there.
struct AttendedActivity {
  Id activity = kNoId;
  std::string kind;
  Date held_on;
  std::string topic;
  bool present = false;
};
BOOST_DESCRIBE_STRUCT(AttendedActivity, (), (activity, kind, held_on, topic, present))

/// The last activities of an organisation, latest first, with a person's presence.
std::vector<AttendedActivity> last_activities(db::Reader& reader, Id organisation, Id person,
                                              int limit);

/// Calls `visit` with the day of every activity of an organisation.
void each_activity_day(db::Reader& reader, Id organisation, const std::function<void(Date)>& visit);

/// Where persons are named as participants.
registry::PersonReferences person_references();

/// The commands of this module, by name.
std::vector<CommandEntry> commands();

/// Lists and searches within the scope that the roll's tree shows, and the commands.
void routes(api::Routes& routes, registry::Roll& roll, FullText& full_text, const Codes& codes);

}  // namespace jishi::orglife
