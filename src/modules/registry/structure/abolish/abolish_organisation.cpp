#include "modules/registry/structure/abolish/abolish_organisation.hpp"

#include "modules/registry/facts.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/posts/posts.hpp"
#include "modules/registry/structure/abolish/abolish_organisation.sql.hpp"

namespace jishi::registry {

std::optional<Error> refuse_abolish(const AbolishView& view) {
  const Standing& organisation = view.organisation;
  if (has_ended(organisation, view.when.today)) {
    return refused("registry.already_ended", organisation, {{"date", to_iso(*organisation.ended)}});
  }
  if (auto refusal = refuse_day(organisation, view.when)) return refusal;
  if (view.children > 0) {
    return refused("registry.leaves_children", organisation,
                   {{"count", std::to_string(view.children)}});
  }
  if (view.members > 0) {
    return refused("registry.has_members", organisation, {{"count", std::to_string(view.members)}});
  }
  if (view.changed_after) {
    return refused("registry.changed_since", organisation, {{"date", to_iso(*view.changed_after)}});
  }
  return std::nullopt;
}

Result<Done> end_organisation(Transaction& tx, const Origin& origin, Id organisation,
                              const When& when, Changes& changes, std::optional<Id> undoes) {
  const auto held = standing_of(tx, kPartyStructure, organisation);
  if (!held) return held.error();
  AbolishView view{*held, when};
  // A child is in the way until it ends, also one that is to end later than this organisation.
  view.children =
      tx.one<int>(sql::abolish_organisation::living_children, held->id, when.on).value_or(0);
  view.members = count_members(tx, held->id);
  view.changed_after = changed_after(tx, held->id, when.on);
  if (auto refusal = refuse_abolish(view)) return std::move(*refusal);
  remember(tx, origin, held->id, "ended", held->ended ? to_iso(*held->ended) : "");
  tx.run(sql::abolish_organisation::set_ended, held->id, when.on);
  const EndPayload payload{held->ended, undoes};
  tx.fact(fact::kOrganisationAbolished, when.on, held->id,
          {.payload = boost::json::serialize(to_json(payload))});
  const auto ended = end_posts(tx, origin, held->id, when.on);
  changes.posts_ended.insert(changes.posts_ended.end(), ended.begin(), ended.end());
  changes.organisations.push_back(
      {held->id, held->code, held->name, Turn::ended, {}, {}, {}, 0, {}});
  return Done{};
}

Result<Changes> abolish_organisation(Transaction& tx, const AbolishOrganisation& command) {
  const auto organisation = organisation_meant(tx, command.organisation);
  if (!organisation) return organisation.error();
  const When when = when_of(tx, command.on);
  Changes changes{tx.command(), when.on, {}, {}, {}, {}, "registry.undo"};
  const auto ended = end_organisation(tx, manual_origin(tx), *organisation, when, changes);
  if (!ended) return ended.error();
  return changes;
}

Result<Changes> abolish_organisation(Store& store, Actor actor,
                                     const AbolishOrganisation& command) {
  return store.write(actor, [&](Transaction& tx) { return abolish_organisation(tx, command); });
}

Result<Changes> preview_abolish_organisation(Store& store, Actor actor,
                                             const AbolishOrganisation& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return abolish_organisation(tx, command); });
}

}  // namespace jishi::registry
