#include "platform/sheets/source.hpp"

#include <fmt/format.h>

namespace jishi::sheets {

namespace {

ErrorKind kind_of(std::string_view code) {
  if (code == "not_found") return ErrorKind::not_found;
  return code == "unreadable" ? ErrorKind::unavailable : ErrorKind::invalid;
}

}  // namespace

Error Source::error(std::string_view code, Arguments more) const {
  Arguments arguments{{"file", name}};
  for (auto& argument : more) arguments.push_back(std::move(argument));
  return fail(kind_of(code), fmt::format("sheets.{}", code), std::move(arguments));
}

Arguments Place::arguments(std::string_view file) const {
  const std::string where = sheet ? fmt::format("{} › {}", file, *sheet) : std::string(file);
  return {{"sheet", sheet.value_or("")}, {"row", std::to_string(row)}, {"where", where}};
}

Error refused(const Source& source, Refusal refusal, const Place& place) {
  Arguments arguments = place.arguments(source.name);
  const Limits& limits = source.limits;
  const auto with = [&](std::string_view code, std::uint64_t limit) {
    arguments.emplace_back("limit", std::to_string(limit));
    return source.error(code, std::move(arguments));
  };
  switch (refusal) {
    case Refusal::none: break;
    case Refusal::too_many_columns: return with("too_many_columns", limits.columns);
    case Refusal::cell_too_long: return with("cell_too_long", limits.text_length);
    case Refusal::row_too_long: return with("row_too_long", limits.row_bytes);
    case Refusal::too_many_rows:
      return with("too_many_rows", place.sheet ? limits.workbook_rows : limits.csv_rows);
  }
  return source.error("damaged", std::move(arguments));
}

}  // namespace jishi::sheets
