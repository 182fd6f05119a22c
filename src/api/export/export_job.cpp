#include "api/export/export_job.hpp"

#include "platform/http/target.hpp"

namespace jishi::api {

namespace {

/// What a job remembers of its request.
struct Input {
  MakeExport asked;
  bool english = false;
  std::string request;                              // its id, for the mark in each row
  std::optional<std::vector<std::string>> allowed;  // what the token permits that asked for it
};
BOOST_DESCRIBE_STRUCT(Input, (), (asked, english, request, allowed))

std::vector<std::string> names_of(PermissionSet set) {
  std::vector<std::string> names;
  for (const PermissionEntry& entry : kPermissions) {
    if (set.has(entry.name)) names.emplace_back(entry.name);
  }
  return names;
}

PermissionSet set_of(const std::optional<std::vector<std::string>>& names) {
  if (!names) return PermissionSet::all();
  PermissionSet set;
  for (const std::string& name : *names) {
    if (const auto number = number_of(name)) set.add(*number);
  }
  return set;
}

TableAsked table_of(const Call& call, const Operation& operation, const MakeExport& asked) {
  return {operation.about.name,
          asked.format,
          operation.list->columns,
          names_in(http::find_field(call.request.query, "fields").value_or("")),
          asked.personal,
          asked.purpose.value_or("")};
}

std::optional<Error> refuse_personal(const Operation& operation, const MakeExport& asked) {
  const auto& known = operation.list->personal;
  for (const std::string& column : asked.personal) {
    if (std::find(known.begin(), known.end(), column) == known.end())
      return fail(ErrorKind::invalid, "api.export_unknown_column",
                  {{"path", "personal"}, {"column", column}});
  }
  return std::nullopt;
}

TableBounds bounds_of(const JobRun& job, TableFormat format, std::int64_t bytes,
                      std::optional<std::int64_t> expected) {
  const bool xlsx = format == TableFormat::xlsx;
  return {xlsx ? kMaxXlsxRows : kMaxCsvRows, xlsx ? "api.export_beyond_xlsx" : "api.export_beyond",
          bytes, &job.cancel, [&job, expected](std::int64_t rows) {
            const auto most = static_cast<double>(std::max(expected.value_or(0), rows));
            job.progress(expected ? static_cast<double>(rows) / most : 0, rows);
          }};
}

}  // namespace

/// A list, and the request for it.
struct ExportService::Asked {
  const Operation* operation = nullptr;
  http::Request request;
};

void ExportService::learn(const std::vector<Operation>& operations) {
  operations_ = &operations;
  std::vector<http::Route> routes;
  for (const Operation& operation : operations) {
    if (!operation.list) continue;
    http::Route& route = routes.emplace_back();
    route.pattern = operation.pattern;
  }
  lists_.emplace(std::move(routes));
}

Result<ExportService::Asked> ExportService::list_at(std::string_view address) const {
  const auto unknown = [] {
    return fail(ErrorKind::invalid, "api.export_list_unknown", {{"path", "list"}});
  };
  auto target = http::parse_target(address);
  if (!target) return unknown();
  auto match = lists_->find(http::Method::get, target->segments);
  if (match.route == nullptr) return unknown();
  Asked asked;
  asked.operation =
      &*std::find_if(operations_->begin(), operations_->end(), [&](const Operation& operation) {
        return operation.list && operation.pattern == match.route->pattern;
      });
  asked.request.path = std::move(target->path);
  asked.request.query = std::move(target->query);
  asked.request.segments = std::move(match.segments);
  return asked;
}

Call ExportService::call_of(Asked& asked, const Caller& caller) const {
  return {dispatch_.store,
          dispatch_.gate,
          asked.request,
          caller,
          asked.operation->about.permission,
          kNoId,
          kNoId,
          0,
          {},
          &dispatch_.exporting};
}

std::optional<Error> ExportService::refuse(Call& call, const Operation& operation,
                                           bool personal) const {
  auto refused = admit(call, operation.about);
  if (!refused) refused = refuse_export(call, personal);
  if (refused && dispatch_.on_denied)
    dispatch_.on_denied({call.caller, operation.pattern, status_of(*refused)});
  return refused;
}

Result<Job> ExportService::submit(Call& call, const MakeExport& asked) {
  auto list = list_at(asked.list);
  if (!list) return list.error();
  Call listing = call_of(*list, call.caller);
  if (auto refused = refuse(listing, *list->operation, !asked.personal.empty()))
    return std::move(*refused);
  if (http::find_field(list->request.query, "format"))
    return fail(ErrorKind::invalid, "api.export_format_twice", {{"path", "list"}});
  if (auto refused = refuse_personal(*list->operation, asked)) return std::move(*refused);
  if (auto refused = refuse_table(table_of(listing, *list->operation, asked)))
    return std::move(*refused);
  if (const auto checked = list->operation->list->check(listing); !checked) return checked.error();
  const Caller& caller = call.caller;
  if (const auto room = files_.room(caller.account, kNoId); !room) return room.error();
  const Input input{asked, call.language() == Language::en, call.request.id,
                    caller.by_token ? std::optional(names_of(caller.allowed)) : std::nullopt};
  auto job = jobs_.submit(kExportJob, listing.organisation, caller.account,
                          std::move(to_json(input).as_object()));
  if (!job) return job.error();
  call.status = 202;
  call.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(job->id));
  return std::move(*job);
}

Result<boost::json::object> ExportService::run(const JobRun& job) {
  const auto input = from_json<Input>(job.input);
  if (!input) return input.error();
  auto caller = dispatch_.gate.caller_again(job.account, set_of(input->allowed));
  if (!caller) return fail(ErrorKind::forbidden, "api.export_not_any_more");
  caller->language = input->english ? Language::en : Language::zh;
  auto list = list_at(input->asked.list);
  if (!list) return list.error();
  list->request.id = input->request;
  const Operation& operation = *list->operation;
  Call call = call_of(*list, *caller);
  const bool personal = !input->asked.personal.empty();
  if (auto refused = refuse(call, operation, personal)) return std::move(*refused);
  const auto room = files_.room(job.account, job.id);
  if (!room) return room.error();
  const TableAsked asked = table_of(call, operation, input->asked);
  call.table = &asked;
  std::optional<std::int64_t> expected;
  if (operation.list->count) expected = operation.list->count(call);
  std::filesystem::create_directories(files_.folder());
  const std::string places = json_text(shown_places(call));
  const auto rows =
      write_table(call, asked, files_.path_of(job.id, asked.format),
                  bounds_of(job, asked.format, *room, expected),
                  [&](TableRows& table) { return operation.list->write(call, asked, table); });
  if (!rows) return rows.error();
  dispatch_.exporting.on_exported({call.caller, call.organisation, asked.list, asked.personal,
                                   asked.purpose, *rows, asked.format});
  const auto kept = files_.keep({job.id, job.account, list->request.path, std::string(asked.list),
                                 asked.format, personal, places, *rows, 0, 0, 0});
  if (!kept) return kept.error();
  return boost::json::object{
      {"list", kept->list},      {"format", boost::describe::enum_to_string(kept->format, "")},
      {"rows", kept->rows},      {"bytes", kept->bytes},
      {"until_ms", kept->until}, {"file", "/api/v1/jobs/" + std::to_string(job.id) + "/file"}};
}

JobKind ExportService::kind() {
  const auto run_job = [this](const JobRun& job) { return run(job); };
  const auto clean = [this](Id job, const boost::json::object&, JobState end) {
    if (end != JobState::done) files_.drop(job);
  };
  return {std::string(kExportJob), run_job, clean, true, kMaxOpenExports};
}

Result<http::Response> ExportService::fetch(const Call& call) {
  const auto file = files_.find(call.subject);
  if (!file) {
    const auto job = jobs_.find(call.subject, call.language());
    const bool coming = job && job->kind == kExportJob &&
                        (job->state == JobState::waiting || job->state == JobState::running);
    if (coming) return fail(ErrorKind::conflict, "api.export_not_ready");
    return fail(ErrorKind::not_found, "api.export_gone");
  }
  auto list = list_at(file->address);
  if (!list) return fail(ErrorKind::not_found, "api.export_gone");
  Call listing = call_of(*list, call.caller);
  const auto places = from_json<std::vector<Place>>(parse_json(file->places).value());
  const bool still =
      places && !refuse(listing, *list->operation, file->personal) && still_shown(listing, *places);
  if (!still) return fail(ErrorKind::not_found, "api.not_found");
  return table_answer(call, file->list, file->format, files_.path_of(file->job, file->format),
                      false);
}

void export_routes(Routes& routes, ExportService& service) {
  Operation& made = routes.act<MakeExport>(
      http::Method::post, "/api/v1/exports", {"export.submit", {}, own_account()},
      [&](Call& call, const MakeExport& asked) { return service.submit(call, asked); });
  made.status = 202;
  Operation& fetched = routes.raw(
      http::Method::get, "/api/v1/jobs/{job}/file",
      {"export.fetch", {}, own_record_in("job", account_of_job)}, [&](Call& call) {
        auto file = service.fetch(call);
        return file ? std::move(*file) : problem(call.request, call.language(), file.error());
      });
  fetched.run = http::Run::on_worker;
  fetched.table = true;
}

}  // namespace jishi::api
