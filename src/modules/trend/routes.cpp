#include "api/routes.hpp"
#include "ledger/kept_answers.hpp"
#include "modules/trend/trend.hpp"

namespace jishi::trend {

namespace {

struct Asked {
  std::optional<Date> from;              // two years before `to` when not given
  std::optional<Date> to;                // today when not given
  std::optional<Step> step;              // month when not given
  std::optional<registry::Basis> basis;  // as it stood then, when not given
  std::optional<std::string> structure;  // the Party's when not given
};
BOOST_DESCRIBE_STRUCT(Asked, (), (from, to, step, basis, structure))

/// What was counted last. A scope counts by what it holds: who sees the same is told the same.
using Ids = std::vector<Id>;
using Key = std::tuple<Ids, std::string, Ids, Id, Date, Date, Step, registry::Basis, Date>;
using Trends = KeptAnswers<Key, std::vector<Point>>;
constexpr std::size_t kMostTrends = 64;

Result<api::Page<Point>> trend(api::Call& call, Trends& kept, const Asked& asked) {
  constexpr int kTwoYears = 730;
  const auto scope = registry::CallerScope::of(call, asked.structure);
  if (!scope) return scope.error();
  const Date today = call.store.clock().today();
  Query query;
  query.organisation = call.organisation;
  query.to = asked.to.value_or(today);
  query.from = asked.from.value_or(from_days(to_days(query.to) - kTwoYears));
  query.step = asked.step.value_or(Step::month);
  query.basis = asked.basis.value_or(registry::Basis::then);
  const registry::Scope seen = scope->get();
  const Key key{Ids(seen.places.begin(), seen.places.end()),
                std::string(seen.structure),
                Ids(seen.own.begin(), seen.own.end()),
                query.organisation,
                query.from,
                query.to,
                query.step,
                query.basis,
                today};
  const auto points = kept.get(call.store.last_seq(), key, [&] {
    return call.store.read(
        [&](db::Reader& reader) { return trend_of(reader, seen, query, today); });
  });
  if (!points) return points.error();
  return api::Page<Point>{**points, std::nullopt};
}

}  // namespace

void routes(api::Routes& routes) {
  routes.list<Asked>(
      "/api/v1/organisations/{organisation}/trend",
      {"trend.show", api::kSee, api::organisation_in("organisation")},
      [kept = std::make_shared<Trends>(kMostTrends)](api::Call& call, const Asked& asked) {
        return trend(call, *kept, asked);
      });
}

}  // namespace jishi::trend
