#pragma once
// Resolutions that an organisation makes public among its members (公开).

#include "api/call.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::orglife {

inline constexpr int kMaxPublications = 200;  // of a page

struct Publication {
  Id activity = kNoId;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string kind;
  Date held_on;
  std::string topic;
  std::string resolutions;  // as they stand in the record of the activity today
  Date published_on;
};
BOOST_DESCRIBE_STRUCT(Publication, (),
                      (activity, organisation, organisation_name, kind, held_on, topic, resolutions,
                       published_on))

/// Makes the resolutions of an activity public from today; again, it changes nothing. Errors:
/// orglife.activity_missing, orglife.nothing_resolved.
Result<Done> publish(Transaction& tx, Id activity);

/// What is public to whoever asks: of the organisation where they are a member, and of those above.
void publication_routes(api::Routes& routes);

}  // namespace jishi::orglife
