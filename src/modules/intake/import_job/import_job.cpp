#include "modules/intake/import_job/import_job.hpp"

#include "modules/intake/import_job/import_result.hpp"
#include "modules/intake/import_job/reach_below.hpp"
#include "modules/intake/uploads/uploads.hpp"

namespace jishi::intake {

namespace {

constexpr api::Permission kImport = "intake.import";

ImportRequest request_of(const boost::json::object& input) {
  ImportRequest request;
  for (const auto& file : input.at("files").as_array())
    request.files.emplace_back(std::string(file.as_string()));
  request.source = std::string(input.at("source").as_string());
  request.dry_run = input.at("dry_run").as_bool();
  for (const auto& pair : input.at("mapping").as_array())
    request.mapping.emplace_back(std::string(pair.at(0).as_string()),
                                 std::string(pair.at(1).as_string()));
  return request;
}

// Which files, under the names that they were sent by.
boost::json::object about_import(const boost::json::object& input) {
  boost::json::array files;
  for (const auto& file : input.at("files").as_array())
    files.emplace_back(std::filesystem::path(std::string(file.as_string())).filename().string());
  return {{"dry_run", input.at("dry_run")},
          {"source", input.at("source")},
          {"files", std::move(files)},
          {"mapping", input.at("mapping")}};
}

}  // namespace

api::JobKind import_job(const ImportService& service) {
  const auto run = [&service](const api::JobRun& job) -> Result<boost::json::object> {
    const auto caller = service.gate.caller_again(job.account, api::PermissionSet::all());
    if (!caller) return fail(ErrorKind::forbidden, "intake.import_not_any_more");
    const api::CallerReach whole(service.gate, *caller, kImport);
    const ReachBelow reach(whole, job.organisation);
    ImportNotes notes(job);
    const auto report = import_workbooks(service.store, Actor{job.account, &reach},
                                         request_of(job.input), service.codes, notes, job.cancel);
    if (!report) return report.error();
    if (job.input.at("dry_run").as_bool()) keep_upload(service.store, job);
    return result_of(*report, notes);
  };
  const auto clean = [&service](Id job, const boost::json::object& input, api::JobState end) {
    settle_upload(service, job, input, end);
  };
  return {std::string(kImportJob), run, clean, false, 0, about_import};
}

}  // namespace jishi::intake
