#include "platform/pack/codes_file.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/text.hpp"

namespace jishi {

namespace {

/// What is wrong with a codes.toml and where.
struct Fault {
  std::uint32_t line = 0;
  std::string why;
};

std::uint32_t line_of(const toml::node& node) {
  return node.source().begin.line;
}

std::string text_in(const toml::table& table, std::string_view key) {
  const auto value = table[key].value<std::string>();
  if (!value || value->empty()) throw Fault{line_of(table), fmt::format("`{}` is missing", key)};
  return *value;
}

CodeEntry entry_in(const toml::table& table) {
  CodeEntry entry{text_in(table, "code"), text_in(table, "zh"), text_in(table, "en"), {}};
  if (const auto* synonyms = table["synonyms"].as_array()) {
    for (const auto& synonym : *synonyms) {
      const auto word = synonym.value<std::string>();
      if (!word) throw Fault{line_of(synonym), "a synonym is a text"};
      entry.synonyms.push_back(*word);
    }
  }
  return entry;
}

/// Notes the words of an entry; the word that another entry has already, if any.
std::optional<std::string> taken_word(std::map<std::string, std::string>& words,
                                      const CodeEntry& entry) {
  std::vector<std::string> own = entry.synonyms;
  own.push_back(entry.zh);
  for (const auto& word : own) {
    if (words.emplace(fold_code(word), entry.code).first->second != entry.code) return word;
  }
  return std::nullopt;
}

CodeSet set_in(const toml::table& table) {
  const auto* listed = table["entries"].as_array();
  if (!listed) throw Fault{line_of(table), "`entries` is missing"};
  std::vector<CodeEntry> entries;
  std::set<std::string> codes;
  std::map<std::string, std::string> words;
  for (const auto& node : *listed) {
    const auto* described = node.as_table();
    if (!described) throw Fault{line_of(node), "an entry is a table"};
    CodeEntry entry = entry_in(*described);
    if (!codes.insert(entry.code).second)
      throw Fault{line_of(node), fmt::format("the code `{}` stands twice", entry.code)};
    if (const auto word = taken_word(words, entry))
      throw Fault{line_of(node), fmt::format("the word `{}` means two codes", *word)};
    entries.push_back(std::move(entry));
  }
  return CodeSet(text_in(table, "zh"), text_in(table, "en"), std::move(entries));
}

Codes codes_in(const toml::table& root) {
  Codes codes;
  const auto* sets = root["set"].as_array();
  if (!sets) throw Fault{1, "no [[set]]"};
  std::set<std::string> names;
  for (const auto& node : *sets) {
    const auto* table = node.as_table();
    if (!table) throw Fault{line_of(node), "a set is a table"};
    std::string name = text_in(*table, "name");
    if (!names.insert(name).second)
      throw Fault{line_of(node), fmt::format("the set `{}` stands twice", name)};
    codes.add(std::move(name), set_in(*table));
  }
  return codes;
}

Error invalid(std::string_view file, std::uint32_t line, std::string_view why) {
  return fail(
      ErrorKind::invalid, "pack.codes_invalid",
      {{"file", std::string(file)}, {"line", fmt::to_string(line)}, {"why", std::string(why)}});
}

}  // namespace

Result<Codes> parse_codes(std::string_view toml, std::string_view shown_as) {
  try {
    return codes_in(toml::parse(toml, shown_as));
  } catch (const toml::parse_error& error) {
    return invalid(shown_as, error.source().begin.line, error.description());
  } catch (const Fault& fault) {
    return invalid(shown_as, fault.line, fault.why);
  }
}

Result<Codes> load_codes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad())
    return fail(ErrorKind::unavailable, "pack.codes_unreadable", {{"file", path.string()}});
  return parse_codes(text, path.string());
}

}  // namespace jishi
