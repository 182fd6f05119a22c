#pragma once
// The files of a dry run stay for a day, so that it can be imported for good as it was looked at,
// without being sent again.

#include "modules/intake/import_job/import_job.hpp"

namespace jishi::intake {

inline constexpr std::chrono::hours kUploadKept{24};
inline constexpr std::int64_t kMaxUploadsOfAccount = 5;  // the oldest go first
inline constexpr std::int64_t kMaxUploadBytes = std::int64_t{8} << 30;

/// What is left of a dry run's files.
struct KeptUpload {
  Id job = kNoId;
  Id account = kNoId;
  std::string input;
  std::int64_t bytes = 0;
  std::int64_t until = 0;
  Id committed = kNoId;  // the job that imports them, or has done so
};
BOOST_DESCRIBE_STRUCT(KeptUpload, (), (job, account, input, bytes, until, committed))

std::optional<KeptUpload> kept_upload(db::Reader& reader, Id job);

/// Keeps what a dry run was given.
void keep_upload(Store& store, const api::JobRun& run);

/// Imports for good what a dry run looked at, as a job of `account`; asked again it answers with
/// the same job. Fails with intake.upload_not_kept, api.too_many_jobs.
Result<api::Job> commit_upload(const ImportService& service, const api::Job& dry_run, Id account,
                               Language language);

/// After the end of an import's job: its files go, or stay for what may still come of them.
void settle_upload(const ImportService& service, Id job, const boost::json::object& input,
                   api::JobState end);

/// Takes away what a dry run keeps; false where that is nothing.
bool drop_upload(const ImportService& service, Id job);

/// Takes away what was kept long enough, or is too much. To be called now and then.
void tidy_uploads(const ImportService& service);

}  // namespace jishi::intake
