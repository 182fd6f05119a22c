#include "modules/identity/routes/routes.hpp"

#include "api/paging.hpp"
#include "api/segment_id.hpp"
#include "modules/identity/routes/personal_routes.hpp"
#include "modules/identity/routes/shown.hpp"
#include "modules/identity/routes/sight_routes.hpp"

namespace jishi::identity {

namespace {

using api::Call;
using api::Nothing;
using http::Method;

constexpr api::Permission kManage = "identity.manage_accounts";
constexpr api::Permission kRead = "identity.read_accounts";
constexpr api::Permission kGrant = "identity.grant_roles";

/// Sends the cookies of a session that was opened, and tells what its page needs.
Result<Entered> entered(Call& call, Result<SignedIn> signed_in) {
  if (!signed_in) return signed_in.error();
  for (auto& cookie : signed_in->cookies) call.headers.push_back(std::move(cookie));
  call.headers.emplace_back("Cache-Control", "no-store");
  return Entered{std::move(signed_in->account), std::move(signed_in->csrf), signed_in->must_enrol};
}

Result<api::Acknowledged> acknowledged(const Result<Done>& done) {
  if (!done) return done.error();
  return api::Acknowledged{};
}

Result<api::Acknowledged> renewed(Call& call, const Result<NewToken>& token) {
  if (!token) return token.error();
  call.headers.push_back(Identity::renewed_session(call.request, *token));
  return api::Acknowledged{};
}

struct LinkToken {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(LinkToken, (), (token))

void session_routes(api::Routes& routes, Identity& identity) {
  routes
      .act<SignIn>(Method::post, "/api/v1/sessions", {"identity.sign_in", {}, api::open_to_all()},
                   [&](Call& call, const SignIn& asked) {
                     return entered(call, identity.sign_in(call.request, asked));
                   })
      .status = 201;
  routes.get_slowly<Nothing>("/api/v1/session", {"identity.show_session", {}, api::own_account()},
                             [&](Call& call, const Nothing&) { return me(call, identity); });
  routes.act<Nothing>(Method::del, "/api/v1/session", {"identity.sign_out", {}, api::own_account()},
                      [&](Call& call, const Nothing&) {
                        call.headers.push_back(Identity::forget_session(call.request));
                        return acknowledged(identity.sign_out(call.caller));
                      });
  routes.get_slowly<Nothing>("/api/v1/sessions", {"identity.list_sessions", {}, api::own_account()},
                             [&](Call& call, const Nothing&) -> Result<api::Page<SessionShown>> {
                               auto sessions = identity.sessions(call.caller);
                               if (!sessions) return sessions.error();
                               return api::Page<SessionShown>{std::move(*sessions), std::nullopt};
                             });
  routes.act<Nothing>(
      Method::del, "/api/v1/sessions/{session}", {"identity.end_session", {}, api::own_account()},
      [&](Call& call, const Nothing&) {
        return acknowledged(identity.end_session(call.caller, api::id_in(call, "session")));
      });
  routes.act<Nothing>(Method::del, "/api/v1/sessions",
                      {"identity.sign_out_everywhere", {}, api::own_account()},
                      [&](Call& call, const Nothing&) -> Result<Ended> {
                        const auto ended = identity.sign_out_everywhere(call.caller, true);
                        if (!ended) return ended.error();
                        call.headers.push_back(Identity::forget_session(call.request));
                        return Ended{*ended};
                      });
}

void password_routes(api::Routes& routes, Identity& identity) {
  routes.act<ChangePassword>(Method::put, "/api/v1/session/password",
                             {"identity.change_password", {}, api::own_account()},
                             [&](Call& call, const ChangePassword& change) {
                               return renewed(call, identity.change_password(call.caller, change));
                             });
  routes
      .act<UseLink>(Method::post, "/api/v1/sessions/by-link",
                    {"identity.use_link", {}, api::open_to_all()},
                    [&](Call& call, const UseLink& asked) {
                      return entered(call, identity.use_link(call.request, asked));
                    })
      .status = 201;
  // The token goes in the body: addresses are written down along the way.
  routes.act<LinkToken>(
      Method::post, "/api/v1/link-lookups", {"identity.show_link", {}, api::open_to_all()},
      [&](Call&, const LinkToken& asked) { return identity.show_link(asked.token); });
  routes
      .act<Nothing>(Method::post, "/api/v1/accounts/{account}/links",
                    {"identity.make_link", kManage, api::anywhere()},
                    [&](Call& call, const Nothing&) {
                      return identity.make_link(call.caller, api::id_in(call, "account"));
                    })
      .status = 201;
}

struct AccountsAfter {
  std::optional<std::string> q;       // login or name hold it
  std::optional<AccountState> state;  // invited | active | disabled
  std::optional<std::string> after;   // the login of the last one
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(AccountsAfter, (), (q, state, after, limit))

struct PlacesQuery {
  std::string q;  // code or name hold it
};
BOOST_DESCRIBE_STRUCT(PlacesQuery, (), (q))

Result<api::Page<Account>> accounts_page(Call& call, Identity& identity,
                                         const AccountsAfter& query) {
  const auto limit = api::page_limit(query.limit, kMaxListed);
  if (!limit) return limit.error();
  auto accounts =
      identity.accounts(call.caller, query.after.value_or(""), *limit + 1, {query.q, query.state});
  if (!accounts) return accounts.error();
  api::Page<Account> page{std::move(*accounts), std::nullopt};
  if (api::cut_to_page(page.items, *limit)) page.next = page.items.back().login;
  return page;
}

struct Enabled {
  bool enabled = true;
};
BOOST_DESCRIBE_STRUCT(Enabled, (), (enabled))

void account_routes(api::Routes& routes, Identity& identity) {
  const api::Subject anywhere = api::anywhere();
  routes.list<AccountsAfter>(
      "/api/v1/accounts", {"identity.list_accounts", kRead, anywhere},
      [&](Call& call, const AccountsAfter& query) { return accounts_page(call, identity, query); });
  routes
      .act<NewAccount>(Method::post, "/api/v1/accounts",
                       {"identity.add_account", kManage, anywhere},
                       [&](Call& call, const NewAccount& made) {
                         return identity.add_account(call.caller, made);
                       })
      .status = 201;
  routes.get_slowly<Nothing>("/api/v1/accounts/{account}",
                             {"identity.show_account", kRead, anywhere},
                             [&](Call& call, const Nothing&) {
                               return identity.account_of(call.caller, api::id_in(call, "account"));
                             });
  routes.act<Enabled>(
      Method::put, "/api/v1/accounts/{account}/enabled",
      {"identity.enable_account", kManage, anywhere}, [&](Call& call, const Enabled& wanted) {
        return identity.set_enabled(call.caller, api::id_in(call, "account"), wanted.enabled);
      });
  routes.act<Nothing>(Method::del, "/api/v1/accounts/{account}/sessions",
                      {"identity.end_sessions", kManage, anywhere},
                      [&](Call& call, const Nothing&) -> Result<Ended> {
                        const auto ended =
                            identity.end_sessions_of(call.caller, api::id_in(call, "account"));
                        if (!ended) return ended.error();
                        return Ended{*ended};
                      });
}

void role_routes(api::Routes& routes, Identity& identity) {
  const api::Subject anywhere = api::anywhere();
  routes.get<Nothing>(
      "/api/v1/roles", {"identity.list_roles", {}, api::own_account()},
      [&](Call& call, const Nothing&) {
        return Result(api::Page<ShownRole>{shown_roles(call, identity), std::nullopt});
      });
  routes.get<Nothing>(
      "/api/v1/permissions", {"identity.list_permissions", {}, api::own_account()},
      [](Call& call, const Nothing&) {
        return Result(api::Page<ShownPermission>{shown_permissions(call.language()), std::nullopt});
      });
  routes.get_slowly<PlacesQuery>(
      "/api/v1/role-places", {"identity.role_places", kGrant, anywhere},
      [](Call& call, const PlacesQuery& query) {
        return Result(api::Page<RolePlace>{role_places(call, query.q), std::nullopt});
      });
  // An auditor looks for what happened at an organisation by its name.
  routes.get_slowly<PlacesQuery>(
      "/api/v1/audit/places", {"identity.audit_places", "audit.read", anywhere},
      [](Call& call, const PlacesQuery& query) {
        return Result(api::Page<RolePlace>{role_places(call, query.q), std::nullopt});
      });
  routes.get_slowly<Nothing>(
      "/api/v1/accounts/{account}/grants", {"identity.list_grants", {}, api::own_account()},
      [&](Call& call, const Nothing&) -> Result<api::Page<ShownGrant>> {
        const auto grants = identity.grants(call.caller, api::id_in(call, "account"));
        if (!grants) return grants.error();
        return api::Page<ShownGrant>{shown_grants(call, identity.roles(), *grants), std::nullopt};
      });
  routes
      .act<GrantRole>(Method::post, "/api/v1/accounts/{account}/grants",
                      {"identity.grant_role", kGrant, anywhere},
                      [&](Call& call, const GrantRole& asked) {
                        return identity.grant_role(call.caller, asked);
                      })
      .status = 201;
  routes.act<Nothing>(Method::del, "/api/v1/grants/{grant}",
                      {"identity.end_grant", kGrant, anywhere}, [&](Call& call, const Nothing&) {
                        return identity.end_grant(call.caller, api::id_in(call, "grant"));
                      });
}

}  // namespace

void routes(api::Routes& routes, Identity& identity) {
  session_routes(routes, identity);
  password_routes(routes, identity);
  account_routes(routes, identity);
  role_routes(routes, identity);
  own_routes(routes, identity);
  access_routes(routes, identity);
  sight_routes(routes, identity);
}

}  // namespace jishi::identity
