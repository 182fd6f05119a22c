#include "modules/identity/routes/shown.hpp"

#include "base/text.hpp"
#include "base/texts.hpp"
#include "modules/identity/routes/role_places.sql.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::identity {

Result<Me> me(const api::Call& call, Identity& identity) {
  const auto sight = identity.sight_of(call.caller);
  const Id shown = sight ? sight->seen : call.caller.account;
  const auto grants = identity.grants(call.caller, shown);
  if (!grants) return grants.error();
  Me me;
  me.by_token = call.caller.by_token;
  me.must_enrol = call.caller.must_enrol;
  me.csrf = identity.csrf_of(call.caller);
  for (const api::PermissionEntry& permission : api::kPermissions) {
    if (identity.holds_somewhere(call.caller, permission.name))
      me.permissions.emplace_back(permission.name);
  }
  return call.store.read([&](db::Reader& reader) -> Result<Me> {
    auto account = account_meant(reader, shown);
    if (!account) return account.error();
    me.account = std::move(*account);
    if (sight) {
      const auto by = jishi::identity::account(reader, call.caller.account);
      me.sight =
          SightNow{by ? by->name : std::string(), identity.sees_whole(call.caller), sight->expires};
    }
    for (const Grant& grant : *grants) {
      const Role* role = identity.roles().find(grant.role);
      const auto organisation = registry::organisation(reader, grant.organisation);
      me.roles.push_back({grant.id, grant.role,
                          role == nullptr ? grant.role : role->name(call.language()),
                          grant.organisation, organisation ? organisation->name : std::string(),
                          grant.structure, grant.to});
    }
    return me;
  });
}

std::vector<ShownRole> shown_roles(const api::Call& call, Identity& identity) {
  std::vector<ShownRole> shown;
  for (const Role& role : identity.roles().all()) {
    ShownRole one{role.id,
                  role.name(call.language()),
                  {},
                  role.two_factor,
                  role.reach,
                  role.separated,
                  identity.may_grant_somewhere(call.caller, role.id)};
    for (const api::PermissionEntry& permission : api::kPermissions) {
      if (role.permissions.has(permission.name)) one.permissions.emplace_back(permission.name);
    }
    shown.push_back(std::move(one));
  }
  return shown;
}

std::vector<ShownGrant> shown_grants(const api::Call& call, const Roles& roles,
                                     const std::vector<Grant>& grants) {
  return call.store.read([&](db::Reader& reader) {
    std::vector<ShownGrant> shown;
    for (const Grant& grant : grants) {
      const Role* role = roles.find(grant.role);
      const auto organisation = registry::organisation(reader, grant.organisation);
      const auto made_by = account(reader, grant.made_by);
      shown.push_back({grant.id, grant.account, grant.role,
                       role == nullptr ? grant.role : role->name(call.language()),
                       grant.organisation, organisation ? organisation->name : std::string(),
                       organisation ? organisation->code : std::string(), grant.structure,
                       grant.from, grant.to, grant.made, grant.made_by,
                       made_by ? made_by->name : std::string()});
    }
    return shown;
  });
}

std::vector<ShownPermission> shown_permissions(Language language) {
  std::vector<ShownPermission> shown;
  for (const api::PermissionEntry& permission : api::kPermissions)
    shown.push_back(
        {std::string(permission.name), say(language, permission.name), permission.member_data});
  return shown;
}

std::vector<RolePlace> role_places(const api::Call& call, std::string_view words) {
  const std::string name = tidy(words);
  const auto found = call.store.read([&](db::Reader& reader) {
    return reader.all<RolePlace>(sql::role_places::found, name, call.store.clock().today(),
                                 kMaxPlacesLookedAt);
  });
  std::vector<RolePlace> places;
  for (const RolePlace& place : found) {
    if (places.size() == static_cast<std::size_t>(kMaxRolePlaces)) break;
    if (call.gate.may(call.caller, call.permission, place.organisation)) places.push_back(place);
  }
  return places;
}

}  // namespace jishi::identity
