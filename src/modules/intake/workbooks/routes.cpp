#include "modules/intake/workbooks/workbooks.hpp"

namespace jishi::intake {

namespace {

constexpr api::Permission kImport = "intake.import";
constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
using api::Call;
using http::Method;

http::Response template_of(Call& call, const ImportService& service) {
  const auto wanted = call.request.segment("kind").value_or("");
  const auto* kind = std::find_if(std::begin(kSheetKinds), std::end(kSheetKinds),
                                  [&](SheetKind each) { return name_of(each) == wanted; });
  if (kind == std::end(kSheetKinds)) {
    return api::problem(
        call.request, call.language(),
        fail(ErrorKind::not_found, "intake.workbook_unknown", {{"kind", std::string(wanted)}}));
  }
  std::filesystem::create_directories(service.folder);
  const auto path = service.folder / (std::to_string(call.store.new_id()) + ".xlsx");
  const auto written = write_template(*kind, service.codes, path);
  if (!written) return api::problem(call.request, call.language(), written.error());
  http::Response response;
  response.content_type = kXlsx;
  response.headers.emplace_back(
      "Content-Disposition", "attachment; filename=\"" + std::string(name_of(*kind)) + ".xlsx\"");
  response.body = http::FileBody{path, true};
  return response;
}

}  // namespace

void workbook_routes(api::Routes& routes, const ImportService& service) {
  routes.get<api::Nothing>(
      "/api/v1/workbooks", {"intake.list_workbooks", kImport, api::anywhere()},
      [](Call& call, const api::Nothing&) {
        return Result(api::Page<WorkbookKind>{workbook_kinds(call.language()), {}});
      });
  api::Operation& made = routes.raw(Method::get, "/api/v1/workbooks/{kind}/template",
                                    {"intake.workbook_template", kImport, api::anywhere()},
                                    [&service](Call& call) { return template_of(call, service); });
  made.run = http::Run::on_worker;
  made.answer_type = kXlsx;
}

}  // namespace jishi::intake
