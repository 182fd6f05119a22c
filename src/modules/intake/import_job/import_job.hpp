#pragma once
// Imports through the API: uploaded workbooks become a job, within the scope of whoever sent them.

#include "api/jobs/jobs.hpp"
#include "modules/intake/intake.hpp"

namespace jishi::intake {

/// What an import through the API needs.
struct ImportService {
  Store& store;
  api::Gate& gate;
  api::Jobs& jobs;
  const Codes& codes;
  std::filesystem::path folder;  // where uploads wait for their job
};

inline constexpr std::string_view kImportJob = "intake.import";
inline constexpr std::uint64_t kMaxUpload = std::uint64_t{2} << 30U;  // bytes of all files

/// The job's work; safe to begin again, since an import is one transaction and what it brings twice
/// is unchanged.
api::JobKind import_job(const ImportService& service);

/// Imports and what comes after them: batches, refused rows, conflicts, possible duplicates.
void routes(api::Routes& routes, const ImportService& service);

}  // namespace jishi::intake
