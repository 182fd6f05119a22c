#pragma once
// Runs rules over the marts, whole or for some organisations: all rules in one statement.

#include "modules/insight/insight.hpp"
#include "modules/insight/marts/marts.hpp"

namespace jishi::insight {

/// What a rule says of one subject: lit, or kept (level empty): in order, but not yet so far that a
/// light that is lit goes out.
struct Verdict {
  const Rule* rule = nullptr;
  Assessment assessment;
};

using RuleList = std::vector<const Rule*>;

/// Whether lit verdicts carry the rows that they rest on: in their evidence as `rows`, the last
/// Evaluation::kMaxRows of each.
enum class Rows { with, without };

/// What is looked at: some rules in some organisations.
struct Scope {
  std::vector<Id> organisations;
  RuleList rules;
};

/// What rules are run with: a day, and the parameters that some organisation set, as
/// rule:parameter.
struct RuleInput {
  Date as_of;
  const std::set<std::string>* set_parameters = nullptr;
};

/// A set of rules over marts. The statement for a scope is planned once a day and kept; it has no
/// parameters, since the engine plans a statement with parameters whenever it runs.
class Evaluation {
 public:
  /// Both must outlive it; the rules have been checked by check_rules.
  Evaluation(Marts& marts, const std::vector<Rule>& rules) : marts_(&marts), rules_(&rules) {}

  /// The rules that hold on a day and look at one of these marts.
  RuleList rules_for(Date as_of, MartSet marts = kAllMarts) const;

  /// What is lit or kept in the whole.
  Result<std::vector<Verdict>> whole(Date as_of, Rows rows);
  /// What one rule lights in the whole, without its rows.
  Result<std::vector<Verdict>> of_rule(const Rule& rule, Date as_of);
  /// What is lit or kept in the organisations of the scope and of their members, with its rows.
  Result<std::vector<Verdict>> within(const Scope& scope, Date as_of);
  static constexpr std::size_t kMaxRows = 10;

  /// The assessment of one subject, if the rule applies to it.
  Result<std::optional<Assessment>> subject(const Rule& rule, Date as_of, Id organisation,
                                            Id subject);
  /// The rows that the assessment of one subject rests on, at most `limit`.
  Result<std::vector<boost::json::object>> rows(const Rule& rule, Date as_of, Id organisation,
                                                Id subject, std::size_t limit);

 private:
  Result<duck::Prepared*> planned(const RuleList& rules, Date as_of, Rows rows);
  Result<std::vector<Verdict>> look(const Scope& scope, Date as_of, Rows rows);
  RuleInput input(Date as_of) const { return {as_of, &marts_->set_parameters()}; }

  Marts* marts_;
  const std::vector<Rule>* rules_;
  std::map<std::pair<RuleList, Rows>, duck::Prepared> plans_;
  Date planned_for_;
  std::int64_t generation_ = -1;
};

/// Plans every rule over empty marts and notes their columns. Refused with insight.rule_invalid
/// when one does not parse, names an unknown mart or lacks a column that it must have.
Result<Done> check_rules(duck::Connection& duck, std::vector<Rule>& rules);

/// The query of a roll-up over the whole marts, with `setting` for the day.
std::string rollup_query(std::string_view query, Date as_of);

}  // namespace jishi::insight
