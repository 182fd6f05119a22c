#pragma once
#include "ledger/fact.hpp"

namespace jishi::insight::fact {

inline constexpr FactKind kLightLit{70};
inline constexpr FactKind kLightChanged{71};
inline constexpr FactKind kLightOut{72};
inline constexpr FactKind kParameterSet{73};
inline constexpr FactKind kLightTaken{74};
inline constexpr FactKind kLightExplained{75};
inline constexpr FactKind kLightWaived{76};
inline constexpr FactKind kLightReleased{77};
inline constexpr FactKind kRulesNoted{78};

// Of accounts, whose facts stand from 80 on: the subject is whose calendar it is.
inline constexpr FactKind kCalendarMade{118};
inline constexpr FactKind kCalendarDropped{119};

}  // namespace jishi::insight::fact
