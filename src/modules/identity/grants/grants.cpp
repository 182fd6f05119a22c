#include "modules/identity/grants/grants.hpp"

#include <boost/json.hpp>

#include "modules/identity/facts.hpp"
#include "modules/identity/grants/grants.sql.hpp"

namespace jishi::identity {

namespace {

bool overlap(const Grant& one, const Grant& other) {
  return (!one.to || other.from < *one.to) && (!other.to || one.from < *other.to);
}

bool same_place(const Grant& one, const Grant& other) {
  return one.role == other.role && one.organisation == other.organisation &&
         one.structure == other.structure;
}

void tell(Transaction& tx, FactKind kind, const Grant& grant) {
  boost::json::object payload{{"role", grant.role}, {"structure", grant.structure}};
  if (kind == fact::kRoleGranted) {
    payload["from"] = to_iso(grant.from);
    if (grant.to) payload["to"] = to_iso(*grant.to);
  }
  const auto of = account(tx, grant.account);
  tx.fact(kind, tx.store().clock().today(), grant.organisation,
          {.person = of && of->person ? *of->person : kNoId,
           .subject = grant.account,
           .payload = boost::json::serialize(payload)});
}

}  // namespace

std::optional<Error> refuse_grant(const Roles& roles, const std::vector<Grant>& held,
                                  const Grant& grant) {
  const Role* role = roles.find(grant.role);
  if (role == nullptr) {
    return fail(ErrorKind::invalid, "identity.role_unknown", {{"role", grant.role}});
  }
  for (const Grant& other : held) {
    if (!overlap(grant, other)) continue;
    if (same_place(grant, other)) {
      return fail(ErrorKind::conflict, "identity.already_granted", {{"role", grant.role}});
    }
    const Role* held_role = roles.find(other.role);
    if (held_role != nullptr && !may_be_held_together(*role, *held_role)) {
      return fail(ErrorKind::refused, "identity.roles_separated",
                  {{"role", grant.role}, {"held", other.role}});
    }
  }
  if (held.size() >= kMaxGrants) {
    return fail(ErrorKind::refused, "identity.too_many_grants",
                {{"most", std::to_string(kMaxGrants)}});
  }
  return std::nullopt;
}

Result<Grant> grant_meant(db::Reader& reader, const Roles& roles, const GrantRole& asked,
                          Date today) {
  const Role* role = roles.find(asked.role);
  if (role == nullptr) {
    return fail(ErrorKind::invalid, "identity.role_unknown", {{"role", asked.role}});
  }
  const auto of = account_meant(reader, asked.account);
  if (!of) return of.error();
  if (of->state == AccountState::disabled) {
    return fail(ErrorKind::refused, "identity.account_is_disabled");
  }
  auto structure = registry::structure_of(asked.structure);
  if (!structure) return structure.error();
  Grant grant;
  grant.account = asked.account;
  grant.role = asked.role;
  grant.structure = std::move(*structure);
  grant.from = asked.from.value_or(today);
  if (asked.until) grant.to = *asked.until + std::chrono::days(1);
  if (grant.from < today || (grant.to && *grant.to <= grant.from)) {
    return fail(ErrorKind::invalid, "identity.grant_days", {{"today", to_iso(today)}});
  }
  if (asked.organisation && !asked.organisation->empty()) {
    const auto meant = registry::organisation_meant(reader, *asked.organisation);
    if (!meant) return meant.error();
    grant.organisation = *meant;
    if (!registry::is_under(reader, grant.structure, *meant, *meant)) {
      return fail(ErrorKind::refused, "identity.organisation_not_in_structure",
                  {{"code", asked.organisation->text()}});
    }
  } else if (role->reach == Reach::own) {
    return fail(ErrorKind::invalid, "identity.organisation_needed", {{"role", asked.role}});
  }
  return grant;
}

Result<Grant> add_grant(Transaction& tx, const Roles& roles, Grant grant) {
  const Date today = tx.store().clock().today();
  if (auto refusal = refuse_grant(roles, grants_of(tx, grant.account, today), grant)) {
    return std::move(*refusal);
  }
  grant.id = tx.new_id();
  grant.made = tx.store().clock().now_ms();
  grant.made_by = tx.actor().id;
  tx.run(sql::grants::add, grant.id, grant.account, grant.role, grant.organisation, grant.structure,
         grant.from, grant.to, grant.made, grant.made_by);
  tell(tx, fact::kRoleGranted, grant);
  return grant;
}

Result<Grant> end_grant(Transaction& tx, Id id) {
  const Date today = tx.store().clock().today();
  auto found = grant(tx, id);
  if (!found) return fail(ErrorKind::not_found, "identity.grant_unknown");
  // One that has not begun yet never will: it ends on its first day.
  const Date end = std::max(found->from, today);
  if (found->to && *found->to <= end) return fail(ErrorKind::not_found, "identity.grant_unknown");
  found->to = end;
  tx.run(sql::grants::end, id, *found->to);
  tell(tx, fact::kRoleEnded, *found);
  return std::move(*found);
}

std::optional<Grant> grant(db::Reader& reader, Id id) {
  return reader.one<Grant>(sql::grants::by_id, id);
}

std::vector<Grant> grants_of(db::Reader& reader, Id account, Date today, bool past) {
  return reader.all<Grant>(sql::grants::of_account, account, past, today);
}

}  // namespace jishi::identity
