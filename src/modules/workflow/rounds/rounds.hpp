#pragma once
// A case for each member of an organisation, begun by one command: what a branch does every year
// with everybody.

#include "api/call.hpp"
#include "base/json_object.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr std::size_t kMostOfRound = 500;  // members

struct BeginRound {
  std::string process;
  std::optional<std::vector<Id>> persons;        // all who are in good standing when not given
  std::optional<boost::json::object> variables;  // what each case begins with
};
BOOST_DESCRIBE_STRUCT(BeginRound, (), (process, persons, variables))

struct RoundItem {
  Id person = kNoId;
  std::string person_name;
  Id case_id = kNoId;  // of one that runs already as well
  bool begun = false;  // not: a case runs for them that keeps this one from running beside it
};
BOOST_DESCRIBE_STRUCT(RoundItem, (), (person, person_name, case_id, begun))

struct RoundBegun {
  int begun = 0;
  int running = 0;  // that ran already
  std::vector<RoundItem> items;
};
BOOST_DESCRIBE_STRUCT(RoundBegun, (), (begun, running, items))

/// All of them, or none. Who has a case that the process lets run beside (of another year) gets
/// one. Errors: those of start_case(); workflow.round_size,
/// registry.person_not_found for who is no member there.
Result<RoundBegun> begin_round(Transaction& tx, const Office& office, const Party& party,
                               Id organisation, const BeginRound& asked);

/// POST /api/v1/organisations/{organisation}/rounds.
void round_routes(api::Routes& routes, const Office& office);

}  // namespace jishi::workflow
