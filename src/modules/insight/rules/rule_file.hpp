#pragma once
#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "modules/insight/rules/rule.hpp"

namespace jishi::insight {

/// Reads one rule file. Refused with insight.rule_invalid (arguments: file, line, reason).
Result<Rule> parse_rule(std::string_view id, const std::filesystem::path& file,
                        std::string_view text);

/// Reads every rule below `pack`/rules, in the order of their ids, and makes sure that each has its
/// test file with a violating, a clean and an empty case.
Result<std::vector<Rule>> read_rules(const std::filesystem::path& pack);

/// The refusal of a rule file.
Error rule_error(const std::filesystem::path& file, int line, std::string reason);

}  // namespace jishi::insight
