#include "modules/insight/shown.hpp"

namespace jishi::insight {

ShownRule shown(const Rule& rule, Language language) {
  ShownRule shown{rule.id,       rule.version, rule.title.in(language), rule.subject,
                  rule.severity, rule.basis,   rule.why.in(language),   rule.remedy.in(language),
                  rule.owner,    rule.risk,    rule.valid_from,         {}};
  for (const RuleParameter& parameter : rule.parameters)
    shown.parameters.push_back(
        {parameter.name, parameter.standard, parameter.least, parameter.most});
  return shown;
}

std::vector<HeldRule> held(const std::vector<Rule>& rules, const std::vector<SetValue>& values) {
  std::vector<HeldRule> list;
  for (const Rule& rule : rules) {
    HeldRule& one = list.emplace_back(HeldRule{rule.id, {}});
    for (const RuleParameter& parameter : rule.parameters) {
      HeldParameter known{parameter.name,
                          parameter.standard,
                          parameter.standard,
                          parameter.least,
                          parameter.most,
                          kNoId,
                          {}};
      const auto set = std::find_if(values.begin(), values.end(), [&](const SetValue& value) {
        return value.rule == rule.id && value.parameter == parameter.name;
      });
      if (set != values.end()) {
        known.value = set->value;
        known.set_at = set->set_at;
        known.set_at_name = set->set_at_name;
      }
      one.parameters.push_back(std::move(known));
    }
  }
  return list;
}

ShownExplanation shown(const Explanation& why, Date as_of, Language language) {
  ShownExplanation shown;
  shown.rule = why.rule->id;
  shown.version = why.rule->version;
  shown.title = why.rule->title.in(language);
  shown.basis = why.rule->basis;
  shown.subject_kind = why.rule->subject;
  shown.subject = why.subject;
  shown.name = why.name;
  shown.as_of = as_of;
  shown.applies = why.assessment.has_value();
  if (why.assessment) {
    if (!why.assessment->level.empty()) shown.level = why.assessment->level;
    shown.since = why.assessment->since;
    shown.due = why.assessment->due;
    shown.evidence = why.assessment->evidence;
  }
  shown.rows = why.rows;
  shown.refused_rows = why.refused_rows;
  shown.remedy = why.rule->remedy.in(language);
  return shown;
}

ShownStructure shown(const std::vector<StructureCount>& counts, Date as_of) {
  ShownStructure shown{as_of, {}};
  for (const StructureCount& count : counts)
    shown.bands.push_back({count.dimension, count.band, count.members});
  return shown;
}

}  // namespace jishi::insight
