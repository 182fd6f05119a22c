#include "modules/registry/history/organisation_on.hpp"

#include "modules/registry/history/organisation_on.sql.hpp"
#include "modules/registry/roll/branches.sql.hpp"
#include "modules/registry/structure/rename/rename_organisation.hpp"
#include "modules/registry/structure/tree/tree.hpp"

namespace jishi::registry {

namespace {

/// The names that an organisation has had since a day: that of the day first, today's last.
std::vector<std::string> names_since(db::Reader& reader, Id organisation, Date on,
                                     std::string today) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  };
  for (const std::string& text :
       reader.all<std::string>(sql::organisation_on::renamed_after, organisation, on)) {
    const auto json = parse_json(text);
    if (!json) continue;
    if (auto payload = from_json<RenamePayload>(*json)) add(std::move(payload->before));
  }
  add(std::move(today));
  return names;
}

void put_line(db::Reader& reader, const Scope& scope, OrganisationOn& stood) {
  for (const Place& place : path(reader, scope.structure, stood.organisation, stood.on)) {
    const Id id = place.organisation;
    if (id != stood.organisation && !in_scope(reader, scope, id)) continue;
    stood.line.push_back(
        {id, place.code, names_since(reader, id, stood.on, place.name).front(), place.kind});
  }
}

}  // namespace

Result<OrganisationOn> organisation_on(db::Reader& reader, const Scope& scope, Id id, Date on) {
  const auto held = registry::organisation(reader, id);
  const bool own = std::find(scope.own.begin(), scope.own.end(), id) != scope.own.end();
  if (!held || (!own && !in_scope(reader, scope, id))) return organisation_not_found(id);
  OrganisationOn stood;
  stood.on = on;
  stood.organisation = id;
  stood.code = held->code;
  stood.kind = held->kind;
  stood.founded = held->founded;
  if (held->ended && *held->ended <= on) stood.ended = held->ended;
  stood.renamed = names_since(reader, id, on, held->name);
  stood.name = stood.renamed.front();
  stood.renamed.erase(stood.renamed.begin());
  const bool founded = !held->founded || *held->founded <= on;
  if (founded) put_line(reader, scope, stood);
  stood.posts = reader.all<PostHolder>(sql::branches::holders, id, on, kMaxPostsShown);
  return stood;
}

}  // namespace jishi::registry
