#pragma once
#include <optional>
#include <string>

#include <boost/json.hpp>

#include "base/date.hpp"
#include "base/id.hpp"

namespace jishi::insight {

/// In the evidence of a light: rows of its subject that its last import refused.
inline constexpr std::string_view kRefusedRows = "refused_rows";

/// A suggestion with its evidence; a person decides what follows.
struct Light {
  std::string rule;
  int version = 1;
  std::string subject_kind;  // organisation | person
  std::string subject;       // 组织代码, or 人员编号 (the id where none was given)
  Id subject_id = kNoId;
  Id organisation = kNoId;
  std::string level;  // yellow | red
  std::optional<Date> since;
  std::optional<Date> due;
  boost::json::object evidence;
};

/// One line of `lights --json`.
boost::json::object to_json(const Light& light);

}  // namespace jishi::insight
