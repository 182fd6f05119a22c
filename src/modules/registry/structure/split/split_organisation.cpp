#include "modules/registry/structure/split/split_organisation.hpp"

#include "modules/registry/facts.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/structure/abolish/abolish_organisation.hpp"
#include "modules/registry/structure/create/create_organisation.hpp"
#include "modules/registry/structure/move/move_organisation.hpp"
#include "modules/registry/structure/standing.sql.hpp"

namespace jishi::registry {

namespace {

Result<Done> move_members(Transaction& tx, const Origin& origin, const Standing& from, Id to,
                          const When& when, const SplitPart& part, Changes& changes) {
  for (const Reference& reference : part.members) {
    const auto person = person_meant(tx, reference);
    if (!person) return person.error();
    if (organisation_of(tx, *person) != from.id) {
      return refused("registry.member_elsewhere", from, {{"person", reference.text()}});
    }
    move_member(tx, origin, *person, to, when.on);
    changes.members_moved.push_back({*person, from.id, to});
  }
  return Done{};
}

Result<Done> move_children(Transaction& tx, const Standing& from, Id to, const When& when,
                           const SplitPart& part, Changes& changes) {
  for (const Reference& reference : part.children) {
    const auto child = standing_of(tx, kPartyStructure, reference);
    if (!child) return child.error();
    if (child->parent != from.id) {
      return refused("registry.child_elsewhere", from, {{"child", child->name}});
    }
    const auto parent = parent_meant(tx, kPartyStructure, to);
    if (!parent) return parent.error();
    auto moved = move_to(tx, kPartyStructure, child->id, *parent, when);
    if (!moved) return moved.error();
    changes.organisations.push_back(std::move(*moved));
  }
  return Done{};
}

// A part may take the name of the organisation that ends.
Result<Id> make_part(Transaction& tx, const Standing& from, bool keep, const When& when,
                     const SplitPart& part, Changes& changes) {
  CreateOrganisation command;
  command.name = part.name;
  command.kind = part.kind;
  command.code = part.code;
  command.parent = from.parent.value_or(kNoId);
  command.on = when.on;
  auto made = create_in_place_of(tx, command, keep ? std::vector<Id>{} : std::vector{from.id});
  if (!made) return made.error();
  changes.organisations.push_back(made->organisations.front());
  return made->organisations.front().organisation;
}

}  // namespace

std::optional<Error> refuse_split(const SplitView& view) {
  const Standing& organisation = view.organisation;
  if (has_ended(organisation, view.when.today)) {
    return refused("registry.already_ended", organisation, {{"date", to_iso(*organisation.ended)}});
  }
  if (auto refusal = refuse_day(organisation, view.when)) return refusal;
  // One part beside an organisation that stays is a split; one part in its place is a renaming.
  if (view.parts < (view.keep ? 1U : 2U)) return refused("registry.too_few_parts", organisation);
  if (view.parts + view.named > kMaxNamed) {
    return refused("registry.too_many_named", organisation, {{"limit", std::to_string(kMaxNamed)}});
  }
  if (organisation.since && *organisation.since > view.when.on) {
    return refused("registry.changed_since", organisation, {{"date", to_iso(*organisation.since)}});
  }
  if (view.changed_after && !view.keep) {
    return refused("registry.changed_since", organisation, {{"date", to_iso(*view.changed_after)}});
  }
  return std::nullopt;
}

Result<Changes> split_organisation(Transaction& tx, const SplitOrganisation& command) {
  const auto held = standing_of(tx, kPartyStructure, command.organisation);
  if (!held) return held.error();
  SplitView view{*held, when_of(tx, command.on), command.keep, command.into.size(), 0, {}};
  for (const SplitPart& part : command.into)
    view.named += part.members.size() + part.children.size();
  view.changed_after = changed_after(tx, held->id, view.when.on);
  if (auto refusal = refuse_split(view)) return std::move(*refusal);

  const Origin origin = manual_origin(tx);
  Changes changes{tx.command(), view.when.on, {}, {}, {}, {}, "registry.merge_organisations"};
  for (const SplitPart& part : command.into) {
    const auto made = make_part(tx, *held, view.keep, view.when, part, changes);
    if (!made) return made.error();
    tx.run(sql::standing::add_succession, held->id, *made, view.when.on, "split");
    tx.fact(fact::kOrganisationSplit, view.when.on, held->id, {.subject = *made});
    if (auto moved = move_children(tx, *held, *made, view.when, part, changes); !moved)
      return moved.error();
    if (auto moved = move_members(tx, origin, *held, *made, view.when, part, changes); !moved)
      return moved.error();
  }
  if (!command.keep) {
    const auto ended = end_organisation(tx, origin, held->id, view.when, changes);
    if (!ended) return ended.error();
  }
  return changes;
}

Result<Changes> split_organisation(Store& store, Actor actor, const SplitOrganisation& command) {
  return store.write(actor, [&](Transaction& tx) { return split_organisation(tx, command); });
}

Result<Changes> preview_split_organisation(Store& store, Actor actor,
                                           const SplitOrganisation& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return split_organisation(tx, command); });
}

}  // namespace jishi::registry
