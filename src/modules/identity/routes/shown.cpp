#include "modules/identity/routes/shown.hpp"

#include "modules/registry/registry.hpp"

namespace jishi::identity {

Result<Me> me(const api::Call& call, Identity& identity) {
  const auto grants = identity.grants(call.caller, call.caller.account);
  if (!grants) return grants.error();
  Me me;
  me.by_token = call.caller.by_token;
  me.must_enrol = call.caller.must_enrol;
  me.csrf = identity.csrf_of(call.caller);
  for (const api::PermissionEntry& permission : api::kPermissions) {
    if (identity.may_somewhere(call.caller, permission.name))
      me.permissions.emplace_back(permission.name);
  }
  return call.store.read([&](db::Reader& reader) -> Result<Me> {
    auto account = account_meant(reader, call.caller.account);
    if (!account) return account.error();
    me.account = std::move(*account);
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

std::vector<ShownRole> shown_roles(const Roles& roles, Language language) {
  std::vector<ShownRole> shown;
  for (const Role& role : roles.all()) {
    ShownRole one{role.id, role.name(language), {}, role.two_factor, role.reach, role.separated};
    for (const api::PermissionEntry& permission : api::kPermissions) {
      if (role.permissions.has(permission.name)) one.permissions.emplace_back(permission.name);
    }
    shown.push_back(std::move(one));
  }
  return shown;
}

}  // namespace jishi::identity
