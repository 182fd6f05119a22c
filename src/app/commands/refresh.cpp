#include "app/commands/refresh.hpp"

#include "app/table.hpp"

namespace jishi::app {

Result<Done> refresh_lights(const Context& context, insight::Insight& insight) {
  const auto changes = insight.refresh(kOwner);
  if (!changes) return changes.error();
  if (context.settings.json) return Done{};
  context.console.line(context.say("app.lights_changed", {{"lit", grouped(changes->lit)},
                                                          {"changed", grouped(changes->changed)},
                                                          {"out", grouped(changes->out)}}));
  return Done{};
}

Result<Done> refresh_lights(const Context& context, Store& store) {
  auto insight = open_insight(context, store);
  if (!insight) return insight.error();
  return refresh_lights(context, **insight);
}

}  // namespace jishi::app
