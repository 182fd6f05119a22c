#include "modules/registry/history/history.hpp"

#include "api/paging.hpp"
#include "modules/registry/fields/field_text.hpp"
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

/// A place in a list: behind this person, by the key that it is sorted by.
struct Behind {
  Id person = kNoId;
  std::string key;
};

// person.key: a key may hold anything.
Result<Behind> behind_of(const std::optional<std::string>& text) {
  if (!text) return Behind{};
  const auto end = text->find('.');
  const auto person = detail::id_in(std::string_view(*text).substr(0, end));
  if (person == kNoId || end == text->npos)
    return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
  return Behind{person, text->substr(end + 1)};
}

std::string key_of(const MemberOn& member, MemberOnOrder order) {
  switch (order) {
    case MemberOnOrder::name: return member.name;
    case MemberOnOrder::number: return member.number;
    case MemberOnOrder::recorded: break;
  }
  return {};
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
                    count_on(reader, scope.structure, child.organisation, on),
                    reader
                        .one<std::int64_t>(sql::history::count_children, scope.structure,
                                           child.organisation, on)
                        .value_or(0)});
  }
  return rows;
}

Result<api::Page<MemberOn>> members_on(db::Reader& reader, const Scope& scope,
                                       const MembersOnQuery& query) {
  if (const auto error = refuse_limit(query.limit)) return *error;
  if (!in_scope(reader, scope, query.organisation)) {
    return organisation_not_found(query.organisation);
  }
  const auto behind = behind_of(query.after);
  if (!behind) return behind.error();
  const auto& statement =
      query.descending ? sql::history::members_on_downwards : sql::history::members_on;
  api::Page<MemberOn> page{
      reader.all<MemberOn>(statement, scope.structure, query.organisation, query.on, query.stage,
                           query.status, query.sex, query.name,
                           boost::describe::enum_to_string(query.order, ""), query.after ? 1 : 0,
                           behind->key, behind->person, query.limit + 1),
      {}};
  if (api::cut_to_page(page.items, query.limit)) {
    const MemberOn& last = page.items.back();
    page.next = std::to_string(last.person) + "." + key_of(last, query.order);
  }
  return page;
}

}  // namespace jishi::registry
