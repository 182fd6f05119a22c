#pragma once
// Workbooks made by hand for the tests of this folder, and rows in a form that compares.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <zip.h>

#include "platform/sheets/sheets.hpp"

namespace jishi::sheets::testing {

/// A folder that goes with the test.
class TempDir {
 public:
  TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "sheets_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  /// Writes a file and gives its path.
  std::filesystem::path file(std::string_view name, std::string_view bytes) const {
    const auto path = path_ / name;
    std::ofstream(path, std::ios::binary).write(bytes.data(), std::ssize(bytes));
    return path;
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

using Parts = std::vector<std::pair<std::string, std::string>>;

inline void make_zip(const std::filesystem::path& path, const Parts& parts) {
  std::filesystem::remove(path);
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  ASSERT_NE(archive, nullptr);
  for (const auto& [name, bytes] : parts) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    ASSERT_GE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8), 0);
  }
  ASSERT_EQ(zip_close(archive), 0);
}

/// The parts of an .xlsx with one sheet `S` of the given rows; tests replace what they are about.
struct Xlsx {
  std::string sheet_data;
  std::string strings;  // <si> elements
  std::string formats;  // <numFmt> elements
  std::string styles;   // <xf> elements
  std::string workbook =
      R"(<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>)"
      "</workbook>";
  std::string relations =
      R"(<Relationships>
<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/>
<Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>)";
  std::string sheet;  // the whole part, instead of sheet_data

  Parts parts() const {
    const std::string whole =
        sheet.empty() ? "<worksheet><sheetData>" + sheet_data + "</sheetData></worksheet>" : sheet;
    return {{"_rels/.rels", R"(<Relationships><Relationship Id="r" Type="x/officeDocument" )"
                            R"(Target="/xl/workbook.xml"/></Relationships>)"},
            {"xl/workbook.xml", workbook},
            {"xl/_rels/workbook.xml.rels", relations},
            {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
            {"xl/styles.xml", "<styleSheet><numFmts>" + formats +
                                  "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                                  "<cellXfs>" +
                                  styles + "</cellXfs></styleSheet>"},
            {"xl/worksheets/sheet1.xml", whole}};
  }
};

/// A row as text: `7: 张三|n:42|d:2024-03-05|b:TRUE|e:#N/A|f:x||`. Empty cells are empty, text is
/// bare, the others carry their kind; `=` stands before what comes from a formula.
inline std::string shown(std::uint32_t number, std::span<const Cell> cells) {
  std::string text = std::to_string(number) + ":";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    text += i == 0 ? " " : "|";
    if (cell.formula) text += '=';
    switch (cell.kind) {
      case Cell::Kind::empty:
      case Cell::Kind::text: break;
      case Cell::Kind::number: text += "n:"; break;
      case Cell::Kind::date: text += "d:"; break;
      case Cell::Kind::boolean: text += "b:"; break;
      case Cell::Kind::error: text += "e:"; break;
    }
    text += cell.text;
  }
  return text;
}

using Rows = std::vector<std::string>;

/// The rows of a sheet; an error ends them with its code.
inline Rows rows_of(Workbook& workbook, std::size_t sheet = 0) {
  Rows rows;
  const auto read = read_rows(workbook, sheet, [&](auto number, auto cells) {
    rows.push_back(shown(number, cells));
    return true;
  });
  if (!read) rows.push_back(read.error().code);
  return rows;
}

/// The rows of a file's first sheet; what prevents opening stands alone.
inline Rows rows_of(const std::filesystem::path& path, const Limits& limits = {}) {
  const auto workbook = open(path, limits);
  if (!workbook) return {workbook.error().code};
  return rows_of(**workbook);
}

/// The value of an error's argument.
inline std::string argument(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.arguments) {
    if (key == name) return value;
  }
  return "(none)";
}

}  // namespace jishi::sheets::testing
