#include "modules/identity/routes/sight_routes.hpp"

namespace jishi::identity {

namespace {

using api::Call;
using api::Nothing;
using http::Method;

constexpr api::Permission kSeeAs = "identity.see_as";

struct AsWhom {
  std::string q;  // login or name hold it
};
BOOST_DESCRIBE_STRUCT(AsWhom, (), (q))

/// The page reads its session anew after this: it is another one.
struct SightBegun {
  Id id = kNoId;
  std::int64_t until = 0;
};
BOOST_DESCRIBE_STRUCT(SightBegun, (), (id, until))

}  // namespace

void sight_routes(api::Routes& routes, Identity& identity) {
  routes
      .act<BeginSight>(Method::post, "/api/v1/accounts/{account}/sights",
                       {"identity.begin_sight", kSeeAs, api::anywhere()},
                       [&](Call& call, const BeginSight& asked) -> Result<SightBegun> {
                         const auto begun = identity.begin_sight(call.caller, asked);
                         if (!begun) return begun.error();
                         return SightBegun{begun->id, begun->expires};
                       })
      .status = 201;
  routes.act<Nothing>(Method::del, "/api/v1/session/sight",
                      {"identity.end_sight", {}, api::own_account()},
                      [&](Call& call, const Nothing&) -> Result<api::Acknowledged> {
                        const auto ended = identity.end_sight(call.caller);
                        if (!ended) return ended.error();
                        return api::Acknowledged{};
                      });
  routes.get_slowly<Nothing>("/api/v1/session/sights",
                             {"identity.list_sights", {}, api::own_account()},
                             [&](Call& call, const Nothing&) -> Result<api::Page<SightShown>> {
                               auto sights = identity.sights(call.caller);
                               if (!sights) return sights.error();
                               return api::Page<SightShown>{std::move(*sights), std::nullopt};
                             });
  routes.get_slowly<AsWhom>("/api/v1/seen-accounts",
                            {"identity.seen_accounts", kSeeAs, api::anywhere()},
                            [&](Call& call, const AsWhom& asked) {
                              return Result(api::Page<SeenAccount>{
                                  identity.seen_accounts(call.caller, asked.q), std::nullopt});
                            });
}

}  // namespace jishi::identity
