#include "app/commands/import_screen.hpp"

#include <fmt/format.h>

#include "app/nearest.hpp"
#include "app/table.hpp"

namespace jishi::app {

namespace {

using boost::json::object;
using boost::json::value;

value text_or_null(const std::optional<std::string>& text) {
  return text ? value(boost::json::string(*text)) : value(nullptr);
}

std::string place_of(const std::string& file, const std::optional<std::string>& sheet) {
  return sheet ? file + " · " + *sheet : file;
}

std::string kind_title(const Context& context, intake::SheetKind kind) {
  return context.say("intake." + std::string(intake::name_of(kind)));
}

// Exactly the members of the contract: programs compare them.
object sheet_object(const intake::SheetReport& sheet) {
  return {{"file", sheet.file},
          {"sheet", text_or_null(sheet.sheet)},
          {"kind", sheet.kind ? value(intake::name_of(*sheet.kind)) : value(nullptr)},
          {"rows", sheet.rows},
          {"accepted", sheet.accepted},
          {"refused", sheet.refused},
          {"unchanged", sheet.unchanged}};
}

}  // namespace

std::string say_problem(const Context& context, const intake::Problem& problem) {
  Arguments arguments = problem.arguments;
  arguments.emplace_back("column", problem.column);
  return context.say("intake." + problem.code, arguments);
}

void ImportScreen::refused(const intake::Refusal& refusal) {
  const std::string message = say_problem(context_, refusal.problem);
  if (context_.settings.json) {
    const object line{{"file", refusal.file},         {"sheet", text_or_null(refusal.sheet)},
                      {"row", refusal.row},           {"column", refusal.problem.column},
                      {"code", refusal.problem.code}, {"message", message}};
    context_.console.line(boost::json::serialize(line));
    return;
  }
  Refusals& group = by_code_[refusal.problem.code];
  ++group.count;
  if (group.examples.size() < kMaxExamples) {
    group.examples.push_back(context_.say(
        "app.refused_example", {{"place", printable(place_of(refusal.file, refusal.sheet))},
                                {"row", std::to_string(refusal.row)},
                                {"message", printable(message)}}));
  }
}

void ImportScreen::progress(std::int64_t rows, double part) {
  if (!context_.console.progress_due()) return;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started_;
  const double rate = static_cast<double>(rows) / std::max(spent.count(), 0.001);
  const double left = part > 0.01 ? spent.count() * (1.0 - part) / part : 0.0;
  context_.console.progress(
      context_.say("app.import_progress", {{"rows", grouped(rows)},
                                           {"part", fmt::format("{:.0f}", part * 100)},
                                           {"rate", grouped(static_cast<std::int64_t>(rate))},
                                           {"left", fmt::format("{:.0f}", left)}}));
}

void ImportScreen::print_sheets(const intake::ImportReport& report) const {
  for (const intake::SheetReport& sheet : report.sheets) {
    context_.console.line(boost::json::serialize(sheet_object(sheet)));
    for (const std::string& remark : remarks_on(sheet)) {
      context_.console.note(printable(place_of(sheet.file, sheet.sheet) + ": " + remark));
    }
  }
}

void ImportScreen::print_summary(const intake::ImportReport& report) const {
  print_sheet_table(report);
  for (const intake::SheetReport& sheet : report.sheets) print_remarks(sheet);
  if (by_code_.empty()) return;
  Console& console = context_.console;
  console.line();
  console.line(context_.say("app.refused_title", {{"rows", grouped(report.refused)}}));
  for (const auto& [code, group] : by_code_) {
    console.line(
        context_.say("app.refused_code", {{"code", code}, {"count", grouped(group.count)}}));
    for (const std::string& example : group.examples) console.line("    " + example);
    const auto shown = static_cast<std::int64_t>(group.examples.size());
    if (group.count > shown) {
      console.line("    " +
                   context_.say("app.and_more", {{"count", grouped(group.count - shown)}}));
    }
  }
}

void ImportScreen::print_sheet_table(const intake::ImportReport& report) const {
  Table table({{context_.say("app.title_file")},
               {context_.say("app.title_sheet")},
               {context_.say("app.title_sheet_kind")},
               {context_.say("app.title_rows"), Align::right},
               {context_.say("app.title_accepted"), Align::right},
               {context_.say("app.title_unchanged"), Align::right},
               {context_.say("app.title_refused"), Align::right}});
  for (const intake::SheetReport& sheet : report.sheets) {
    table.row({sheet.file, sheet.sheet.value_or(""),
               sheet.kind ? kind_title(context_, *sheet.kind) : "—", grouped(sheet.rows),
               grouped(sheet.accepted), grouped(sheet.unchanged), grouped(sheet.refused)});
  }
  std::string lines = table.text();
  lines.pop_back();
  context_.console.line(lines);
}

std::vector<std::string> ImportScreen::remarks_on(const intake::SheetReport& sheet) const {
  std::vector<std::string> remarks;
  const std::string list = list_of(sheet.missing);
  if (sheet.hidden) {
    remarks.push_back(context_.say("intake.sheet_hidden", {{"sheet", sheet.sheet.value_or("")}}));
  } else if (!sheet.kind && sheet.nearest) {
    remarks.push_back(
        context_.say("intake.sheet_columns_missing",
                     {{"kind", kind_title(context_, *sheet.nearest)}, {"missing", list}}));
  } else if (!sheet.kind) {
    remarks.push_back(context_.say("intake.sheet_unrecognised"));
  }
  if (!sheet.unknown_columns.empty()) {
    remarks.push_back(
        context_.say("intake.columns_unknown", {{"columns", list_of(sheet.unknown_columns)}}));
  }
  std::int64_t shown = 0;
  for (const intake::Notice& notice : sheet.notices) {
    if (shown == static_cast<std::int64_t>(kMaxExamples)) break;
    ++shown;
    const std::string message = say_problem(context_, notice.problem);
    const std::string row = std::to_string(notice.row);
    remarks.push_back(notice.row == 0
                          ? message
                          : context_.say("app.notice_row", {{"row", row}, {"message", message}}));
  }
  if (sheet.notice_count > shown) {
    remarks.push_back(
        context_.say("app.and_more", {{"count", grouped(sheet.notice_count - shown)}}));
  }
  return remarks;
}

void ImportScreen::print_remarks(const intake::SheetReport& sheet) const {
  const auto remarks = remarks_on(sheet);
  if (remarks.empty()) return;
  context_.console.line();
  context_.console.line("  " + printable(place_of(sheet.file, sheet.sheet)));
  for (const std::string& remark : remarks) context_.console.line("    " + printable(remark));
}

}  // namespace jishi::app
