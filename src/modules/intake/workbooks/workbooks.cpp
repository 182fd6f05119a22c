#include "modules/intake/workbooks/workbooks.hpp"

#include "base/texts.hpp"
#include "platform/sheets/writer.hpp"

namespace jishi::intake {

namespace {

struct Coded {
  Column column;
  std::string_view set;
  bool open = false;
};

// As SheetCodes reads them.
constexpr Coded kCoded[] = {
    {Column::organisation_kind, "organisation_kind"},
    {Column::unit_kind, "unit_kind"},
    {Column::sex, "sex"},
    {Column::ethnic, "ethnic", true},
    {Column::education, "education", true},
    {Column::stage, "member_stage"},
    {Column::occupation, "occupation", true},
    {Column::status, "member_status"},
    {Column::post_title, "post_title", true},
    {Column::activity_kind, "activity_kind"},
};

const Coded* coding_of(Column column) {
  const auto* found = std::find_if(std::begin(kCoded), std::end(kCoded),
                                   [&](const Coded& coded) { return coded.column == column; });
  return found == std::end(kCoded) ? nullptr : found;
}

std::string_view name_of(Need need) {
  switch (need) {
    case Need::optional: return "optional";
    case Need::required: return "required";
    case Need::either: return "either";
  }
  return {};
}

// Codes and dates stay as they are typed; what is counted stays a number.
bool is_counted(Column column) {
  return column == Column::term || column == Column::due || column == Column::present ||
         column == Column::amount;
}

}  // namespace

std::vector<WorkbookKind> workbook_kinds(Language language) {
  std::vector<WorkbookKind> kinds;
  for (const SheetKind kind : kSheetKinds) {
    const std::string name(name_of(kind));
    WorkbookKind& shown =
        kinds.emplace_back(WorkbookKind{name, say(language, "intake." + name), {}});
    for (const ColumnUse& use : columns_of(kind)) {
      const Coded* coded = coding_of(use.column);
      WorkbookColumn& column = shown.columns.emplace_back();
      column.header = header_of(use.column);
      column.need = name_of(use.need);
      if (coded == nullptr) continue;
      column.codes = coded->set;
      column.open = coded->open;
    }
  }
  return kinds;
}

Result<Done> write_template(SheetKind kind, const Codes& codes, const std::filesystem::path& path) {
  constexpr double kWidth = 16;
  std::vector<sheets::Column> columns;
  for (const ColumnUse& use : columns_of(kind)) {
    sheets::Column& column = columns.emplace_back();
    column.header = header_of(use.column);
    column.width = kWidth;
    column.text = !is_counted(use.column);
    const Coded* coded = coding_of(use.column);
    if (coded == nullptr) continue;
    column.open = coded->open;
    for (const CodeEntry& entry : codes.set(coded->set).entries())
      column.choices.push_back(entry.zh);
  }
  auto writer = sheets::write_xlsx(path);
  if (!writer) return writer.error();
  const std::string name = say(Language::zh, "intake." + std::string(name_of(kind)));
  if (const auto begun = (*writer)->begin_sheet(name, columns); !begun) return begun;
  return (*writer)->finish();
}

}  // namespace jishi::intake
