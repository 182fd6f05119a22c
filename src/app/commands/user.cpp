// Accounts from the command line, as the owner of the data folder: how the first ones come about.

#include "app/commands.hpp"
#include "app/table.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::app {

namespace {

using boost::json::object;
using identity::Account;
using identity::Identity;

api::Caller owner(const Context& context) {
  api::Caller caller;
  caller.owner = true;
  caller.language = context.settings.language;
  return caller;
}

/// A store and the accounts in it.
struct Accounts {
  std::unique_ptr<Store> store;
  std::unique_ptr<Identity> identity;

  Result<Account> named(const std::string& login) {
    auto found =
        store->read([&](db::Reader& reader) { return identity::account_of_login(reader, login); });
    if (!found) return fail(ErrorKind::not_found, "app.login_unknown", {{"login", login}});
    return std::move(*found);
  }
};

Result<Accounts> open_accounts(const Context& context, bool create = false) {
  const auto pack = pack_folder(context);
  if (!pack) return pack.error();
  auto store = open_store(context, create);
  if (!store) return store.error();
  identity::IdentityOptions options;
  options.pack = *pack;
  auto identity = Identity::open(**store, options);
  if (!identity) return identity.error();
  return Accounts{std::move(*store), std::move(*identity)};
}

std::string state_text(const Context& context, const Account& account) {
  switch (account.state) {
    case identity::AccountState::invited: return context.say("app.account_invited");
    case identity::AccountState::active: return context.say("app.account_active");
    case identity::AccountState::disabled: break;
  }
  return context.say("app.account_disabled");
}

// `role`: what was granted; a member's reaches nobody but themselves, though it names no place.
std::string place_text(const Context& context, Store& store, const identity::Role* role,
                       const identity::Grant& grant) {
  if (role != nullptr && role->reach == identity::Reach::self) return context.say("app.oneself");
  if (grant.organisation == kNoId) return context.say("app.everywhere");
  const auto at = store.read(
      [&](db::Reader& reader) { return registry::organisation(reader, grant.organisation); });
  return at ? at->name : std::to_string(grant.organisation);
}

std::string roles_text(const Context& context, Accounts& accounts, Id account) {
  std::string text;
  const auto grants = accounts.identity->grants(owner(context), account);
  if (!grants) return text;
  for (const identity::Grant& grant : *grants) {
    const identity::Role* role = accounts.identity->roles().find(grant.role);
    text += (text.empty() ? "" : ", ") +
            (role == nullptr ? grant.role : role->name(context.settings.language)) + " @ " +
            place_text(context, *accounts.store, role, grant);
  }
  return text;
}

}  // namespace

Result<Status> run_user_add(const Context& context, const UserAddOptions& options) {
  auto accounts = open_accounts(context, true);
  if (!accounts) return accounts.error();
  identity::NewAccount made;
  made.login = options.login;
  if (!options.name.empty()) made.name = options.name;
  if (!options.person.empty()) made.person = registry::Reference(options.person);
  made.language =
      context.settings.language == Language::en ? identity::Tongue::en : identity::Tongue::zh;
  const auto account = accounts->identity->add_account(owner(context), made);
  if (!account) return account.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*account)));
  } else {
    context.console.line(context.say("app.user_added", {{"login", account->login}}));
  }
  return Status::done;
}

Result<Status> run_user_grant(const Context& context, const UserGrantOptions& options) {
  auto accounts = open_accounts(context);
  if (!accounts) return accounts.error();
  const auto account = accounts->named(options.login);
  if (!account) return account.error();
  identity::GrantRole asked;
  asked.account = account->id;
  asked.role = options.role;
  if (!options.organisation.empty()) asked.organisation = registry::Reference(options.organisation);
  if (!options.structure.empty()) asked.structure = options.structure;
  const auto grant = accounts->identity->grant_role(owner(context), asked);
  if (!grant) return grant.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*grant)));
  } else {
    const identity::Role* role = accounts->identity->roles().find(grant->role);
    context.console.line(context.say(
        "app.user_granted", {{"login", account->login},
                             {"role", grant->role},
                             {"place", place_text(context, *accounts->store, role, *grant)}}));
  }
  return Status::done;
}

Result<Status> run_user_link(const Context& context, const UserOptions& options) {
  auto accounts = open_accounts(context);
  if (!accounts) return accounts.error();
  const auto account = accounts->named(options.login);
  if (!account) return account.error();
  const auto link = accounts->identity->make_link(owner(context), account->id);
  if (!link) return link.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*link)));
  } else {
    context.console.line(link->path);
    context.console.note(context.say("app.user_link_note", {{"login", account->login}}));
  }
  return Status::done;
}

Result<Status> run_user_list(const Context& context, const UserListOptions&) {
  auto accounts = open_accounts(context);
  if (!accounts) return accounts.error();
  Table table({{context.say("app.title_login")},
               {context.say("app.title_name")},
               {context.say("app.title_state")},
               {context.say("app.title_roles")}});
  std::string after;
  for (;;) {
    const auto page = accounts->identity->accounts(owner(context), after, identity::kMaxListed);
    if (!page) return page.error();
    for (const Account& account : *page) {
      if (context.settings.json) {
        context.console.line(boost::json::serialize(jishi::to_json(account)));
      } else {
        table.row({account.login, account.name, state_text(context, account),
                   roles_text(context, *accounts, account.id)});
      }
    }
    if (page->size() < static_cast<std::size_t>(identity::kMaxListed)) break;
    after = page->back().login;
  }
  if (context.settings.json) return Status::done;
  context.console.line(table.empty() ? context.say("app.users_none") : table.text());
  return Status::done;
}

Result<Status> run_user_enable(const Context& context, const UserEnableOptions& options) {
  auto accounts = open_accounts(context);
  if (!accounts) return accounts.error();
  const auto account = accounts->named(options.login);
  if (!account) return account.error();
  const auto set = accounts->identity->set_enabled(owner(context), account->id, options.enabled);
  if (!set) return set.error();
  if (context.settings.json) {
    context.console.line(boost::json::serialize(jishi::to_json(*set)));
  } else {
    context.console.line(context.say(
        "app.user_state", {{"login", set->login}, {"state", state_text(context, *set)}}));
  }
  return Status::done;
}

Result<Status> run_user_end_sessions(const Context& context, const UserOptions& options) {
  auto accounts = open_accounts(context);
  if (!accounts) return accounts.error();
  const auto account = accounts->named(options.login);
  if (!account) return account.error();
  const auto ended = accounts->identity->end_sessions_of(owner(context), account->id);
  if (!ended) return ended.error();
  if (context.settings.json) {
    context.console.line(
        boost::json::serialize(object{{"login", account->login}, {"ended", *ended}}));
  } else {
    context.console.line(context.say("app.user_sessions_ended",
                                     {{"login", account->login}, {"count", grouped(*ended)}}));
  }
  return Status::done;
}

}  // namespace jishi::app
