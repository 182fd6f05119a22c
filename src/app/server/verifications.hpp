#pragma once
// The ledger verified while the server runs, as a job of the system: for whoever manages it, and
// for whoever reads it as an auditor.

#include "api/jobs/jobs.hpp"
#include "ledger/store.hpp"

namespace jishi::app {

inline constexpr std::size_t kMaxToldMisfits = 20;

struct Verifications {
  api::Jobs& jobs;
  StoreOptions options;  // of the store that is verified
};

/// The job's work; safe to begin again. Its result: whether all fits, how many facts and heads do,
/// the first fact that does not, and why.
api::JobKind verification_job(const Verifications& verifications);

/// Begins and shows verifications: /api/v1/system/verifications, /api/v1/audit/verifications.
void verification_routes(api::Routes& routes, const Verifications& verifications);

}  // namespace jishi::app
