#include "modules/workflow/wording/wording.hpp"

#include <regex>

#include <toml++/toml.h>

#include "base/texts.hpp"

namespace jishi::workflow {

namespace {

Result<toml::table> read_file(const std::filesystem::path& path) {
  std::error_code none;
  if (!std::filesystem::exists(path, none)) return toml::table();
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid, "workflow.wording_invalid",
                {{"file", path.filename().string()}, {"what", std::string(error.description())}});
  }
}

}  // namespace

std::string plain_basis(std::string_view basis) {
  // As words.ts of the pages does; Chinese brackets and commas are several bytes each.
  static const std::regex source(
      "(?:（|\\()?\\bS[0-9]+[a-z]?(?:(?:、|,|，)\\s*S[0-9]+[a-z]?)*(?:）|\\))?");
  static const std::regex edges("^(?:；|;|、|，|\\s)+|(?:；|;|、|，|\\s)+$");
  return std::regex_replace(std::regex_replace(std::string(basis), source, ""), edges, "");
}

Result<Wording> Wording::open(const std::filesystem::path& pack) {
  const auto texts = read_file(pack / "wording.toml");
  if (!texts) return texts.error();
  const auto roles = read_file(pack / "roles.toml");
  if (!roles) return roles.error();
  Wording made;
  if (const auto* table = (*texts)["texts"].as_table()) {
    for (const auto& [chinese, english] : *table)
      made.add(std::string(chinese.str()), english.value_or(std::string()));
  }
  if (const auto* table = (*texts)["labels"].as_table()) {
    for (const auto& [chinese, english] : *table)
      made.labels_[std::string(chinese.str())] = english.value_or(std::string());
  }
  if (const auto* listed = (*roles)["role"].as_array()) {
    for (const toml::node& node : *listed) {
      const auto* role = node.as_table();
      if (role == nullptr) continue;
      const auto text = [&](const char* name) { return (*role)[name].value_or(std::string()); };
      made.roles_[text("id")] = {text("zh"), text("en")};
    }
  }
  return made;
}

void Wording::add(const std::string& chinese, const std::string& english) {
  static const std::regex place("\\{([0-9]+)\\}");
  Pattern pattern;
  pattern.english = english;
  std::size_t from = 0;
  for (std::sregex_iterator at(chinese.begin(), chinese.end(), place), end; at != end; ++at) {
    pattern.pieces.push_back(chinese.substr(from, static_cast<std::size_t>(at->position()) - from));
    pattern.numbers.push_back((*at)[1].str());
    from = static_cast<std::size_t>(at->position() + at->length());
  }
  pattern.pieces.push_back(chinese.substr(from));
  if (pattern.numbers.empty())
    texts_[chinese] = english;
  else
    patterns_.push_back(std::move(pattern));
}

std::string Wording::filled(const Pattern& pattern, std::string_view text) const {
  if (!text.starts_with(pattern.pieces.front()) || !text.ends_with(pattern.pieces.back()))
    return {};
  Arguments found;
  std::size_t at = pattern.pieces.front().size();
  for (std::size_t place = 0; place < pattern.numbers.size(); ++place) {
    const std::string& piece = pattern.pieces[place + 1];
    const bool last = place + 1 == pattern.numbers.size();
    if (at + piece.size() > text.size()) return {};
    const auto next = last ? text.size() - piece.size() : text.find(piece, at);
    if (next == text.npos || next <= at) return {};
    found.emplace_back(pattern.numbers[place], english(text.substr(at, next - at)));
    at = next + piece.size();
  }
  return fill(pattern.english, found);
}

std::string Wording::english(std::string_view chinese) const {
  const auto found = texts_.find(chinese);
  if (found != texts_.end()) return found->second;
  for (const Pattern& pattern : patterns_) {
    // What a place holds is shorter than the whole: this comes to an end.
    if (pattern.pieces.front().empty() && pattern.pieces.back().empty()) continue;
    if (auto text = filled(pattern, chinese); !text.empty()) return text;
  }
  return std::string(chinese);
}

std::string Wording::basis(Language language, std::string_view basis) const {
  std::string plain = plain_basis(basis);
  return language == Language::zh ? plain : english(plain);
}

void Wording::translate(boost::json::value& value) const {
  if (auto* text = value.if_string()) {
    *text = english(std::string_view(*text));
  } else if (auto* items = value.if_array()) {
    for (auto& item : *items) translate(item);
  } else if (auto* members = value.if_object()) {
    for (auto& member : *members) translate(member.value());
  }
}

std::string Wording::role(Language language, const std::string& role) const {
  const auto found = roles_.find(role);
  if (found == roles_.end()) return role;
  return language == Language::zh ? found->second.first : found->second.second;
}

}  // namespace jishi::workflow
