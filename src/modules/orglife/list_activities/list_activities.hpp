#pragma once
// The activities of an organisation and all below it, latest first.

#include "api/call.hpp"
#include "modules/registry/registry.hpp"
#include "platform/fulltext/excerpt.hpp"

namespace jishi::orglife {

inline constexpr int kMaxActivitiesAPage = 200;

/// `best`, which needs words to look for: those first of which the words say most.
enum class ActivityOrder { latest, best };
BOOST_DESCRIBE_ENUM(ActivityOrder, latest, best)

struct ActivityFilter {
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> kind;       // a code of the pack
  std::optional<Date> from;              // the first day,
  std::optional<Date> to;                // and the last
  std::optional<std::string> q;          // words: topic, place or kind hold all of them
  std::optional<ActivityOrder> order;    // latest unless told
  std::optional<std::string> after;      // next of the page before
  std::optional<int> limit;              // 50 unless told
};
BOOST_DESCRIBE_STRUCT(ActivityFilter, (), (structure, kind, from, to, q, order, after, limit))

/// A field in which something was found: `topic`, `place`, `kind` (its name).
struct FoundIn {
  std::string field;
  std::vector<fulltext::Segment> segments;
};
BOOST_DESCRIBE_STRUCT(FoundIn, (), (field, segments))

struct ListedActivity {
  Id id = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string kind;
  Date held_on;
  std::string period;
  std::string topic;
  std::string place;
  std::optional<int> due;
  std::optional<int> present;
  int participants = 0;        // those who are known by name
  std::vector<FoundIn> found;  // where words were looked for
};
BOOST_DESCRIBE_STRUCT(ListedActivity, (),
                      (id, organisation, organisation_name, kind, held_on, period, topic, place,
                       due, present, participants, found))

/// As the statements of this list give it.
struct ActivityRow {
  Id id = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string kind;
  Date held_on;
  std::string period;
  std::string topic;
  std::string place;
  std::optional<int> due;
  std::optional<int> present;
  int participants = 0;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (),
                      (id, organisation, organisation_name, kind, held_on, period, topic, place,
                       due, present, participants))

ListedActivity listed(ActivityRow row, std::vector<FoundIn> found = {});

/// Of an organisation and what stands below it, as far as `reach`, without regard to words. Fails
/// with api.page_unknown, api.limit_out_of_range and orglife.order_needs_words.
Result<api::Page<ListedActivity>> list_activities(db::Reader& reader, Id organisation,
                                                  const registry::Reach& reach,
                                                  const ActivityFilter& filter);

}  // namespace jishi::orglife
