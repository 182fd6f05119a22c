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

/// A set of rules over marts. The statement for some organisations is planned once a day and kept;
/// it has no parameters, since the engine plans a statement with parameters whenever it runs.
class Evaluation {
 public:
  /// Both must outlive it; the rules have been checked by check_rules.
  Evaluation(Marts& marts, const std::vector<Rule>& rules) : marts_(&marts), rules_(&rules) {}

  /// What is lit or kept in the whole.
  Result<std::vector<Verdict>> whole(Date as_of);
  /// What is lit or kept in these organisations and of their members.
  Result<std::vector<Verdict>> within(const std::vector<Id>& organisations, Date as_of);

  /// Puts the rows that lit verdicts rest on into their evidence as `rows`: the last kMaxRows of
  /// each. `organisations`: as they were looked at; nothing: the whole.
  Result<Done> add_rows(std::vector<Verdict>& verdicts,
                        const std::optional<std::vector<Id>>& organisations, Date as_of);
  static constexpr std::size_t kMaxRows = 10;

  /// The assessment of one subject, if the rule applies to it.
  Result<std::optional<Assessment>> subject(const Rule& rule, Date as_of, Id organisation,
                                            Id subject);
  /// The rows that the assessment of one subject rests on, at most `limit`.
  Result<std::vector<boost::json::object>> rows(const Rule& rule, Date as_of, Id organisation,
                                                Id subject, std::size_t limit);

 private:
  /// A statement as it was planned, and for what.
  struct Plan {
    Date as_of;
    std::int64_t generation = -1;
    std::optional<duck::Prepared> statement;
  };
  Result<duck::Prepared*> planned(Plan& plan, Date as_of, std::string (*text)(const std::vector<const Rule*>&, Date));
  std::vector<const Rule*> in_force(Date as_of) const;
  static Result<std::vector<Verdict>> read(const std::vector<const Rule*>& rules,
                                           Result<duck::Rows> rows);

  Marts* marts_;
  const std::vector<Rule>* rules_;
  Plan within_;
  Plan rows_within_;
};

/// Plans every rule over empty marts and notes their columns. Refused with insight.rule_invalid when
/// one does not parse, names an unknown mart or lacks a column that it must have.
Result<Done> check_rules(duck::Connection& duck, std::vector<Rule>& rules);

/// The query of a roll-up over the whole marts, with `setting` for the day.
std::string rollup_query(std::string_view query, Date as_of);

}  // namespace jishi::insight
