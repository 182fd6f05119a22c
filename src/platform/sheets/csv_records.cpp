#include "platform/sheets/csv_records.hpp"

#include <algorithm>
#include <cstring>
#include <map>

namespace jishi::sheets {

namespace {

constexpr std::size_t kSampleRecords = 20;

std::uint32_t line_ends(std::string_view text) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (text[i] == '\n' || (text[i] == '\r' && !pair)) ++count;
  }
  return count;
}

/// How well a delimiter cuts: the columns that most records share, times how many share them.
std::size_t evenness(std::string_view text, bool whole, char delimiter) {
  CsvScanner scanner(delimiter);
  std::map<std::size_t, std::size_t> records_by_columns;
  for (std::size_t i = 0; i < kSampleRecords && !text.empty(); ++i) {
    if (scanner.scan(text, whole) != CsvScan::record) break;
    text.remove_prefix(scanner.size());
    if (scanner.fields().size() > 1) ++records_by_columns[scanner.fields().size()];
  }
  std::size_t best = 0;
  for (const auto& [columns, records] : records_by_columns) {
    best = std::max(best, columns * records);
  }
  return best;
}

}  // namespace

CsvScanner::CsvScanner(char delimiter) : delimiter_(delimiter) {
  for (const char c : {delimiter, '\r', '\n'}) special_[static_cast<unsigned char>(c)] = true;
}

CsvScan CsvScanner::scan(std::string_view text, bool last) {
  fields_.clear();
  lines_ = 1;
  open_quote_ = false;
  std::size_t at = 0;
  for (;;) {
    CsvField field{.begin = at};
    if (at < text.size() && text[at] == '"') {
      field.quoted = true;
      if (!scan_quoted(text, at, last)) return open_quote_ ? CsvScan::open_quote : CsvScan::cut_off;
    }
    scan_plain(text, at);
    if (at == text.size() && !last) return CsvScan::cut_off;
    field.length = at - field.begin;
    fields_.push_back(field);
    if (at == text.size() || text[at] != delimiter_) break;
    ++at;
  }
  return scan_line_end(text, at, last) ? CsvScan::record : CsvScan::cut_off;
}

bool CsvScanner::scan_quoted(std::string_view text, std::size_t& at, bool last) {
  const std::size_t begin = ++at;
  for (;;) {
    at = text.find('"', at);
    if (at == std::string_view::npos) {
      open_quote_ = last;
      return false;
    }
    if (++at == text.size()) {
      if (!last) return false;  // a second quote may follow
      break;
    }
    if (text[at] != '"') break;
    ++at;
  }
  lines_ += line_ends(text.substr(begin, at - begin));
  return true;
}

void CsvScanner::scan_plain(std::string_view text, std::size_t& at) const {
  const char* p = text.data() + at;
  const char* const end = text.data() + text.size();
  while (p != end && !special_[static_cast<unsigned char>(*p)]) ++p;
  at = static_cast<std::size_t>(p - text.data());
}

bool CsvScanner::scan_line_end(std::string_view text, std::size_t at, bool last) {
  size_ = at;
  if (at == text.size()) return last;
  ++size_;
  if (text[at] != '\r') return true;
  if (size_ == text.size()) return last;  // a line feed may follow
  if (text[size_] == '\n') ++size_;
  return true;
}

std::string_view field_text(char* record, const CsvField& field) {
  char* const begin = record + field.begin;
  if (!field.quoted) return {begin, field.length};
  char* const end = begin + field.length;
  char* out = begin + 1;
  char* in = out;
  for (;;) {  // the closing quote is there: the scanner has seen it
    auto* quote = static_cast<char*>(std::memchr(in, '"', static_cast<std::size_t>(end - in)));
    const auto length = static_cast<std::size_t>(quote - in);
    if (out != in) std::memmove(out, in, length);
    out += length;
    in = quote + 1;
    if (in == end || *in != '"') break;
    *out++ = *in++;
  }
  // What stands behind the closing quote belongs to no standard; it is kept as it is.
  const auto rest = static_cast<std::size_t>(end - in);
  if (rest != 0) std::memmove(out, in, rest);
  return {begin + 1, static_cast<std::size_t>(out - begin - 1) + rest};
}

std::size_t separator_line(std::string_view text) {
  constexpr std::string_view kStart = "sep=";
  if (!text.starts_with(kStart) || text.size() < kStart.size() + 2) return 0;
  std::size_t at = kStart.size() + 1;
  if (text[at] == '\r') ++at;
  if (at < text.size() && text[at] == '\n') ++at;
  return at > kStart.size() + 1 ? at : 0;
}

char detect_delimiter(std::string_view text, bool whole) {
  constexpr std::string_view kDelimiters = ",\t;";
  if (separator_line(text) != 0 && kDelimiters.find(text[4]) != std::string_view::npos) {
    return text[4];
  }
  char best = ',';
  std::size_t best_evenness = 0;
  for (const char delimiter : kDelimiters) {
    const std::size_t each = evenness(text, whole, delimiter);
    if (each <= best_evenness) continue;
    best = delimiter;
    best_evenness = each;
  }
  return best;
}

}  // namespace jishi::sheets
