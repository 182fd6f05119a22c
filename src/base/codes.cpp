#include "base/codes.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace jishi {

namespace {

bool is_number(std::string_view code) {
  return code.find_first_not_of("0123456789") == code.npos;
}

}  // namespace

CodeSet::CodeSet(std::string zh, std::string en, std::vector<CodeEntry> entries)
    : zh_(std::move(zh)), en_(std::move(en)), entries_(std::move(entries)) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    by_code_.emplace(entries_[i].code, i);
    by_writing_.emplace(fold_code(entries_[i].zh), i);
    for (const auto& synonym : entries_[i].synonyms) by_writing_.emplace(fold_code(synonym), i);
  }
  // After all names, so that a code never hides another value's name.
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (is_number(entries_[i].code)) by_writing_.emplace(entries_[i].code, i);
  }
}

std::optional<std::string_view> CodeSet::code_of(std::string_view written) const {
  auto found = by_writing_.find(written);
  if (found == by_writing_.end()) found = by_writing_.find(fold_code(written));
  if (found == by_writing_.end()) return std::nullopt;
  return entries_[found->second].code;
}

std::string_view CodeSet::label(std::string_view code, Language language) const {
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return code;
  const CodeEntry& entry = entries_[found->second];
  return language == Language::zh ? entry.zh : entry.en;
}

void Codes::add(std::string name, CodeSet set) {
  const auto same = std::find_if(sets_.begin(), sets_.end(),
                                 [&](const auto& entry) { return entry.first == name; });
  if (same == sets_.end())
    sets_.emplace_back(std::move(name), std::move(set));
  else
    same->second = std::move(set);
}

const CodeSet& Codes::set(std::string_view name) const {
  static const CodeSet kNone;
  const auto found = std::find_if(sets_.begin(), sets_.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  return found == sets_.end() ? kNone : found->second;
}

std::optional<Error> refuse_code(const Codes& codes, std::string_view set, std::string_view path,
                                 std::string_view code) {
  if (codes.set(set).has(code)) return std::nullopt;
  std::string known;
  for (const CodeEntry& entry : codes.set(set).entries())
    known += (known.empty() ? "" : ", ") + entry.code;
  return fail(ErrorKind::invalid, "base.code_unknown",
              {{"path", std::string(path)}, {"value", std::string(code)}, {"known", known}});
}

}  // namespace jishi
