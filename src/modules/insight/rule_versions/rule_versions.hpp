#pragma once
// What a rule said before: each text that the program served by, and what it changed.

#include "modules/insight/insight.hpp"

namespace jishi::insight {

/// Versions of a rule that are shown, the latest ones.
inline constexpr int kMaxRuleVersions = 100;

struct RuleVersion {
  int version = 1;
  std::int64_t noted_ms = 0;  // when the program first served by it
  Date valid_from;
  std::string title;
  std::string basis;
  std::string why;
  std::string remedy;
  std::string severity;
  std::string parameters;  // warn_days 15 (0 to 60), …
  std::string query;
  std::string rows_query;
  std::vector<std::string> changed;  // which of these were otherwise before; empty: the first
};
BOOST_DESCRIBE_STRUCT(RuleVersion, (),
                      (version, noted_ms, valid_from, title, basis, why, remedy, severity,
                       parameters, query, rows_query, changed))

/// Latest first. Error: insight.rule_unknown.
Result<std::vector<RuleVersion>> rule_versions(db::Reader& reader, std::string_view rule,
                                               Language language);

}  // namespace jishi::insight
