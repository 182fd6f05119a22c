#pragma once
// Runs rules over the marts, whole or in a scope.

#include "modules/insight/insight.hpp"
#include "modules/insight/marts/marts.hpp"

namespace jishi::insight {

enum class Extent { whole, scope };  // the marts, or the scope tables that Marts::scope_to filled

/// Which assessments are wanted.
enum class Wanted { lit, lit_or_kept, all };

/// The query that runs a rule's `inner` query over the marts: marts and parameters come in as named
/// subqueries, so that the rule's own text stays as it is. `as_of` becomes a column of `setting`.
std::string wrapped(const Rule& rule, std::string_view inner, Extent extent, Date as_of);

/// One rule's assessments. Fails with platform.duck_* errors only: rules were checked when they
/// were loaded.
Result<std::vector<Assessment>> assess(duck::Connection& duck, const Rule& rule, Extent extent,
                                       Date as_of, Wanted wanted);

/// The assessment of one subject, if the rule applies to it.
Result<std::optional<Assessment>> assess_subject(duck::Connection& duck, const Rule& rule,
                                                 Date as_of, Id subject);

/// The rows that the assessment of one subject rests on, at most `limit`.
Result<std::vector<boost::json::object>> rows_of(duck::Connection& duck, const Rule& rule,
                                                 Extent extent, Date as_of, Id subject,
                                                 std::size_t limit);

/// Prepares every rule over empty marts. Refused with insight.rule_invalid when one does not parse,
/// names an unknown mart or lacks a column that it must have.
Result<Done> check_rules(duck::Connection& duck, const std::vector<Rule>& rules);

}  // namespace jishi::insight
