#pragma once
// Our members who are away (流出党员, 外出): the home branch and its committee have to know where
// they are, since when and until when, and stay in touch (流动党员 are recorded at both ends).

#include "modules/workflow/operations/operations.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr int kMostAwayShown = 200;  // of a page

/// A member of ours who takes part elsewhere for the time being.
struct AwayMember {
  Id person = kNoId;
  std::string person_name;
  Id organisation = kNoId;  // where the membership is
  std::string organisation_name;
  Date since;
  std::optional<Date> until;  // none: no day was named
  std::string host_name;      // where they are; empty: nobody has recorded it
  bool registered = false;    // the host has registered them
};
BOOST_DESCRIBE_STRUCT(AwayMember, (),
                      (person, person_name, organisation, organisation_name, since, until,
                       host_name, registered))

/// `registry.record_mobile`: takes person, away_from, away_until and receiving_committee or
/// outside_committee.
void add_away_operations(Operations& operations);

/// GET /api/v1/organisations/{organisation}/members-away.
void away_routes(api::Routes& routes);

}  // namespace jishi::workflow
