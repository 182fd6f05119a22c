#pragma once
// The files of one import, opened and recognised before anything is written.

#include "modules/intake/import/import.hpp"
#include "platform/sheets/sheets.hpp"

namespace jishi::intake {

struct OpenFile {
  std::filesystem::path path;
  std::string shown_as;  // the name in reports: without its folder, unless two files share it
  std::unique_ptr<sheets::Workbook> workbook;
};

/// A sheet to be read, or one that only the report tells of (`layout` empty).
struct SheetOfImport {
  std::size_t file = 0;
  std::size_t index = 0;
  std::optional<Layout> layout;
  SheetReport report;
};

struct OpenedImport {
  std::vector<OpenFile> files;  // in the order of their names, whatever order they were given in
  std::vector<SheetOfImport> sheets;  // in the order of files and sheets
};

/// Opens all files and finds the kind of every sheet. Fails with the error of the first file that
/// cannot be read, or with intake.too_many_files, intake.no_files.
Result<OpenedImport> open_import(const ImportRequest& request, const Mapping& mapping);

}  // namespace jishi::intake
