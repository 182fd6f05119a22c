#include "modules/intake/correct/routes.hpp"
#include "base/text.hpp"
#include "modules/intake/import_job/reach_below.hpp"
#include "modules/intake/imports/imports.hpp"
#include "modules/intake/workbooks/workbooks.hpp"

namespace jishi::intake {

namespace {

constexpr api::Permission kImport = "intake.import";
using http::Method;

http::Response refuse(const api::Call& call, const Error& error) {
  return api::problem(call.request, call.language(), error);
}

/// Moves the uploads under their own names into a folder of this job's: names tell sheets apart.
Result<boost::json::array> keep_files(http::Request& request, const std::filesystem::path& folder) {
  if (request.files.empty()) return fail(ErrorKind::invalid, "intake.nothing_uploaded");
  std::filesystem::create_directories(folder);
  boost::json::array kept;
  for (http::UploadedFile& file : request.files) {
    const auto path = folder / file.name;
    if (file.name.empty() || std::filesystem::exists(path))
      return fail(ErrorKind::invalid, "intake.file_twice", {{"file", file.name}});
    std::filesystem::rename(file.path, path);
    kept.emplace_back(path.string());
  }
  return kept;
}

/// What comes with the files. Read as strictly as a body: a misspelt dry_run would be done for
/// good.
struct ImportForm {
  std::optional<std::string> source;  // whose workbooks: decides which value stands in a conflict
  bool dry_run = false;
  std::vector<std::string> map;  // header=column, as --map
};
BOOST_DESCRIBE_STRUCT(ImportForm, (), (source, dry_run, map))

boost::json::object form_shape(api::Schemas& schemas) {
  boost::json::object shape = api::struct_schema<ImportForm, api::Way::sent>(schemas);
  shape["properties"].as_object()["files"] =
      boost::json::object{{"type", "array"},
                          {"minItems", 1},
                          {"items", boost::json::object{{"type", "string"}, {"format", "binary"}}}};
  shape["required"] = boost::json::array{"files"};
  return shape;
}

Result<boost::json::array> mapping_of(const ImportForm& form) {
  boost::json::array mapping;
  for (const std::string& value : form.map) {
    const auto at = value.find('=');
    if (at == value.npos || at == 0)
      return fail(ErrorKind::invalid, "intake.map_invalid", {{"path", "map"}, {"value", value}});
    mapping.push_back(boost::json::array{value.substr(0, at), value.substr(at + 1)});
  }
  return mapping;
}

http::Response import(api::Call& call, const ImportService& service) {
  const auto folder = service.folder / std::to_string(call.store.new_id());
  if (const auto query = api::from_query<api::Nothing>(call.request.query); !query)
    return refuse(call, query.error());
  const auto form = api::from_query<ImportForm>(call.request.form);
  if (!form) return refuse(call, form.error());
  const auto mapping = mapping_of(*form);
  if (!mapping) return refuse(call, mapping.error());
  auto files = keep_files(call.request, folder);
  if (files) {
    const std::string source = tidy(form->source.value_or(""));
    auto job = service.jobs.submit(kImportJob, call.organisation, call.caller.account,
                                   {{"files", std::move(*files)},
                                    {"folder", folder.string()},
                                    {"source", source.empty() ? "workbooks" : source},
                                    {"dry_run", form->dry_run},
                                    {"mapping", *mapping}});
    if (job) {
      call.status = 202;
      call.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(job->id));
      return api::answer(call, job);
    }
    files = job.error();
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return refuse(call, files.error());
}

http::Response refused_rows(api::Call& call, const ImportService& service) {
  const auto batch = batch_of_job(service, call.subject, call.language());
  if (!batch) return refuse(call, batch.error());
  const auto path = service.folder / (std::to_string(call.store.new_id()) + ".xlsx");
  std::filesystem::create_directories(service.folder);
  const auto rows = write_refused(call.store, *batch, path, call.language());
  if (!rows) return refuse(call, rows.error());
  http::Response response;
  response.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"refused.xlsx\"");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = http::FileBody{path, true};
  return response;
}

struct AcceptRow {
  int sheet = 0;
  std::int64_t row = 0;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(AcceptRow, (), (sheet, row, reason))

Result<Accepted> accept(api::Call& call, const ImportService& service, const AcceptRow& wanted) {
  const auto batch = batch_of_job(service, call.subject, call.language());
  if (!batch) return batch.error();
  const api::CallerReach whole(call.gate, call.caller, call.permission);
  const ReachBelow reach(whole, call.organisation);
  return accept_refused_row(call.store, Actor{call.caller.account, &reach}, service.codes,
                            {*batch, wanted.sheet, wanted.row}, wanted.reason);
}

}  // namespace

void routes(api::Routes& routes, const ImportService& service) {
  import_list_routes(routes, service);
  refused_row_routes(routes, service);
  workbook_routes(routes, service);
  const auto job = api::record_in("job", api::organisation_of_job);
  api::Operation& importing =
      routes.raw(Method::post, "/api/v1/organisations/{organisation}/imports",
                 {"intake.import_files", kImport, api::organisation_in("organisation")},
                 [&service](api::Call& call) { return import(call, service); });
  importing.body_kind = http::BodyKind::upload;
  importing.body_limit = kMaxUpload;
  importing.time_limit = std::chrono::minutes(10);
  importing.run = http::Run::on_worker;
  importing.status = 202;
  importing.body = form_shape;
  importing.answer = api::schema_of<api::Job, api::Way::answered>;

  api::Operation& rows = routes.raw(
      Method::get, "/api/v1/imports/{job}/refused", {"intake.refused_rows", kImport, job},
      [&service](api::Call& call) { return refused_rows(call, service); });
  rows.run = http::Run::on_worker;
  rows.answer_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  routes.act<api::Nothing>(
      Method::post, "/api/v1/imports/{job}/undo", {"intake.undo_import", kImport, job},
      [&](api::Call& call, const api::Nothing&) -> Result<Undone> {
        const auto batch = batch_of_job(service, call.subject, call.language());
        if (!batch) return batch.error();
        return undo_batch(call.store, Actor{call.caller.account}, *batch);
      });
  routes.act<AcceptRow>(
      Method::post, "/api/v1/imports/{job}/accepted", {"intake.accept_row", kImport, job},
      [&](api::Call& call, const AcceptRow& wanted) { return accept(call, service, wanted); });
}

}  // namespace jishi::intake
