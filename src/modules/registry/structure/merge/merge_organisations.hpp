#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// The organisation that a merger founds.
struct MergerFounds {
  std::string name;
  std::string kind;
  std::optional<std::string> code;
  std::optional<Reference> parent;  // none: the parent of the first that is merged
};
BOOST_DESCRIBE_STRUCT(MergerFounds, (), (name, kind, code, parent))

/// Merges organisations into one that exists or into a new one. Members and organisations under
/// them move to it; their posts end; they end.
struct MergeOrganisations {
  std::vector<Reference> organisations;
  std::optional<Reference> into;       // this one, which may be among them,
  std::optional<MergerFounds> founds;  // or a new one
  std::optional<Date> on;              // none: today
};
BOOST_DESCRIBE_STRUCT(MergeOrganisations, (), (organisations, into, founds, on))

/// What the decision to merge looks at; what becomes of members and children is decided one by one.
struct MergeView {
  std::vector<Standing> ending;  // those that end
  std::optional<Standing> into;  // none: a new one
  bool founds = false;
  When when;
  std::size_t members = 0;
  std::optional<std::size_t> changed = {};  // which of `ending` changed after that day
  std::optional<Date> changed_after = {};
};
std::optional<Error> refuse_merge(const MergeView& view);

Result<Changes> merge_organisations(Transaction& tx, const MergeOrganisations& command);
Result<Changes> merge_organisations(Store& store, Actor actor, const MergeOrganisations& command);
Result<Changes> preview_merge_organisations(Store& store, Actor actor,
                                            const MergeOrganisations& command);

}  // namespace jishi::registry
