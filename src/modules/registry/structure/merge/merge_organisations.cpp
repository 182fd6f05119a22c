#include "modules/registry/structure/merge/merge_organisations.hpp"

#include "modules/registry/facts.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/structure/abolish/abolish_organisation.hpp"
#include "modules/registry/structure/create/create_organisation.hpp"
#include "modules/registry/structure/links.hpp"
#include "modules/registry/structure/merge/merge_organisations.sql.hpp"
#include "modules/registry/structure/move/move_organisation.hpp"
#include "modules/registry/structure/standing.sql.hpp"

namespace jishi::registry {

namespace {

struct ChildRow {
  std::string structure;
  Id child = kNoId;
};
BOOST_DESCRIBE_STRUCT(ChildRow, (), (structure, child))

bool is_ending(const std::vector<Standing>& ending, Id organisation) {
  return std::any_of(ending.begin(), ending.end(),
                     [&](const Standing& one) { return one.id == organisation; });
}

Result<MergeView> look(Transaction& tx, const MergeOrganisations& command) {
  MergeView view;
  view.when = when_of(tx, command.on);
  view.founds = command.founds.has_value();
  if (command.into) {
    const auto into = standing_of(tx, kPartyStructure, *command.into);
    if (!into) return into.error();
    view.into = *into;
  }
  for (const Reference& reference : command.organisations) {
    const auto one = standing_of(tx, kPartyStructure, reference);
    if (!one) return one.error();
    if (is_ending(view.ending, one->id)) return refused("registry.named_twice", *one);
    if (view.into && view.into->id == one->id) continue;
    view.ending.push_back(*one);
    view.members += members_in_care(tx, one->id).size();
    const auto changed = changed_after(tx, one->id, view.when.on);
    if (changed && !view.changed) {
      view.changed = view.ending.size() - 1;
      view.changed_after = changed;
    }
  }
  return view;
}

Result<Standing> found(Transaction& tx, const MergeOrganisations& command, const MergeView& view,
                       Changes& changes) {
  if (view.into) return *view.into;
  CreateOrganisation founding;
  founding.name = command.founds->name;
  founding.kind = command.founds->kind;
  founding.code = command.founds->code;
  founding.parent = command.founds->parent.value_or(view.ending.front().parent.value_or(kNoId));
  founding.on = view.when.on;
  std::vector<Id> replaced;
  for (const Standing& one : view.ending) replaced.push_back(one.id);
  auto made = create_in_place_of(tx, founding, replaced);
  if (!made) return made.error();
  changes.organisations.push_back(made->organisations.front());
  return standing_of(tx, kPartyStructure, made->organisations.front().organisation);
}

Result<Done> hand_over(Transaction& tx, const Origin& origin, const MergeView& view,
                       const Standing& from, Id to, Changes& changes) {
  for (const ChildRow& row :
       tx.all<ChildRow>(sql::merge_organisations::children_of, from.id, view.when.on)) {
    if (is_ending(view.ending, row.child)) continue;
    const auto parent = parent_meant(tx, row.structure, to);
    if (!parent) return parent.error();
    auto moved = move_to(tx, row.structure, row.child, *parent, view.when);
    if (!moved) return moved.error();
    changes.organisations.push_back(std::move(*moved));
  }
  for (const Id person : members_in_care(tx, from.id)) {
    move_member(tx, origin, person, to, view.when.on);
    changes.members_moved.push_back({person, from.id, to});
  }
  tx.run(sql::standing::add_succession, from.id, to, view.when.on, "merger");
  tx.fact(fact::kOrganisationsMerged, view.when.on, from.id, {.subject = to});
  return Done{};
}

// What stands deepest ends first: nothing ends above one that still lives.
void deepest_first(Transaction& tx, std::vector<Standing>& ending) {
  std::vector<std::pair<int, Standing>> by_depth;
  for (const Standing& one : ending) {
    const auto depth =
        tx.one<std::optional<int>>(sql::merge_organisations::depth_of, kPartyStructure, one.id);
    by_depth.emplace_back(depth.value_or(0).value_or(0), one);
  }
  std::stable_sort(by_depth.begin(), by_depth.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::transform(by_depth.begin(), by_depth.end(), ending.begin(),
                 [](const auto& pair) { return pair.second; });
}

}  // namespace

std::optional<Error> refuse_merge(const MergeView& view) {
  if (view.into.has_value() == view.founds) {
    return fail(ErrorKind::invalid, "registry.merge_into_what");
  }
  if (view.ending.size() < (view.founds ? 2U : 1U)) {
    return fail(ErrorKind::invalid, "registry.too_few_to_merge");
  }
  if (view.members > kMaxNamed) {
    return refused("registry.too_many_named", view.ending.front(),
                   {{"limit", std::to_string(kMaxNamed)}});
  }
  for (const Standing& one : view.ending) {
    if (has_ended(one, view.when.today)) {
      return refused("registry.already_ended", one, {{"date", to_iso(*one.ended)}});
    }
    if (auto refusal = refuse_day(one, view.when)) return refusal;
  }
  if (view.into) {
    if (has_ended(*view.into, view.when.today)) {
      return refused("registry.already_ended", *view.into, {{"date", to_iso(*view.into->ended)}});
    }
    if (auto refusal = refuse_day(*view.into, view.when)) return refusal;
  }
  if (view.changed && view.changed_after) {
    return refused("registry.changed_since", view.ending.at(*view.changed),
                   {{"date", to_iso(*view.changed_after)}});
  }
  return std::nullopt;
}

Result<Changes> merge_organisations(Transaction& tx, const MergeOrganisations& command) {
  auto view = look(tx, command);
  if (!view) return view.error();
  if (auto refusal = refuse_merge(*view)) return std::move(*refusal);
  Changes changes{tx.command(), view->when.on, {}, {}, {}, {}, "registry.split_organisation"};
  const auto into = found(tx, command, *view, changes);
  if (!into) return into.error();
  const Origin origin = manual_origin(tx);
  deepest_first(tx, view->ending);
  for (const Standing& one : view->ending) {
    if (auto done = hand_over(tx, origin, *view, one, into->id, changes); !done)
      return done.error();
    const auto ended = end_organisation(tx, origin, one.id, view->when, changes);
    if (!ended) return ended.error();
  }
  return changes;
}

Result<Changes> merge_organisations(Store& store, Actor actor, const MergeOrganisations& command) {
  return store.write(actor, [&](Transaction& tx) { return merge_organisations(tx, command); });
}

Result<Changes> preview_merge_organisations(Store& store, Actor actor,
                                            const MergeOrganisations& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return merge_organisations(tx, command); });
}

}  // namespace jishi::registry
