#pragma once
#include "ledger/fact.hpp"

namespace jishi::registry::fact {

/// The kinds that are the registry's own, first and last: what other modules tell along with a
/// command of it lies beyond.
inline constexpr std::int32_t kFirstKind = 1;
inline constexpr std::int32_t kLastKind = 39;

inline constexpr FactKind kOrganisationRecorded{1};
inline constexpr FactKind kOrganisationChanged{2};
inline constexpr FactKind kOrganisationWithdrawn{3};
inline constexpr FactKind kOrganisationMoved{4};
inline constexpr FactKind kOrganisationRenamed{5};
inline constexpr FactKind kOrganisationSplit{6};
inline constexpr FactKind kOrganisationsMerged{7};
inline constexpr FactKind kOrganisationAbolished{8};
inline constexpr FactKind kOrganisationReopened{9};

inline constexpr FactKind kPersonRecorded{20};
inline constexpr FactKind kPersonChanged{21};
inline constexpr FactKind kPersonWithdrawn{22};
inline constexpr FactKind kMemberMoved{23};
inline constexpr FactKind kPersonsMerged{24};
inline constexpr FactKind kPersonsUnmerged{25};

inline constexpr FactKind kPostRecorded{30};
inline constexpr FactKind kPostChanged{31};
inline constexpr FactKind kPostWithdrawn{32};

}  // namespace jishi::registry::fact
