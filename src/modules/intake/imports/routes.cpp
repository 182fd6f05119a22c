#include "modules/intake/imports/imports.hpp"
#include "modules/intake/imports/imports.sql.hpp"
#include "modules/intake/uploads/uploads.hpp"

namespace jishi::intake {

namespace {

constexpr api::Permission kImport = "intake.import";
using api::Call;
using api::Nothing;
using http::Method;

// Jobs of before they told what they are about tell nothing.
void read_about(const boost::json::object& about, ShownImport& shown) {
  if (!about.contains("files")) return;
  shown.dry_run = about.at("dry_run").as_bool();
  shown.source = std::string(about.at("source").as_string());
  for (const auto& file : about.at("files").as_array())
    shown.files.emplace_back(std::string(file.as_string()));
  for (const auto& pair : about.at("mapping").as_array())
    shown.map.push_back(std::string(pair.at(0).as_string()) + "=" +
                        std::string(pair.at(1).as_string()));
}

void read_batch(const ImportService& service, const api::Job& job, ShownImport& shown) {
  const auto id = jishi::detail::json_integer(job.result.at("batch"));
  auto found = batch(service.store, id.value_or(kNoId));
  if (!found) return;  // a dry run's was not kept
  shown.batch = found->id;
  shown.undone = found->undone;
  shown.sheets = std::move(found->sheets);
  for (const BatchSheet& sheet : shown.sheets) shown.open += sheet.open;
}

void read_upload(db::Reader& reader, std::int64_t now, ShownImport& shown) {
  const auto kept = kept_upload(reader, shown.id);
  if (!kept) return;
  if (kept->committed != kNoId) {
    shown.committed = kept->committed;
  } else if (kept->until > now) {
    shown.kept_until = kept->until;
  }
}

Result<ShownImport> show(Call& call, const ImportService& service) {
  const auto job = service.jobs.find(call.subject, call.language());
  auto shown = job ? shown_import(service, *job) : std::nullopt;
  if (!shown) return fail(ErrorKind::not_found, "api.not_found");
  return std::move(*shown);
}

Result<api::Page<ShownImport>> list(Call& call, const ImportService& service) {
  api::Page<ShownImport> page;
  for (const api::Job& job : service.jobs.list(call.organisation, call.language())) {
    if (auto shown = shown_import(service, job)) page.items.push_back(std::move(*shown));
  }
  return page;
}

Result<api::Job> commit(Call& call, const ImportService& service) {
  const auto batch = batch_of_job(service, call.subject, call.language());
  if (!batch) return batch.error();
  const auto dry_run = service.jobs.find(call.subject, call.language());
  auto job = commit_upload(service, *dry_run, call.caller.account, call.language());
  if (job) call.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(job->id));
  return job;
}

}  // namespace

std::optional<ShownImport> shown_import(const ImportService& service, const api::Job& job) {
  if (job.kind != kImportJob) return std::nullopt;
  ShownImport shown;
  shown.id = job.id;
  shown.organisation = job.organisation;
  shown.account = job.account;
  shown.state = job.state;
  shown.created_ms = job.created_ms;
  shown.finished_ms = job.finished_ms;
  read_about(job.about, shown);
  if (job.state == api::JobState::done) read_batch(service, job, shown);
  service.store.read([&](db::Reader& reader) {
    shown.account_name =
        reader.one<std::string>(sql::imports::account_name, job.account).value_or("");
    read_upload(reader, service.store.clock().now_ms(), shown);
  });
  return shown;
}

Result<Id> batch_of_job(const ImportService& service, Id id, Language language) {
  const auto job = service.jobs.find(id, language);
  if (!job || job->kind != kImportJob) return fail(ErrorKind::not_found, "api.not_found");
  if (job->state != api::JobState::done) return fail(ErrorKind::conflict, "intake.job_not_done");
  const auto batch = jishi::detail::json_integer(job->result.at("batch"));
  return batch.value_or(kNoId);
}

void import_list_routes(api::Routes& routes, const ImportService& service) {
  const auto job = api::record_in("job", api::organisation_of_job);
  routes.get_slowly<Nothing>("/api/v1/imports/{job}", {"intake.show_import", kImport, job},
                             [&](Call& call, const Nothing&) { return show(call, service); });
  routes.get_slowly<Nothing>("/api/v1/organisations/{organisation}/imports",
                             {"intake.list_imports", kImport, api::organisation_in("organisation")},
                             [&](Call& call, const Nothing&) { return list(call, service); });
  routes
      .act<Nothing>(Method::post, "/api/v1/imports/{job}/commit",
                    {"intake.commit_import", kImport, job},
                    [&](Call& call, const Nothing&) { return commit(call, service); })
      .status = 202;
}

}  // namespace jishi::intake
