#include "modules/intake/read/layout.hpp"

#include <algorithm>
#include <bitset>

#include "base/text.hpp"

namespace jishi::intake {

namespace {

constexpr std::size_t kMissingNamed = 2;  // a sheet that lacks more is not said to be of a kind
constexpr std::string_view kEither = "人员编号/公民身份号码";

bool is_of(SheetKind kind, Column column) {
  const auto uses = columns_of(kind);
  return std::any_of(uses.begin(), uses.end(),
                     [&](const ColumnUse& use) { return use.column == column; });
}

std::vector<std::string> headers_in(std::span<const sheets::Cell> cells) {
  std::vector<std::string> headers;
  headers.reserve(cells.size());
  for (const auto& cell : cells)
    headers.push_back(cell.kind == sheets::Cell::Kind::error ? std::string() : tidy(cell.text));
  return headers;
}

}  // namespace

std::vector<std::string> Layout::unknown_headers() const {
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i]) unknown.push_back(headers[i]);
  }
  return unknown;
}

std::vector<Column> Layout::doubled_columns() const {
  std::vector<Column> doubled;
  for (const auto& use : columns_of(kind)) {
    if (std::count(columns.begin(), columns.end(), use.column) > 1) doubled.push_back(use.column);
  }
  return doubled;
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

bool Recogniser::Candidate::better_than(const Candidate& other) const {
  if (missing.empty() != other.missing.empty()) return missing.empty();
  if (matched != other.matched) return matched > other.matched;
  if (missing.size() != other.missing.size()) return missing.size() < other.missing.size();
  return required > other.required;
}

Recogniser::Recogniser(sheets::Epoch epoch, Mapping mapping)
    : mapping_(std::move(mapping)), epoch_(epoch) {
  for (auto& [header, column] : mapping_.columns) header = fold_header(header);
}

std::optional<Column> Recogniser::column_of(SheetKind kind, std::string_view header) const {
  const std::string folded = fold_header(header);
  for (const auto& [decided, column] : mapping_.columns) {
    if (decided == folded) return column && is_of(kind, *column) ? column : std::nullopt;
  }
  return column_named(kind, folded);
}

void Recogniser::consider(SheetKind kind, std::uint32_t number,
                          const std::vector<std::string>& headers) {
  Candidate candidate;
  std::bitset<kColumnCount> found;
  candidate.layout.columns.reserve(headers.size());
  for (const auto& header : headers) {
    const auto column = column_of(kind, header);
    candidate.layout.columns.push_back(column);
    if (column) found.set(static_cast<std::size_t>(*column));
  }
  bool either_wanted = false;
  bool either_found = false;
  for (const auto& use : columns_of(kind)) {
    const bool there = found.test(static_cast<std::size_t>(use.column));
    candidate.matched += there;
    either_wanted = either_wanted || use.need == Need::either;
    either_found = either_found || (use.need == Need::either && there);
    if (use.need != Need::required) continue;
    candidate.required += there;
    if (!there) candidate.missing.emplace_back(header_of(use.column));
  }
  candidate.required += either_found;
  if (either_wanted && !either_found) candidate.missing.emplace(candidate.missing.begin(), kEither);
  // Any row lacks but two columns of 组织名册: something of the kind must be there.
  const bool resembles = candidate.required > 0 || candidate.matched > 1;
  if (candidate.missing.size() > kMissingNamed || !resembles) return;
  if (best_ && !candidate.better_than(*best_)) return;

  candidate.layout.kind = kind;
  candidate.layout.header_row = number;
  candidate.layout.headers = headers;
  candidate.layout.epoch = epoch_;
  best_ = std::move(candidate);
}

bool Recogniser::look_at(std::uint32_t number, std::span<const sheets::Cell> cells) {
  if (number > kHeaderRows) return false;
  const auto headers = headers_in(cells);
  for (const SheetKind kind : kSheetKinds) {
    if (!mapping_.kind || *mapping_.kind == kind) consider(kind, number, headers);
  }
  return true;
}

Recognition Recogniser::result() && {
  if (!best_) return Unrecognised{};
  Layout& layout = best_->layout;
  if (!best_->missing.empty())
    return Unrecognised{layout.kind, layout.header_row, std::move(best_->missing)};
  for (std::size_t i = 0; i < layout.headers.size(); ++i) {
    if (layout.headers[i].empty()) layout.headers[i] = column_letters(i);
  }
  return std::move(layout);
}

Result<Recognition> recognise(sheets::Workbook& workbook, std::size_t sheet, Mapping mapping) {
  Recogniser recogniser(workbook.epoch(), std::move(mapping));
  const auto read = sheets::read_rows(
      workbook, sheet, [&](std::uint32_t number, std::span<const sheets::Cell> cells) {
        return recogniser.look_at(number, cells);
      });
  if (!read) return read.error();
  return std::move(recogniser).result();
}

}  // namespace jishi::intake
