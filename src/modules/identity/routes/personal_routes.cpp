#include "modules/identity/routes/personal_routes.hpp"

#include "api/segment_id.hpp"

namespace jishi::identity {

namespace {

using api::Call;
using api::Nothing;
using http::Method;

Result<api::Acknowledged> acknowledged(const Result<Done>& done) {
  if (!done) return done.error();
  return api::Acknowledged{};
}

template <class Item>
Result<api::Page<Item>> page_of(Result<std::vector<Item>> items) {
  if (!items) return items.error();
  return api::Page<Item>{std::move(*items), std::nullopt};
}

struct WithPassword {
  std::string password;
};
BOOST_DESCRIBE_STRUCT(WithPassword, (), (password))

struct WithCode {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(WithCode, (), (code))

/// Values that were looked at, for a purpose that stands in the ledger.
struct Seen {
  std::vector<SeenField> fields;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (fields))

void factor_routes(api::Routes& routes, Identity& identity) {
  const api::Subject own = api::own_account();
  routes.act<WithPassword>(Method::post, "/api/v1/session/second-factor",
                           {"identity.propose_second_factor", {}, own},
                           [&](Call& call, const WithPassword& proof) {
                             call.headers.emplace_back("Cache-Control", "no-store");
                             return identity.propose_second_factor(call.caller, proof.password);
                           });
  routes.act<WithCode>(Method::put, "/api/v1/session/second-factor",
                       {"identity.confirm_second_factor", {}, own},
                       [&](Call& call, const WithCode& proof) -> Result<RecoveryCodes> {
                         const auto on = identity.confirm_second_factor(call.caller, proof.code);
                         if (!on) return on.error();
                         call.headers.push_back(Identity::renewed_session(call.request, *on));
                         return static_cast<const RecoveryCodes&>(*on);
                       });
  routes.act<ProveOneself>(Method::post, "/api/v1/session/recovery-codes",
                           {"identity.renew_recovery_codes", {}, own},
                           [&](Call& call, const ProveOneself& proof) {
                             call.headers.emplace_back("Cache-Control", "no-store");
                             return identity.renew_recovery_codes(call.caller, proof);
                           });
  routes.act<ProveOneself>(Method::post, "/api/v1/session/second-factor/removal",
                           {"identity.drop_second_factor", {}, own},
                           [&](Call& call, const ProveOneself& proof) -> Result<api::Acknowledged> {
                             const auto off = identity.drop_second_factor(call.caller, proof);
                             if (!off) return off.error();
                             call.headers.push_back(Identity::renewed_session(call.request, *off));
                             return api::Acknowledged{};
                           });
  routes.act<Nothing>(
      Method::del, "/api/v1/accounts/{account}/second-factor",
      {"identity.remove_second_factor", "identity.reset_factors", api::anywhere()},
      [&](Call& call, const Nothing&) {
        return acknowledged(identity.reset_second_factor(call.caller, api::id_in(call, "account")));
      });
}

void token_routes(api::Routes& routes, Identity& identity) {
  const api::Subject own = api::own_account();
  routes
      .act<MakeToken>(Method::post, "/api/v1/tokens", {"identity.make_token", {}, own},
                      [&](Call& call, const MakeToken& asked) {
                        call.headers.emplace_back("Cache-Control", "no-store");
                        return identity.make_token(call.caller, asked);
                      })
      .status = 201;
  routes.get_slowly<Nothing>(
      "/api/v1/tokens", {"identity.list_tokens", {}, own},
      [&](Call& call, const Nothing&) { return page_of(identity.tokens(call.caller)); });
  routes.act<Nothing>(
      Method::del, "/api/v1/tokens/{token}", {"identity.revoke_token", {}, own},
      [&](Call& call, const Nothing&) {
        return acknowledged(identity.revoke_token(call.caller, api::id_in(call, "token")));
      });
}

struct AccessFor {
  Id account = kNoId;
  std::string reason;
  int days = 1;
};
BOOST_DESCRIBE_STRUCT(AccessFor, (), (account, reason, days))

struct LookAt {
  std::vector<std::string> fields;
  std::string purpose;
};
BOOST_DESCRIBE_STRUCT(LookAt, (), (fields, purpose))

}  // namespace

void own_routes(api::Routes& routes, Identity& identity) {
  factor_routes(routes, identity);
  token_routes(routes, identity);
}

void access_routes(api::Routes& routes, Identity& identity) {
  const api::Subject person = api::person_in("person");
  routes.act<LookAt>(
      Method::post, "/api/v1/persons/{person}/looks", {"identity.look", "registry.unmask", person},
      [&](Call& call, const LookAt& asked) -> Result<Seen> {
        auto seen = identity.look(call.caller,
                                  {registry::Reference(call.subject), asked.fields, asked.purpose});
        if (!seen) return seen.error();
        call.headers.emplace_back("Cache-Control", "no-store");
        return Seen{std::move(*seen)};
      });
  routes
      .act<AccessFor>(Method::post, "/api/v1/persons/{person}/accesses",
                      {"identity.give_access", api::kSee, person},
                      [&](Call& call, const AccessFor& asked) {
                        return identity.give_access(
                            call.caller, {asked.account, registry::Reference(call.subject),
                                          asked.reason, asked.days});
                      })
      .status = 201;
  routes.get_slowly<Nothing>("/api/v1/persons/{person}/accesses",
                             {"identity.list_accesses_to", api::kSee, person},
                             [&](Call& call, const Nothing&) {
                               return page_of(identity.accesses_to(call.caller, call.subject));
                             });
  routes.get_slowly<Nothing>(
      "/api/v1/accesses", {"identity.list_accesses", {}, api::own_account()},
      [&](Call& call, const Nothing&) { return page_of(identity.accesses(call.caller)); });
  routes.act<Nothing>(Method::del, "/api/v1/accesses/{access}",
                      {"identity.end_access", {}, api::own_account()},
                      [&](Call& call, const Nothing&) {
                        return identity.end_access(call.caller, api::id_in(call, "access"));
                      });
  routes.get_slowly<Nothing>(
      "/api/v1/notices", {"identity.list_notices", {}, api::own_account()},
      [&](Call& call, const Nothing&) { return page_of(identity.notices(call.caller)); });
  routes.get_slowly<Nothing>(
      "/api/v1/organisations/{organisation}/notices",
      {"identity.list_notices_of", api::kSee, api::organisation_in("organisation")},
      [&](Call& call, const Nothing&) {
        return page_of(identity.notices_of(call.caller, call.subject));
      });
}

}  // namespace jishi::identity
