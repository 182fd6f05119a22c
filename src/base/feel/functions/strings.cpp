// String functions (DMN 1.5, table 75) without patterns.
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "base/feel/evaluate.hpp"
#include "base/feel/library.hpp"
#include "base/text.hpp"

namespace jishi::feel {

namespace {

/// Where each code point of a text begins, and its end.
std::vector<std::size_t> beginnings(std::string_view text) {
  std::vector<std::size_t> all;
  std::size_t at = 0;
  while (at < text.size()) {
    all.push_back(at);
    at += first_code_point(text.substr(at)).length;
  }
  all.push_back(at);
  return all;
}

Value substring(const Invocation& call) {
  const std::string& text = call.text(0);
  const auto start = call.number(1).rounded(0, Rounding::down).to_int64();
  if (!start || *start == 0) return call.fail("feel.position");
  const auto all = beginnings(text);
  const auto count = static_cast<std::int64_t>(all.size()) - 1;
  const std::int64_t first = *start > 0 ? *start - 1 : count + *start;
  // Footnote 1 of table 74: the position is one of a sign there is.
  if (first < 0 || first >= count) return call.fail("feel.position");
  std::int64_t last = count;
  if (!call[2].is_null()) {
    const auto length = call.number(2).rounded(0, Rounding::down).to_int64();
    // So is the length: at most to the end, [1..E]; what lies outside of its domain makes the
    // result null (10.3.4). Others give the shorter text; the text of the standard does not.
    if (!length || *length < 1 || *length > count - first) return call.fail("feel.length");
    last = first + *length;
  }
  const std::size_t from = all[static_cast<std::size_t>(first)];
  return text.substr(from, all[static_cast<std::size_t>(last)] - from);
}

Value length(const Invocation& call) {
  return static_cast<std::int64_t>(count_code_points(call.text(0)));
}

Value upper(const Invocation& call) {
  std::string result;
  icu::UnicodeString::fromUTF8(call.text(0)).toUpper(icu::Locale::getRoot()).toUTF8String(result);
  return result;
}

Value lower(const Invocation& call) {
  std::string result;
  icu::UnicodeString::fromUTF8(call.text(0)).toLower(icu::Locale::getRoot()).toUTF8String(result);
  return result;
}

Value before(const Invocation& call) {
  const auto found = call.text(0).find(call.text(1));
  return found == std::string::npos ? std::string() : call.text(0).substr(0, found);
}

Value after(const Invocation& call) {
  const auto found = call.text(0).find(call.text(1));
  if (found == std::string::npos) return std::string();
  return call.text(0).substr(found + call.text(1).size());
}

Value contains_text(const Invocation& call) {
  return call.text(0).find(call.text(1)) != std::string::npos;
}
Value starts_with(const Invocation& call) {
  return call.text(0).starts_with(call.text(1));
}
Value ends_with(const Invocation& call) {
  return call.text(0).ends_with(call.text(1));
}

Value join(const Invocation& call) {
  const std::string delimiter = call[1].is_null() ? "" : call.text(1);
  std::string joined;
  bool first = true;
  for (const Value& item : call.items(0)) {
    if (item.is_null()) continue;
    if (item.text() == nullptr) {
      return call.fail("feel.item_kind", {{"kind", std::string(kind_of(item))}});
    }
    if (static_cast<std::int64_t>(joined.size()) > call.evaluator().limits().text_bytes) break;
    if (!first) joined += delimiter;
    joined += *item.text();
    first = false;
  }
  return joined;
}

}  // namespace

void add_string_functions(Library& library) {
  library.add("substring(string: string, start position: number, length: number?)", substring);
  library.add("string length(string: string)", length);
  library.add("upper case(string: string)", upper);
  library.add("lower case(string: string)", lower);
  library.add("substring before(string: string, match: string)", before);
  library.add("substring after(string: string, match: string)", after);
  library.add("contains(string: string, match: string)", contains_text);
  library.add("starts with(string: string, match: string)", starts_with);
  library.add("ends with(string: string, match: string)", ends_with);
  library.add("string join(list: list, delimiter: string?~)", join);
}

}  // namespace jishi::feel
