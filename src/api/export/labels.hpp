#pragma once
// Columns and values of a table in the words of people. They stand in the texts.toml beside the
// list and are found by their names: [registry.export_column_list_members_stage] is said of the
// column `stage` of registry.list_members alone, [registry.export_column_stage] of that of every
// list of the module, [api.export_column_stage] of any; export_value_stage_full is a value of it.

#include "base/codes.hpp"

namespace jishi::api {

/// How a column of a list is called for people; nothing for one that has no name of its own. A
/// `name` beside a person is that of the person.
std::optional<std::string> column_label(std::string_view list, std::string_view column,
                                        bool of_persons, Language language);

/// The names of the values of a column.
class ValueLabels {
 public:
  ValueLabels(std::string_view list, std::string_view column, const Codes& codes,
              Language language);
  /// A value that is no code stands for itself.
  std::string operator()(std::string value) const;

 private:
  std::vector<std::pair<std::string_view, std::string_view>> texts_;  // the nearest first
  std::vector<const CodeSet*> sets_;
  Language language_;
};

}  // namespace jishi::api
