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
  Result<std::vector<Verdict>> whole(Date as_of);
  /// What is lit or kept in the organisations of the scope and of their members.
  Result<std::vector<Verdict>> within(const Scope& scope, Date as_of);

  /// Puts the rows that lit verdicts rest on into their evidence as `rows`: the last kMaxRows of
  /// each. `scope`: as they were looked at; nothing: the whole.
  Result<Done> add_rows(std::vector<Verdict>& verdicts, const std::optional<Scope>& scope,
                        Date as_of);
  static constexpr std::size_t kMaxRows = 10;

  /// The assessment of one subject, if the rule applies to it.
  Result<std::optional<Assessment>> subject(const Rule& rule, Date as_of, Id organisation,
                                            Id subject);
  /// The rows that the assessment of one subject rests on, at most `limit`.
  Result<std::vector<boost::json::object>> rows(const Rule& rule, Date as_of, Id organisation,
                                                Id subject, std::size_t limit);

 private:
  using Plans = std::map<RuleList, duck::Prepared>;
  using Text = std::string (*)(const RuleList&, const RuleInput&);
  Result<duck::Prepared*> planned(Plans& plans, const RuleList& rules, Date as_of, Text text);
  RuleInput input(Date as_of) const { return {as_of, &marts_->set_parameters()}; }

  Marts* marts_;
  const std::vector<Rule>* rules_;
  Plans within_;
  Plans rows_within_;
  Date planned_for_;
  std::int64_t generation_ = -1;
};

/// Plans every rule over empty marts and notes their columns. Refused with insight.rule_invalid
/// when one does not parse, names an unknown mart or lacks a column that it must have.
Result<Done> check_rules(duck::Connection& duck, std::vector<Rule>& rules);

/// The query of a roll-up over the whole marts, with `setting` for the day.
std::string rollup_query(std::string_view query, Date as_of);

}  // namespace jishi::insight
