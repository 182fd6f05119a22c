#include "modules/identity/first_start/first_start.hpp"

#include "modules/identity/first_start/first_start.sql.hpp"
#include "modules/identity/links/links.hpp"

namespace jishi::identity {

namespace {

constexpr Administrator kAdministrators[] = {Administrator::system, Administrator::security,
                                             Administrator::audit};

Separated separated_of(Administrator administrator) {
  switch (administrator) {
    case Administrator::system: return Separated::system;
    case Administrator::security: return Separated::security;
    case Administrator::audit: return Separated::audit;
  }
  return Separated::none;
}

// The pack's role of an administrator; nullptr where it has none.
const Role* role_of(const Roles& roles, Administrator administrator) {
  for (const Role& role : roles.all()) {
    if (role.separated == separated_of(administrator)) return &role;
  }
  return nullptr;
}

bool is_held(db::Reader& reader, const Roles& roles, Administrator administrator) {
  return std::any_of(roles.all().begin(), roles.all().end(), [&](const Role& role) {
    return role.separated == separated_of(administrator) &&
           reader.one<std::int64_t>(sql::first_start::ever_granted, role.id).value_or(0) > 0;
  });
}

// A link for an account that is there already would be the way into it.
Error refuse_known(Transaction& tx, const Roles& roles, const Account& known, const Role& role) {
  if (known.id == tx.actor().id) return fail(ErrorKind::refused, "identity.not_oneself");
  Grant grant;
  grant.account = known.id;
  grant.role = role.id;
  grant.structure = registry::kPartyStructure;
  grant.from = tx.store().clock().today();
  if (auto refusal = refuse_grant(roles, grants_of(tx, known.id, grant.from), grant))
    return std::move(*refusal);
  return fail(ErrorKind::conflict, "identity.login_taken", {{"login", known.login}});
}

}  // namespace

bool is_first_account(db::Reader& reader, const Roles& roles, Id account, Date today) {
  if (account == kNoId || reader.one<Id>(sql::first_start::first_account) != account) return false;
  const auto grants = grants_of(reader, account, today);
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    const Role* role = roles.find(grant.role);
    return role != nullptr && grant.organisation == kNoId && grant.from <= today &&
           grant.structure == registry::kPartyStructure && role->permissions.has("registry.write");
  });
}

std::vector<HeldAdministrator> administrators(db::Reader& reader, const Roles& roles) {
  std::vector<HeldAdministrator> all;
  for (const Administrator administrator : kAdministrators)
    all.push_back({administrator, is_held(reader, roles, administrator)});
  return all;
}

Result<Appointed> appoint_administrator(Transaction& tx, const Roles& roles,
                                        const AppointAdministrator& asked) {
  const std::string name = boost::describe::enum_to_string(asked.separated, "");
  const Role* role = role_of(roles, asked.separated);
  if (role == nullptr) return fail(ErrorKind::invalid, "identity.role_unknown", {{"role", name}});
  if (is_held(tx, roles, asked.separated))
    return fail(ErrorKind::conflict, "identity.administrator_held", {{"role", role->id}});
  if (const auto known = account_of_login(tx, asked.login))
    return refuse_known(tx, roles, *known, *role);
  auto made = add_account(tx, {asked.login, asked.name, std::nullopt, std::nullopt});
  if (!made) return made.error();
  GrantRole wanted;
  wanted.account = made->id;
  wanted.role = role->id;
  auto grant = grant_meant(tx, roles, wanted, tx.store().clock().today());
  if (!grant) return grant.error();
  if (const auto granted = add_grant(tx, roles, std::move(*grant)); !granted)
    return granted.error();
  const Link link = make_link_to(tx, *made);
  return Appointed{std::move(*made), link};
}

}  // namespace jishi::identity
