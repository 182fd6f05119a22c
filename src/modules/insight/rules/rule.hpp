#pragma once
// A rule is data: a header, one query over the marts, the query for the rows it rests on, and tests
// beside it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/language.hpp"

namespace jishi::insight {

/// A number that an organization may set for itself and all below it, within bounds.
struct RuleParameter {
  std::string name;
  std::int64_t standard = 0;
  std::int64_t least = 0;
  std::int64_t most = 0;
};

/// A text of the header in both languages.
struct RuleText {
  std::string zh;
  std::string en;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

struct Rule {
  std::string id;  // orglife/members_meeting
  std::string file;
  RuleText title;
  std::string subject;   // organisation | person
  std::string severity;  // yellow | red
  std::string basis;
  RuleText why;
  RuleText remedy;
  RuleText lit;    // a sentence with {evidence} for a lit subject
  RuleText clear;  // and for one in order
  std::string owner;
  std::string risk;
  int version = 1;
  Date valid_from;
  std::optional<Date> valid_to;
  std::vector<RuleParameter> parameters;
  std::string query;       // one assessment a subject
  std::string rows_query;  // the rows an assessment rests on
  int query_line = 1;      // where the queries begin in their file
  int rows_line = 1;
  // Noted when the rule is checked:
  bool keeps = false;                    // its query has a column `keep`
  std::vector<std::string> evidence;     // the query's own columns
  std::vector<std::string> row_columns;  // those of the rows
  unsigned marts = 0;                    // a MartSet: what its queries name
};

}  // namespace jishi::insight
