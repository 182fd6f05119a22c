#pragma once
// Imports as people look for them afterwards: what was asked for, by whom, and what became of it.

#include "modules/intake/import_job/import_job.hpp"

namespace jishi::intake {

/// An import through the API, whatever its job has come to.
struct ShownImport {
  Id id = kNoId;  // of its job
  Id organisation = kNoId;
  Id account = kNoId;
  std::string account_name;
  api::JobState state = api::JobState::waiting;
  std::int64_t created_ms = 0;
  std::int64_t finished_ms = 0;  // 0: not yet
  bool dry_run = false;
  std::string source;
  std::vector<std::string> files;
  std::vector<std::string> map;  // header=column, as it was sent
  std::optional<Id> batch;       // of one that is done for good
  bool undone = false;
  std::int64_t open = 0;                   // refused rows that nobody has dealt with
  std::optional<std::int64_t> kept_until;  // the files of a dry run, in milliseconds since 1970
  std::optional<Id> committed;             // the job that imports the dry run for good
  std::vector<BatchSheet> sheets;          // of the batch
};
BOOST_DESCRIBE_STRUCT(ShownImport, (),
                      (id, organisation, account, account_name, state, created_ms, finished_ms,
                       dry_run, source, files, map, batch, undone, open, kept_until, committed,
                       sheets))

/// The import that a job does or did; nothing where it is the job of something else.
std::optional<ShownImport> shown_import(const ImportService& service, const api::Job& job);

/// The batch of an import's job: kNoId where it kept nothing. Fails with api.not_found,
/// intake.job_not_done.
Result<Id> batch_of_job(const ImportService& service, Id job, Language language);

/// GET /api/v1/imports/{job}, GET /api/v1/organisations/{organisation}/imports, POST
/// /api/v1/imports/{job}/commit.
void import_list_routes(api::Routes& routes, const ImportService& service);

}  // namespace jishi::intake
