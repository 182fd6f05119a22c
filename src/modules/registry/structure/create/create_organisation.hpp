#pragma once
#include "modules/registry/structure/changes.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// Founds an organisation under a parent. Kinds are codes of the pack.
struct CreateOrganisation {
  std::string name;
  std::string kind;
  std::optional<Reference> parent;  // none: at the top
  std::optional<std::string> code;  // none: the program gives one
  std::optional<Date> on;           // founded on; none: today
  std::optional<std::string> structure;
  std::optional<std::string> unit_name;
  std::optional<std::string> credit_code;
  std::optional<std::string> unit_kind;
  std::optional<std::string> division;
};
BOOST_DESCRIBE_STRUCT(CreateOrganisation, (),
                      (name, kind, parent, code, on, structure, unit_name, credit_code, unit_kind,
                       division))

/// What the decision to create an organisation looks at.
struct CreateView {
  std::string name;
  std::string kind;
  std::string code;
  std::optional<Standing> parent;
  When when;
  bool too_deep = false;
  bool name_taken = false;
  bool code_taken = false;
};
std::optional<Error> refuse_create(const CreateView& view);

/// As create_organisation(), while the organisations `replaced` are about to end: their names are
/// free.
Result<Changes> create_in_place_of(Transaction& tx, const CreateOrganisation& command,
                                   const std::vector<Id>& replaced);

Result<Changes> create_organisation(Transaction& tx, const CreateOrganisation& command);
Result<Changes> create_organisation(Store& store, Actor actor, const CreateOrganisation& command);
Result<Changes> preview_create_organisation(Store& store, Actor actor,
                                            const CreateOrganisation& command);

}  // namespace jishi::registry
