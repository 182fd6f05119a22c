#include "modules/intake/import_job/import_result.hpp"

#include "base/texts.hpp"
#include "modules/intake/accept/accept.hpp"

namespace jishi::intake {

namespace {

template <class T>
boost::json::value text_or_null(const std::optional<T>& text) {
  return text ? boost::json::value(boost::json::string(*text)) : boost::json::value(nullptr);
}

boost::json::value kind_or_null(const std::optional<SheetKind>& kind) {
  return kind ? boost::json::value(name_of(*kind)) : boost::json::value(nullptr);
}

boost::json::array columns_object(const SheetReport& sheet) {
  boost::json::array columns;
  for (std::size_t i = 0; i < sheet.headers.size(); ++i) {
    std::optional<std::string_view> meaning;
    if (sheet.columns[i]) meaning = header_of(*sheet.columns[i]);
    columns.push_back(
        boost::json::object{{"header", sheet.headers[i]}, {"column", text_or_null(meaning)}});
  }
  return columns;
}

boost::json::array notices_object(const SheetReport& sheet, std::size_t& room) {
  boost::json::array notices;
  for (const Notice& notice : sheet.notices) {
    if (room == 0) break;
    --room;
    boost::json::object told{
        {"row", notice.row}, {"column", notice.problem.column}, {"code", notice.problem.code}};
    add_words(told, notice.problem);
    notices.push_back(std::move(told));
  }
  return notices;
}

boost::json::object sheet_object(const SheetReport& sheet, std::size_t number, std::size_t& room) {
  return {{"file", sheet.file},
          {"number", number},
          {"sheet", text_or_null(sheet.sheet)},
          {"kind", kind_or_null(sheet.kind)},
          {"nearest", kind_or_null(sheet.nearest)},
          {"hidden", sheet.hidden},
          {"header_row", sheet.header_row},
          {"columns", columns_object(sheet)},
          {"missing_columns", boost::json::array(sheet.missing.begin(), sheet.missing.end())},
          {"unknown_columns",
           boost::json::array(sheet.unknown_columns.begin(), sheet.unknown_columns.end())},
          {"rows", sheet.rows},
          {"accepted", sheet.accepted},
          {"refused", sheet.refused},
          {"unchanged", sheet.unchanged},
          {"notices", notices_object(sheet, room)},
          {"notice_count", sheet.notice_count}};
}

}  // namespace

void add_words(boost::json::object& told, const Problem& problem) {
  Arguments arguments = problem.arguments;
  arguments.emplace_back("column", problem.column);
  const std::string code = "intake." + problem.code;
  told["zh"] = say(Language::zh, code, arguments);
  told["en"] = say(Language::en, code, arguments);
}

void ImportNotes::refused(const Refusal& refusal) {
  ++rows_by_code_[refusal.problem.code];
  if (refusals_.size() >= kMaxToldRefusals) return;
  boost::json::object told{{"file", refusal.file},
                           {"sheet", text_or_null(refusal.sheet)},
                           {"number", refusal.number},
                           {"row", refusal.row},
                           {"column", refusal.problem.column},
                           {"code", refusal.problem.code},
                           {"acceptable", is_acceptable(refusal.problem.code)}};
  add_words(told, refusal.problem);
  refusals_.push_back(std::move(told));
}

boost::json::array ImportNotes::codes() const {
  std::vector<std::pair<std::string, std::int64_t>> most(rows_by_code_.begin(),
                                                         rows_by_code_.end());
  std::stable_sort(most.begin(), most.end(),
                   [](const auto& one, const auto& other) { return one.second > other.second; });
  boost::json::array codes;
  for (const auto& [code, rows] : most) {
    codes.push_back(boost::json::object{{"code", code},
                                        {"rows", rows},
                                        {"acceptable", is_acceptable(code)},
                                        {"zh", say(Language::zh, "intake_title." + code)},
                                        {"en", say(Language::en, "intake_title." + code)}});
  }
  return codes;
}

boost::json::object result_of(const ImportReport& report, ImportNotes& notes) {
  boost::json::array sheets;
  std::size_t room = kMaxToldNotices;
  for (std::size_t number = 0; number < report.sheets.size(); ++number)
    sheets.push_back(sheet_object(report.sheets[number], number, room));
  return {{"batch", std::to_string(report.batch)},
          {"changed", report.changed},
          {"refused", report.refused},
          {"sheets", std::move(sheets)},
          {"codes", notes.codes()},
          {"refusals", notes.take_refusals()}};
}

}  // namespace jishi::intake
