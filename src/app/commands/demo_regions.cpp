#include "app/commands/demo_regions.hpp"

#include "app/table.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::app {

namespace {

constexpr std::size_t kPlacedAtOnce = 1'000;  // in one transaction

Result<Done> place(Transaction& tx, const demo::Placing& placing) {
  const registry::Reference parent(placing.parent);
  if (placing.name.empty()) {
    const registry::MoveOrganisation move{placing.code, parent, placing.on, placing.structure};
    const auto moved = registry::move_organisation(tx, move);
    if (!moved) return moved.error();
    return Done{};
  }
  registry::CreateOrganisation founding;
  founding.name = placing.name;
  founding.kind = placing.kind;
  founding.parent = parent;
  founding.code = placing.code;
  founding.on = placing.on;
  founding.structure = placing.structure;
  founding.division = placing.division;
  if (!placing.unit_kind.empty()) {
    founding.unit_name = placing.name;
    founding.unit_kind = placing.unit_kind;
  }
  const auto founded = registry::create_organisation(tx, founding);
  if (!founded) return founded.error();
  return Done{};
}

void print(const Context& context, const std::vector<demo::Placing>& placings) {
  const auto count = [&](std::string_view kind) {
    return std::count_if(placings.begin(), placings.end(),
                         [&](const demo::Placing& one) { return one.kind == kind; });
  };
  context.console.line(
      context.say("app.demo_regions_made",
                  {{"regions", grouped(count("party_region"))},
                   {"grids", grouped(count("grid"))},
                   {"others", grouped(count("enterprise") + count("social_organisation"))}}));
}

}  // namespace

std::vector<std::string> add_regions(const Context& context, Store& store,
                                     const std::vector<demo::Placing>& placings) {
  std::vector<std::string> refused;
  for (std::size_t from = 0; from < placings.size(); from += kPlacedAtOnce) {
    (void)store.write(kOwner, [&](Transaction& tx) {
      for (std::size_t i = from; i < std::min(from + kPlacedAtOnce, placings.size()); ++i) {
        const auto placed = place(tx, placings[i]);
        if (!placed) refused.push_back(placings[i].code + ": " + context.say(placed.error()));
      }
      return Result<Done>(Done{});
    });
  }
  if (!context.settings.json) print(context, placings);
  return refused;
}

}  // namespace jishi::app
