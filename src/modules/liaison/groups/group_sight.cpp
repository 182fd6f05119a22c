#include "modules/liaison/groups/group_sight.hpp"

#include "modules/liaison/groups/groups.sql.hpp"

namespace jishi::liaison {

bool runs(const GroupRow& row, Date today) {
  return !row.closed && row.until >= today;
}

Result<SeenGroup> see_group(db::Reader& reader, const api::Call& call, Id group,
                            api::Permission permission) {
  auto row = reader.one<GroupRow>(sql::groups::one, group);
  if (!row) return fail(ErrorKind::not_found, "liaison.group_unknown");
  SeenGroup found{std::move(*row), reader.all<Partner>(sql::groups::partners, row->group), kNoId};
  const auto may = [&](Id place) { return call.gate.may(call.caller, permission, place); };
  if (may(found.row.region)) {
    found.as = found.row.region;
  } else if (runs(found.row, call.store.clock().today())) {
    for (const Partner& partner : found.partners) {
      if (found.as == kNoId && may(partner.organisation)) found.as = partner.organisation;
    }
  }
  if (found.as == kNoId) return fail(ErrorKind::not_found, "liaison.group_unknown");
  return found;
}

}  // namespace jishi::liaison
