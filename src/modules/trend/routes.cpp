#include "api/routes.hpp"
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

Result<api::Page<Point>> trend(api::Call& call, const Asked& asked) {
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
  return call.store.read([&](db::Reader& reader) -> Result<api::Page<Point>> {
    auto points = trend_of(reader, scope->get(), query, today);
    if (!points) return points.error();
    return api::Page<Point>{std::move(*points), std::nullopt};
  });
}

}  // namespace

void routes(api::Routes& routes) {
  routes.list<Asked>("/api/v1/organisations/{organisation}/trend",
                     {"trend.show", api::kSee, api::organisation_in("organisation")}, trend);
}

}  // namespace jishi::trend
