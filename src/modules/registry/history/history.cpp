#include "modules/registry/history/history.hpp"

#include "modules/registry/history/history.sql.hpp"
#include "modules/registry/structure/tree/tree.hpp"

namespace jishi::registry {

namespace {

struct Interval {
  Id person = kNoId;
  Date since;
  Date until;
};
BOOST_DESCRIBE_STRUCT(Interval, (), (person, since, until))

CountsOn count_on(db::Reader& reader, std::string_view structure, Id node, Date on) {
  CountsOn counts;
  for (const Place& place : subtree(reader, structure, node, on)) {
    ++counts.organisations;
    reader.each<Interval>(
        sql::history::memberships,
        [&](const Interval& held) {
          if (held.since <= on && held.until > on) ++counts.members;
        },
        place.organisation);
  }
  return counts;
}

}  // namespace

std::vector<Stood> stood_below(db::Reader& reader, std::string_view structure, Id node) {
  auto stood = reader.all<Stood>(sql::history::links_of, structure, node);
  auto below = reader.all<Stood>(sql::history::below, structure, node);
  stood.insert(stood.end(), below.begin(), below.end());
  return stood;
}

void memberships_below(db::Reader& reader, std::string_view structure, Id node, Basis basis,
                       Date today, const VisitMembership& visit) {
  if (basis == Basis::today) {
    restated_memberships(reader, structure, node, today, visit);
    return;
  }
  for (const Stood& stood : stood_below(reader, structure, node)) {
    reader.each<Interval>(
        sql::history::memberships,
        [&](const Interval& held) {
          const Date since = std::max(held.since, stood.since);
          const Date until = std::min(held.until, stood.until);
          if (since < until) visit(held.person, since, until);
        },
        stood.organisation);
  }
}

Result<CountsOn> counts_on(db::Reader& reader, const Scope& scope, Id node, Date on) {
  if (!in_scope(reader, scope, node)) return organisation_not_found(node);
  return count_on(reader, scope.structure, node, on);
}

Result<std::vector<BranchOn>> branches_on(db::Reader& reader, const Scope& scope, Id node,
                                          Date on) {
  if (!in_scope(reader, scope, node)) return organisation_not_found(node);
  std::vector<BranchOn> rows;
  for (const Place& child : children(reader, scope.structure, node, on)) {
    rows.push_back({child.organisation, child.code, child.name, child.kind,
                    count_on(reader, scope.structure, child.organisation, on)});
  }
  return rows;
}

Result<MemberOnPage> members_on(db::Reader& reader, const Scope& scope,
                                const MembersOnQuery& query) {
  if (const auto error = refuse_limit(query.limit)) return *error;
  if (!in_scope(reader, scope, query.organisation)) {
    return organisation_not_found(query.organisation);
  }
  MemberOnPage page{
      reader.all<MemberOn>(sql::history::members_on, scope.structure, query.organisation, query.on,
                           query.stage, query.status, query.after, query.limit + 1),
      {}};
  if (page.rows.size() > static_cast<std::size_t>(query.limit)) {
    page.rows.pop_back();
    page.next = std::to_string(page.rows.back().person);
  }
  return page;
}

}  // namespace jishi::registry
