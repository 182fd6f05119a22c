#pragma once
// Liaison between organisations of a region: temporary groups with notes of their own. The only
// header of this module that others include.

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
}  // namespace fact

void routes(api::Routes& routes);

}  // namespace jishi::liaison
