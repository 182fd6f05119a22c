#pragma once
// The subject of these facts is the account they are about; the person is the one it belongs to.

#include "ledger/fact.hpp"

namespace jishi::identity::fact {

inline constexpr FactKind kSignedIn{80};
inline constexpr FactKind kSignInRefused{81};
inline constexpr FactKind kSignedOut{82};
inline constexpr FactKind kSessionsEnded{83};
inline constexpr FactKind kAccountMade{84};
inline constexpr FactKind kAccountDisabled{85};
inline constexpr FactKind kAccountEnabled{86};
inline constexpr FactKind kLinkMade{87};
inline constexpr FactKind kPasswordChanged{88};
inline constexpr FactKind kSecondFactorOn{89};
inline constexpr FactKind kSecondFactorOff{90};
inline constexpr FactKind kRoleGranted{91};
inline constexpr FactKind kRoleEnded{92};
inline constexpr FactKind kTokenMade{93};
inline constexpr FactKind kTokenRevoked{94};
inline constexpr FactKind kAccessGranted{95};
inline constexpr FactKind kAccessEnded{96};
inline constexpr FactKind kPersonalDataSeen{97};
inline constexpr FactKind kPermissionRefused{98};
inline constexpr FactKind kListExported{99};

// The eighties and nineties are full.
inline constexpr FactKind kAccountRebound{110};
inline constexpr FactKind kSightBegun{111};
inline constexpr FactKind kSightEnded{112};

}  // namespace jishi::identity::fact
