#include "api/export/labels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/texts.hpp"

namespace jishi::api {

namespace {

/// The code sets that a column's values may come from.
constexpr std::pair<std::string_view, std::string_view> kSets[] = {
    {"kind", "organisation_kind"},
    {"kind", "activity_kind"},
    {"stage", "member_stage"},
    {"status", "member_status"},
    {"sex", "sex"},
    {"ethnic", "ethnic"},
    {"education", "education"},
};

/// Where the texts of `what` may stand, the nearest first; a dot of the column is a `_` there.
std::vector<std::string> codes_of(std::string_view what, std::string_view list,
                                  std::string_view column) {
  std::string name(column);
  std::replace(name.begin(), name.end(), '.', '_');
  const std::size_t dot = std::min(list.find('.'), list.size());
  const std::string_view module = list.substr(0, dot);
  std::vector<std::string> codes;
  if (dot < list.size())
    codes.push_back(fmt::format("{}.{}_{}_{}", module, what, list.substr(dot + 1), name));
  codes.push_back(fmt::format("{}.{}_{}", module, what, name));
  codes.push_back(fmt::format("api.{}_{}", what, name));
  return codes;
}

std::vector<Text>::const_iterator first_text(std::string_view code) {
  const auto& texts = all_texts();
  return std::lower_bound(texts.begin(), texts.end(), code,
                          [](const Text& text, std::string_view than) { return text.code < than; });
}

std::string_view said(const Text& text, Language language) {
  return language == Language::zh ? text.zh : text.en;
}

}  // namespace

std::optional<std::string> column_label(std::string_view list, std::string_view column,
                                        bool of_persons, Language language) {
  auto codes = codes_of("export_column", list, column);
  if (of_persons && column == "name") codes.back() = "api.export_column_person_name";
  for (const std::string& code : codes) {
    const auto text = first_text(code);
    if (text != all_texts().end() && text->code == code) return std::string(said(*text, language));
  }
  return std::nullopt;
}

ValueLabels::ValueLabels(std::string_view list, std::string_view column, const Codes& codes,
                         Language language)
    : language_(language) {
  for (const std::string& code : codes_of("export_value", list, column)) {
    const std::string before = code + "_";
    for (auto text = first_text(before);
         text != all_texts().end() && text->code.starts_with(before); ++text)
      texts_.emplace_back(text->code.substr(before.size()), said(*text, language));
  }
  for (const auto& [name, set] : kSets) {
    if (name == column) sets_.push_back(&codes.set(set));
  }
}

std::string ValueLabels::operator()(std::string value) const {
  for (const auto& [code, text] : texts_) {
    if (code == value) return std::string(text);
  }
  for (const CodeSet* set : sets_) {
    const std::string_view label = set->label(value, language_);
    if (label != value) return std::string(label);
  }
  return value;
}

}  // namespace jishi::api
