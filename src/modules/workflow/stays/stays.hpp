#pragma once
// Members of elsewhere who take part here for the time being (流入党员), as the destination
// registered them: 流动党员 are recorded at both ends, and the host has to know whom it has.

#include "modules/workflow/operations/operations.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr int kMostStaysShown = 200;  // of a page
inline constexpr int kMostStaysOfPerson = 50;

/// A member of elsewhere who takes part here.
struct ShownStay {
  Id stay = kNoId;
  Id person = kNoId;
  std::string person_name;
  Id host = kNoId;
  std::string host_name;
  std::string home_name;  // where the membership is
  Date since;
  std::optional<Date> until;
};
BOOST_DESCRIBE_STRUCT(ShownStay, (),
                      (stay, person, person_name, host, host_name, home_name, since, until))

/// Ends a stay: whoever goes on, goes home, or becomes a member here.
struct EndStay {
  Id stay = kNoId;
  Date on;                       // the last day
  std::optional<bool> returned;  // takes part at home again: no longer a floating member
};
BOOST_DESCRIBE_STRUCT(EndStay, (), (stay, on, returned))

/// All that run of a person end on a day: the membership goes where they are. Errors: those of the
/// registry.
Result<Done> end_stays_of(Transaction& tx, Id person, Date on);

/// `registry.record_stay`: takes person, inflow_on, inflow_branch (else receiving_committee) and
/// away_until.
void add_stay_operations(Operations& operations);

/// GET /api/v1/organisations/{organisation}/stays and POST …/stay-ends.
void stay_routes(api::Routes& routes);

}  // namespace jishi::workflow
