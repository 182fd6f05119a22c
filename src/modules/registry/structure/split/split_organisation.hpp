#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// One of the organisations that a split makes, and who goes to it.
struct SplitPart {
  std::string name;
  std::string kind;
  std::optional<std::string> code;
  std::vector<Reference> members;
  std::vector<Reference> children;
};
BOOST_DESCRIBE_STRUCT(SplitPart, (), (name, kind, code, members, children))

/// Makes new organisations beside one, out of it. It ends, or stays with who is not named.
struct SplitOrganisation {
  Reference organisation;
  std::vector<SplitPart> into;
  bool keep = false;
  std::optional<Date> on;  // none: today
};
BOOST_DESCRIBE_STRUCT(SplitOrganisation, (), (organisation, into, keep, on))

/// What the decision to split an organisation looks at; what becomes of members and children is
/// decided one by one.
struct SplitView {
  Standing organisation;
  When when;
  bool keep = false;
  std::size_t parts = 0;
  std::size_t named = 0;  // members and children
  std::optional<Date> changed_after = {};
};
std::optional<Error> refuse_split(const SplitView& view);

Result<Changes> split_organisation(Transaction& tx, const SplitOrganisation& command);
Result<Changes> split_organisation(Store& store, Actor actor, const SplitOrganisation& command);
Result<Changes> preview_split_organisation(Store& store, Actor actor,
                                           const SplitOrganisation& command);

}  // namespace jishi::registry
