#pragma once
// Discussions: whoever may see an object may say something about it to the others who may.

#include "api/routes.hpp"

namespace jishi::liaison {

/// A kind of object that can be talked about: whoever the route lets in that shows the object.
struct Discussed {
  std::string kind;       // organisation, case, organisation_light …
  api::About about;       // of that route
  bool of_rule = false;   // named `module.rule.id`: a light
  bool of_group = false;  // who sees it is decided by the group
};

/// Everything that can be talked about; put together where all routes are known.
struct Discussions {
  std::vector<Discussed> kinds;
  std::function<bool(std::string_view rule)> is_rule;  // `module/rule`
};

/// An object as it is kept with its notes.
struct Object {
  std::string kind;
  std::string rule;  // `module/rule`, of a light; else empty
  Id id = kNoId;
  friend bool operator==(const Object&, const Object&) = default;
};
BOOST_DESCRIBE_STRUCT(Object, (), (kind, rule, id))

/// An object by its name in addresses: `123`, of a light `module.rule.123`. Nothing where it is no
/// such name.
std::optional<Object> object_named(const Discussed& kind, std::string_view name);

/// Its name in addresses.
std::string name_of(const Object& object);

/// An object that the caller may see.
struct SeenObject {
  Object object;
  Id organisation = kNoId;      // where it belongs
  std::vector<Id> taking_part;  // whose people may be mentioned
  Id as = kNoId;                // of the caller, where the object says it
  std::optional<Date> over;     // the last day on which something was written
};

/// What the caller may see of the name; whoever may not is told what is told of a name that is
/// none. To be asked before a reader is taken: it takes its own. Errors:
/// liaison.discussion_unknown, liaison.group_unknown, api.sign_in.
Result<SeenObject> see(const Discussions& discussions, const api::Call& call, std::string_view kind,
                       std::string_view name);
Result<SeenObject> see(const Discussions& discussions, const api::Call& call, const Object& object);

/// Whether an account, as it stands now, may see the object.
bool may_see(const Discussions& discussions, const api::Call& call, Id account,
             const Object& object);

}  // namespace jishi::liaison
