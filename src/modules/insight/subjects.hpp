#pragma once
// Ids and the codes by which people know them.

#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/store.hpp"

namespace jishi::insight {

/// Puts names to the ids of lights.
class Subjects {
 public:
  explicit Subjects(Store& store) : store_(store) {}

  struct Names {
    std::string code;  // 组织代码, or 人员编号 (the id where none was given)
    std::string name;
  };
  /// The names of organisations and persons; ids that are not on record stay out.
  std::unordered_map<Id, Names> organisations(const std::vector<Id>& ids);
  std::unordered_map<Id, Names> persons(const std::vector<Id>& ids);

  struct Found {
    Id id = kNoId;
    Id organisation = kNoId;
    Names names;
  };
  /// A subject as a person writes it: 组织代码 or 人员编号 or id.
  std::optional<Found> find(std::string_view kind, std::string_view written);

  /// Rows refused of these subjects in the last import that spoke of each; others stay out.
  std::unordered_map<Id, std::int64_t> doubts(std::string_view kind, const std::vector<Id>& ids);

 private:
  Store& store_;
};

}  // namespace jishi::insight
