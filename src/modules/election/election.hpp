#pragma once
// Elections: names in the order of strokes, ballot boxes. The only header of this module that
// others include.

#include "ledger/fact.hpp"
#include "modules/election/ballot/ballot.hpp"
#include "modules/election/strokes/strokes.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::election {

namespace fact {
inline constexpr FactKind kBoxOpened{150};
inline constexpr FactKind kBoxClosed{151};
}  // namespace fact

/// `strokes` outlives them.
void routes(api::Routes& routes, const Strokes& strokes);

}  // namespace jishi::election
