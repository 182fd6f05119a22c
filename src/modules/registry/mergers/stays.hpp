#pragma once
// Where a person was a member, from when to when: how two records of it become one, and how that is
// taken apart again. Pure.

#include <span>

#include "modules/registry/members/member_rows.hpp"

namespace jishi::registry {

/// Two records of where one person was a member, joined.
struct JoinedStays {
  std::vector<MembershipRow> rows;      // in order, none overlapping another
  std::vector<MembershipRow> left_out;  // what the other said of days on which the guide stands
};

/// The guide's rows stand as they are. The other's fill the days that the guide leaves free, but
/// none before `joined`: nobody is a member before they join. Both in order of time; the guide's
/// last row has no end.
JoinedStays join_stays(std::span<const MembershipRow> guide, std::span<const MembershipRow> other,
                       const std::optional<Date>& joined);

/// What the kept record held before a merger, after it, and holds now.
struct StaysOfMerger {
  std::vector<MembershipRow> before;
  std::vector<MembershipRow> after;
  std::vector<MembershipRow> now;
};

/// The rows of the kept person without the merger: as they were before, but what changed later
/// stays. Nothing where what changed later cannot be told apart from the merger.
std::optional<std::vector<MembershipRow>> stays_without_merger(const StaysOfMerger& stays);

}  // namespace jishi::registry
