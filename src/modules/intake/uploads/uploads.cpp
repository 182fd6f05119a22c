#include "modules/intake/uploads/uploads.hpp"

#include "modules/intake/uploads/uploads.sql.hpp"

namespace jishi::intake {

namespace {

void remove_folder(const boost::json::object& input) {
  std::error_code ignored;
  std::filesystem::remove_all(std::string(input.at("folder").as_string()), ignored);
}

std::int64_t bytes_of(const boost::json::object& input) {
  std::int64_t bytes = 0;
  for (const auto& file : input.at("files").as_array()) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(std::string(file.as_string()), failure);
    if (!failure) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

// What this module wrote itself.
boost::json::object input_of(const KeptUpload& kept) {
  return boost::json::parse(kept.input).as_object();
}

Error not_kept() {
  return fail(ErrorKind::conflict, "intake.upload_not_kept",
              {{"hours", std::to_string(kUploadKept.count())}});
}

/// Does one statement about a dry run; how many rows it was about.
std::int64_t write(const ImportService& service, const Statement& statement, Id job) {
  std::int64_t rows = 0;
  (void)service.store.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    rows = tx.run(statement, job);
    return Done{};
  });
  return rows;
}

/// Those that have to go: past their day, or older than what may be kept beside them.
std::vector<KeptUpload> too_much(std::vector<KeptUpload> latest_first, std::int64_t now) {
  std::vector<KeptUpload> gone;
  std::map<Id, std::int64_t> of_account;
  std::int64_t bytes = 0;
  for (KeptUpload& kept : latest_first) {
    if (kept.committed != kNoId) {
      if (kept.until <= now) gone.push_back(std::move(kept));
      continue;
    }
    bytes += kept.bytes;
    const bool many = ++of_account[kept.account] > kMaxUploadsOfAccount || bytes > kMaxUploadBytes;
    if (many || kept.until <= now) gone.push_back(std::move(kept));
  }
  return gone;
}

}  // namespace

std::optional<KeptUpload> kept_upload(db::Reader& reader, Id job) {
  return reader.one<KeptUpload>(sql::uploads::kept, job);
}

void keep_upload(Store& store, const api::JobRun& run) {
  const auto until = store.clock().now_ms() +
                     std::chrono::duration_cast<std::chrono::milliseconds>(kUploadKept).count();
  (void)store.write(Actor{run.account}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::uploads::keep, run.id, run.account, boost::json::serialize(run.input),
           bytes_of(run.input), until);
    return Done{};
  });
}

Result<api::Job> commit_upload(const ImportService& service, const api::Job& dry_run, Id account,
                               Language language) {
  const auto kept =
      service.store.read([&](db::Reader& reader) { return kept_upload(reader, dry_run.id); });
  const std::int64_t now = service.store.clock().now_ms();
  if (!kept || kept->until <= now) return not_kept();
  if (kept->committed != kNoId) {
    auto before = service.jobs.find(kept->committed, language);
    return before ? Result<api::Job>(std::move(*before)) : Result<api::Job>(not_kept());
  }
  boost::json::object input = input_of(*kept);
  input["dry_run"] = false;
  input["looked_at"] = std::to_string(dry_run.id);
  return service.jobs.submit(kImportJob, dry_run.organisation, account, std::move(input),
                             [&](Transaction& tx, Id job) -> Result<Done> {
                               if (tx.run(sql::uploads::commit, dry_run.id, job, now) == 1)
                                 return Done{};
                               return not_kept();
                             });
}

void settle_upload(const ImportService& service, Id job, const boost::json::object& input,
                   api::JobState end) {
  const bool done = end == api::JobState::done;
  const auto* looked_at = input.if_contains("looked_at");
  if (input.at("dry_run").as_bool()) {
    if (done) return;
    write(service, sql::uploads::forget, job);
  } else if (looked_at != nullptr && !done) {
    const auto dry_run = jishi::detail::json_integer(*looked_at);
    std::int64_t released = 0;
    (void)service.store.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
      released = tx.run(sql::uploads::release, dry_run.value_or(kNoId), job);
      return Done{};
    });
    if (released == 1) return;
  }
  remove_folder(input);
}

bool drop_upload(const ImportService& service, Id job) {
  const auto kept =
      service.store.read([&](db::Reader& reader) { return kept_upload(reader, job); });
  // Those that are being imported belong to that job.
  if (!kept || write(service, sql::uploads::drop, job) == 0) return false;
  remove_folder(input_of(*kept));
  return true;
}

void tidy_uploads(const ImportService& service) {
  auto kept = service.store.read(
      [&](db::Reader& reader) { return reader.all<KeptUpload>(sql::uploads::all); });
  for (const KeptUpload& gone : too_much(std::move(kept), service.store.clock().now_ms())) {
    if (gone.committed != kNoId) {
      write(service, sql::uploads::forget, gone.job);
    } else {
      drop_upload(service, gone.job);
    }
  }
}

}  // namespace jishi::intake
