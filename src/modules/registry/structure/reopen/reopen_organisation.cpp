#include "modules/registry/structure/reopen/reopen_organisation.hpp"

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/organisations/organisations.sql.hpp"
#include "modules/registry/structure/abolish/abolish_organisation.hpp"
#include "modules/registry/structure/abolish/abolish_organisation.sql.hpp"
#include "modules/registry/structure/links.hpp"
#include "modules/registry/structure/rename/rename_organisation.sql.hpp"
#include "modules/registry/structure/reopen/reopen_organisation.sql.hpp"

namespace jishi::registry {

namespace {

struct Link {
  std::string structure;
  Id parent = kNoId;
  Date since;
};
BOOST_DESCRIBE_STRUCT(Link, (), (structure, parent, since))

struct ParentRow {
  std::string structure;
  Id parent = kNoId;
};
BOOST_DESCRIBE_STRUCT(ParentRow, (), (structure, parent))

// Between its end and its reopening an organisation stood nowhere: the link is cut there.
void cut_links(Transaction& tx, Id organisation, Date ended, Date on) {
  for (const Link& link : tx.all<Link>(sql::reopen_organisation::open_links, organisation)) {
    const Date cut = std::max(ended, link.since);
    if (cut >= on) continue;
    tx.run(sql::organisations::close_link, link.structure, organisation, cut);
    tx.run(sql::organisations::drop_empty_links, link.structure, organisation);
    tx.run(sql::organisations::open_link, link.structure, organisation, link.parent, on);
  }
}

void join_links(Transaction& tx, Id organisation, Date ended, Date on) {
  for (const Link& link : tx.all<Link>(sql::reopen_organisation::open_links, organisation)) {
    if (link.since != on) continue;
    const auto before =
        tx.one<Link>(sql::reopen_organisation::link_until, link.structure, organisation, ended);
    if (!before || before->parent != link.parent) continue;
    take_back_placing(tx, link.structure, organisation, on, before->parent, before->since);
  }
}

Result<OrganisationChange> revive(Transaction& tx, const Reference& organisation, const When& when,
                                  std::optional<Date> planned_end, std::optional<Id> undoes) {
  const auto held = standing_of(tx, kPartyStructure, organisation);
  if (!held) return held.error();
  ReopenView view{*held, when, std::nullopt, false};
  if (const auto parent =
          tx.one<ParentRow>(sql::reopen_organisation::ended_parent, held->id, when.today)) {
    view.ended_parent = *standing_of(tx, parent->structure, parent->parent);
  }
  view.name_taken = tx.one<Id>(sql::rename_organisation::sibling_in_any_structure, held->id,
                               held->name, when.today)
                        .has_value();
  if (auto refusal = refuse_reopen(view)) return std::move(*refusal);
  remember(tx, manual_origin(tx), held->id, "ended", to_iso(*held->ended));
  cut_links(tx, held->id, *held->ended, when.on);
  tx.run(sql::abolish_organisation::set_ended, held->id, planned_end);
  const ReopenPayload payload{held->ended, undoes};
  tx.fact(fact::kOrganisationReopened, when.on, held->id,
          {.payload = boost::json::serialize(to_json(payload))});
  return OrganisationChange{held->id, held->code, held->name, Turn::reopened, {}, {}, {}, 0, {}};
}

}  // namespace

std::optional<Error> refuse_reopen(const ReopenView& view) {
  const Standing& organisation = view.organisation;
  if (!has_ended(organisation, view.when.today)) {
    return refused("registry.not_ended", organisation);
  }
  if (auto refusal = refuse_day(organisation, view.when)) return refusal;
  if (view.when.on < *organisation.ended) {
    return refused("registry.before_ending", organisation, {{"date", to_iso(*organisation.ended)}});
  }
  if (view.ended_parent) {
    return refused("registry.parent_ended", *view.ended_parent,
                   {{"date", to_iso(*view.ended_parent->ended)}});
  }
  if (view.name_taken) return name_taken(organisation.name);
  return std::nullopt;
}

Result<OrganisationChange> take_back_abolish(Transaction& tx, const Fact& abolished,
                                             std::optional<Date> planned_end) {
  return revive(tx, abolished.organisation, {abolished.happened, tx.store().clock().today()},
                planned_end, abolished.command);
}

Result<Done> take_back_reopen(Transaction& tx, const Fact& reopened, const ReopenPayload& payload,
                              Changes& changes) {
  const Date ended = payload.ended.value_or(reopened.happened);
  join_links(tx, reopened.organisation, ended, reopened.happened);
  return end_organisation(tx, manual_origin(tx), reopened.organisation,
                          {ended, tx.store().clock().today()}, changes, reopened.command);
}

Result<Changes> reopen_organisation(Transaction& tx, const ReopenOrganisation& command) {
  const When when = when_of(tx, command.on);
  auto reopened = revive(tx, command.organisation, when, std::nullopt, std::nullopt);
  if (!reopened) return reopened.error();
  return Changes{tx.command(), when.on, {std::move(*reopened)}, {}, {}, {}, "registry.undo"};
}

Result<Changes> reopen_organisation(Store& store, Actor actor, const ReopenOrganisation& command) {
  return store.write(actor, [&](Transaction& tx) { return reopen_organisation(tx, command); });
}

Result<Changes> preview_reopen_organisation(Store& store, Actor actor,
                                            const ReopenOrganisation& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return reopen_organisation(tx, command); });
}

}  // namespace jishi::registry
