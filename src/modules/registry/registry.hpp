#pragma once
// Organisations, structures, persons, memberships, posts and units: the super archive (超级档案).
// The only header of this module that other modules include.

#include "modules/registry/archive/archive.hpp"
#include "modules/registry/archive/person_page.hpp"
#include "modules/registry/duplicates/search_duplicates.hpp"
#include "modules/registry/edit/edit_person.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/fields/conflicts.hpp"
#include "modules/registry/fields/fields.hpp"
#include "modules/registry/history/history.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/mergers/merge_persons.hpp"
#include "modules/registry/organisations/organisations.hpp"
#include "modules/registry/posts/posts.hpp"
#include "modules/registry/roll/branches.hpp"
#include "modules/registry/roll/caller_scope.hpp"
#include "modules/registry/roll/members_page.hpp"
#include "modules/registry/roll/name_search.hpp"
#include "modules/registry/structure/structure.hpp"

namespace jishi::registry {

/// Organisations and members as lists, pages and search answers.
void roll_routes(api::Routes& routes, Roll& roll);

/// Lists of members with what is masked elsewhere, as files.
void export_routes(api::Routes& routes, Roll& roll);

/// Edits of single fields, each on top of what was seen.
void edit_routes(api::Routes& routes, const Codes& codes);

/// The same as they stood on any day.
void history_routes(api::Routes& routes);

}  // namespace jishi::registry
