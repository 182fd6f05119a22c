#pragma once
// All that an index holds, as text: for tests that compare two.

#include <xapian.h>

#include <filesystem>
#include <map>
#include <string>

namespace jishi::fulltext {

/// A line for every record, in the order of their ids: its terms with their counts, its values.
inline std::string contents_of(const std::filesystem::path& folder) {
  const Xapian::Database database(folder.string());
  std::map<std::string, std::string> lines;
  for (auto posting = database.postlist_begin(""); posting != database.postlist_end("");
       ++posting) {
    const Xapian::Document document = database.get_document(*posting);
    std::string id;
    std::string line;
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
      if ((*term).starts_with("Q")) id = *term;
      line += *term + ":" + std::to_string(term.get_wdf()) + " ";
    }
    for (auto value = document.values_begin(); value != document.values_end(); ++value)
      line += std::to_string(value.get_valueno()) + "=" + *value + " ";
    lines[id] += line + "\n";
  }
  std::string all;
  for (const auto& [id, line] : lines) all += line;
  return all;
}

}  // namespace jishi::fulltext
