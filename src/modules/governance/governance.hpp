#pragma once
// What happened and who looked, from the ledger. The only header of this module that others
// include.

#include "api/routes.hpp"
#include "modules/governance/settings/settings.hpp"
#include "platform/pack/fact_names.hpp"

namespace jishi::governance {

/// Facts that one page looks at where no index helps.
inline constexpr std::int64_t kMaxScanned = 50'000;
inline constexpr int kMaxFactsAPage = 200;
/// Looks at one person that are shown, latest first.
inline constexpr int kMaxLooks = 500;

/// Changes, looks, the log, and the kinds of facts there are.
void routes(api::Routes& routes, const FactTitles& titles);

}  // namespace jishi::governance
