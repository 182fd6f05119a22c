#pragma once
// Working together: temporary groups of organisations, and discussions of whatever several people
// see. The only header of this module that others include.

#include "modules/liaison/groups/groups.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::liaison {

namespace fact {
inline constexpr FactKind kGroupOpened{160};
inline constexpr FactKind kGroupExtended{161};
inline constexpr FactKind kGroupClosed{162};
inline constexpr FactKind kNoteWritten{163};
inline constexpr FactKind kNoteTakenBack{164};
inline constexpr FactKind kNoteRemoved{165};
inline constexpr FactKind kMentioned{166};
}  // namespace fact

struct Discussions;  // discussion/discussion.hpp

/// Where persons are named as what is discussed.
registry::PersonReferences person_references();

/// Groups, discussions, mentions. `discussions` must outlive the routes; `agreed` tells what the
/// project of a group holds.
void routes(api::Routes& routes, const Discussions& discussions, TellAgreed agreed);

}  // namespace jishi::liaison
