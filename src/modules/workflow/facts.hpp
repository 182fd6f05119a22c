#pragma once
#include "ledger/fact.hpp"

namespace jishi::workflow::fact {

inline constexpr FactKind kProcessDeployed{120};
inline constexpr FactKind kCaseStarted{121};
inline constexpr FactKind kTaskOpened{122};
inline constexpr FactKind kTaskDone{123};
inline constexpr FactKind kTaskChanged{124};
inline constexpr FactKind kTaskCancelled{125};
inline constexpr FactKind kCaseEnded{126};
inline constexpr FactKind kCaseSuspended{127};
inline constexpr FactKind kCaseResumed{128};
inline constexpr FactKind kTaskUrged{129};
inline constexpr FactKind kTaskReminded{130};
inline constexpr FactKind kTaskLate{131};
inline constexpr FactKind kTimerFired{132};
inline constexpr FactKind kTaskCopied{133};
inline constexpr FactKind kCaseMigrated{134};
inline constexpr FactKind kBurdenNoted{135};
inline constexpr FactKind kTaskDispatched{136};
inline constexpr FactKind kSettingSet{137};
inline constexpr FactKind kNoticeSent{140};
inline constexpr FactKind kMaterialAdded{141};
inline constexpr FactKind kMaterialRemoved{142};
inline constexpr FactKind kMembershipSuspended{143};
inline constexpr FactKind kMembershipRestored{144};
inline constexpr FactKind kMembershipEnded{145};
inline constexpr FactKind kCorrectionChanged{146};
inline constexpr FactKind kStayEnded{149};

}  // namespace jishi::workflow::fact
