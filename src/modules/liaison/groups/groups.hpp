#pragma once
// Groups: who takes part sees them until their last day; after it only the region does.

#include "ledger/store.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::liaison {

inline constexpr std::size_t kMostPartners = 200;  // of a group
inline constexpr std::size_t kMostTitle = 200;     // signs
inline constexpr int kMostShown = 200;             // groups of a page

/// What a group is opened with.
struct OpenGroup {
  Id region = kNoId;
  Id case_id = kNoId;
  std::string title;
  std::vector<Id> partners;
  Date until;
};

/// Opens the group of a project; where the project has one already, it goes on with these partners
/// until this day. Errors: liaison.group_invalid, partner_unknown, until_past.
Result<Id> open_group(Transaction& tx, const OpenGroup& asked);

/// Closes it. Error: liaison.group_unknown.
Result<Done> close_group(Transaction& tx, Id group);

/// Closes that of a project that was given up, if it has one.
void close_group_of(Transaction& tx, Id case_id);

/// Groups that run go on with the organisation into which another was merged, be it their region or
/// one that takes part.
void hand_over_groups(Transaction& tx, Id from, Id to);

/// What a project holds of what was agreed: the case itself is seen by its region alone.
struct Agreed {
  std::vector<std::string> needs;
  std::vector<std::string> resources;
  std::map<Id, std::string> pledges;  // by partner
};
using TellAgreed = std::function<Result<Agreed>(db::Reader& reader, Id case_id)>;

void group_routes(api::Routes& routes, TellAgreed agreed);

}  // namespace jishi::liaison
