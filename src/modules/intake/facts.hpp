#pragma once
#include "ledger/fact.hpp"

namespace jishi::intake::fact {

inline constexpr FactKind kImported{60};
inline constexpr FactKind kImportUndone{61};
inline constexpr FactKind kRefusedRowAccepted{62};
inline constexpr FactKind kDuplicateDecided{63};
inline constexpr FactKind kConflictDecided{64};
inline constexpr FactKind kRefusedRowCorrected{65};
inline constexpr FactKind kRefusedRowsSeen{66};

}  // namespace jishi::intake::fact
