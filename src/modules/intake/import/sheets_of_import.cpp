#include "modules/intake/import/sheets_of_import.hpp"

#include <set>

#include "platform/sheets/writer.hpp"

namespace jishi::intake {

namespace {

std::vector<OpenFile> in_order(const std::vector<std::filesystem::path>& paths) {
  std::multiset<std::string> names;
  for (const auto& path : paths) names.insert(path.filename().string());
  std::vector<OpenFile> files;
  for (const auto& path : paths) {
    const std::string name = path.filename().string();
    files.push_back({path, names.count(name) > 1 ? path.string() : name, nullptr});
  }
  std::sort(files.begin(), files.end(), [](const OpenFile& left, const OpenFile& right) {
    return left.shown_as < right.shown_as;
  });
  const auto same = [](const OpenFile& left, const OpenFile& right) {
    return left.path == right.path;
  };
  files.erase(std::unique(files.begin(), files.end(), same), files.end());
  return files;
}

// A sheet that nothing is known of, in words that tell which columns it lacks.
void describe(const Unrecognised& unrecognised, SheetReport& report) {
  report.nearest = unrecognised.nearest;
  report.missing = unrecognised.missing;
}

Result<SheetOfImport> open_sheet(const OpenFile& file, std::size_t number,
                                 const sheets::SheetInfo& info, const Mapping& mapping) {
  SheetOfImport sheet;
  sheet.file = number;
  sheet.index = info.index;
  sheet.report.file = file.shown_as;
  sheet.report.sheet = info.name;
  sheet.report.hidden = info.hidden;
  if (info.hidden) return sheet;
  auto recognised = recognise(*file.workbook, info.index, mapping);
  if (!recognised) return recognised.error();
  if (auto* layout = std::get_if<Layout>(&*recognised)) {
    sheet.report.kind = layout->kind;
    sheet.report.unknown_columns = layout->unknown_headers();
    sheet.report.header_row = layout->header_row;
    sheet.report.headers = layout->headers;
    sheet.report.columns = layout->columns;
    sheet.layout = std::move(*layout);
  } else {
    describe(std::get<Unrecognised>(*recognised), sheet.report);
  }
  return sheet;
}

}  // namespace

Result<OpenedImport> open_import(const ImportRequest& request, const Mapping& mapping) {
  if (request.files.empty()) return fail(ErrorKind::invalid, "intake.no_files");
  if (request.files.size() > kMaxFiles) {
    return fail(ErrorKind::invalid, "intake.too_many_files",
                {{"limit", std::to_string(kMaxFiles)}});
  }
  OpenedImport opened;
  opened.files = in_order(request.files);
  for (std::size_t number = 0; number < opened.files.size(); ++number) {
    OpenFile& file = opened.files[number];
    auto workbook = sheets::open(file.path, {}, file.shown_as);
    if (!workbook) return workbook.error();
    file.workbook = std::move(*workbook);
    for (const sheets::SheetInfo& info : file.workbook->sheets()) {
      // Of our own templates: nobody's rows.
      if (info.hidden && info.name == sheets::kChoicesSheet) continue;
      auto sheet = open_sheet(file, number, info, mapping);
      if (!sheet) return sheet.error();
      opened.sheets.push_back(std::move(*sheet));
    }
  }
  return opened;
}

}  // namespace jishi::intake
