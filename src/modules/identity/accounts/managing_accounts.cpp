// What administrators do with accounts, and whoever grants roles.

#include "modules/identity/facts.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

Result<Account> Identity::add_account(const api::Caller& caller, const NewAccount& made) {
  if (const auto needed = need(caller, "identity.manage_accounts"); !needed) return needed.error();
  return store_.write(Actor{caller.account},
                      [&](Transaction& tx) { return identity::add_account(tx, made); });
}

Result<Account> Identity::set_enabled(const api::Caller& caller, Id account, bool enabled) {
  if (const auto needed = need(caller, "identity.manage_accounts"); !needed) return needed.error();
  if (account == caller.account) return fail(ErrorKind::refused, "identity.not_oneself");
  auto set = store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Account> {
    auto done = identity::set_enabled(tx, account, enabled);
    if (done && !enabled) Sessions::end_all(tx, account);
    return done;
  });
  if (set) sessions_.ended(account);
  return set;
}

Result<Account> Identity::account_of(const api::Caller& caller, Id account) {
  if (caller.account != account || account == kNoId) {
    if (const auto needed = need(caller, "identity.read_accounts"); !needed) {
      return needed.error();
    }
  }
  return store_.read([&](db::Reader& reader) { return account_meant(reader, account); });
}

Result<std::vector<Account>> Identity::accounts(const api::Caller& caller,
                                                std::string_view after_login, int limit,
                                                const AccountFilter& filter) {
  if (const auto needed = need(caller, "identity.read_accounts"); !needed) return needed.error();
  return store_.read(
      [&](db::Reader& reader) { return accounts_after(reader, after_login, limit, filter); });
}

// Whoever administers an organisation grants there and below; administrators are granted at the
// command line only, and nobody grants to themselves.
bool Identity::may_grant(const api::Caller& caller, const Grant& grant) {
  if (caller.owner) return true;
  return grant.account != caller.account &&
         scope_.may_grant(caller, grant.role, grant.organisation, grant.structure);
}

Result<Grant> Identity::grant_role(const api::Caller& caller, const GrantRole& asked) {
  if (const auto needed = need(caller, "identity.grant_roles"); !needed) return needed.error();
  const Date today = store_.clock().today();
  return store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Grant> {
    auto meant = grant_meant(tx, roles_, asked, today);
    if (!meant) return meant;
    if (!may_grant(caller, *meant)) {
      return fail(ErrorKind::forbidden, "identity.may_not_grant", {{"role", asked.role}});
    }
    return add_grant(tx, roles_, std::move(*meant));
  });
}

Result<Grant> Identity::end_grant(const api::Caller& caller, Id id) {
  if (const auto needed = need(caller, "identity.grant_roles"); !needed) return needed.error();
  return store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Grant> {
    const auto held = grant(tx, id);
    if (!held || !may_grant(caller, *held)) {
      return fail(ErrorKind::not_found, "identity.grant_unknown");
    }
    return identity::end_grant(tx, id);
  });
}

Result<std::vector<Grant>> Identity::grants(const api::Caller& caller, Id account) {
  const bool own = caller.account == account || caller.seen == account;
  if (!own || account == kNoId) {
    if (const auto needed = need(caller, "identity.read_accounts"); !needed) return needed.error();
  }
  const Date today = store_.clock().today();
  return store_.read([&](db::Reader& reader) { return grants_of(reader, account, today, false); });
}

}  // namespace jishi::identity
