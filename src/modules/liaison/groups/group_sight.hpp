#pragma once
// Who sees a group: its region, and while it runs whoever takes part.

#include "api/call.hpp"
#include "modules/liaison/groups/groups.hpp"

namespace jishi::liaison {

struct GroupRow {
  Id group = kNoId;
  Id region = kNoId;
  std::string region_name;
  std::string title;
  Id case_id = kNoId;
  Date begun;
  Date until;
  std::optional<Date> closed;
};
BOOST_DESCRIBE_STRUCT(GroupRow, (),
                      (group, region, region_name, title, case_id, begun, until, closed))

struct Partner {
  Id organisation = kNoId;
  std::string organisation_name;
};
BOOST_DESCRIBE_STRUCT(Partner, (), (organisation, organisation_name))

/// Whether the group is not over yet.
bool runs(const GroupRow& row, Date today);

/// A group, and the organisation as whose the caller takes part.
struct SeenGroup {
  GroupRow row;
  std::vector<Partner> partners;  // without those who declined
  Id as = kNoId;
};

/// Error: liaison.group_unknown, also for who may not see it.
Result<SeenGroup> see_group(db::Reader& reader, const api::Call& call, Id group,
                            api::Permission permission);

}  // namespace jishi::liaison
