#pragma once
// To whom a case may go: committees, by name or code, also those outside of one's own scope. A
// branch that sends a member away names a committee that it otherwise does not see, or another
// branch of its own committee. Tells names and codes, nothing of what stands below or of anybody in
// it.

#include "api/routes.hpp"

namespace jishi::workflow {

inline constexpr int kMostAddressees = 20;  // of an answer

struct Addressee {
  Id organisation = kNoId;
  std::string code;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Addressee, (), (organisation, code, name))

/// GET /api/v1/addressees?q= and /api/v1/organisations/{organisation}/sibling-branches?q=: by a
/// part of the name or code, or by an id.
void addressee_routes(api::Routes& routes);

}  // namespace jishi::workflow
