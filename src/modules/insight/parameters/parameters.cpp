#include "modules/insight/parameters/parameters.hpp"

#include "modules/insight/parameters/parameters.sql.hpp"
#include "modules/insight/subjects.hpp"

namespace jishi::insight {

std::optional<Error> refuse_setting(const Rule* rule, const ParameterSetting& setting) {
  if (rule == nullptr)
    return fail(ErrorKind::not_found, "insight.rule_unknown", {{"rule", setting.rule}});
  const auto found =
      std::find_if(rule->parameters.begin(), rule->parameters.end(),
                   [&](const RuleParameter& known) { return known.name == setting.parameter; });
  if (found == rule->parameters.end()) {
    return fail(ErrorKind::not_found, "insight.parameter_unknown",
                {{"rule", rule->id}, {"parameter", setting.parameter}});
  }
  if (setting.value >= found->least && setting.value <= found->most) return std::nullopt;
  return fail(ErrorKind::invalid, "insight.parameter_out_of_bounds",
              {{"path", "value"},
               {"parameter", found->name},
               {"least", std::to_string(found->least)},
               {"most", std::to_string(found->most)}});
}

Result<Done> write_setting(Transaction& tx, const ParameterSetting& setting) {
  const auto organisation = registry::organisation_meant(tx, setting.organisation);
  if (!organisation) return organisation.error();
  tx.run(sql::parameters::set_parameter, setting.rule, setting.parameter, *organisation,
         setting.value);
  const std::string payload = boost::json::serialize(
      boost::json::object{{"rule", setting.rule}, {"parameter", setting.parameter}});
  tx.fact(fact::kParameterSet, tx.store().clock().today(), *organisation,
          {.amount = setting.value, .payload = payload});
  return Done{};
}

ParameterEffect compare(const std::vector<Verdict>& before, const std::vector<Verdict>& after) {
  std::map<Id, LightChange> changes;
  for (const Verdict& verdict : before)
    changes[verdict.assessment.subject].before = verdict.assessment.level;
  for (const Verdict& verdict : after)
    changes[verdict.assessment.subject].after = verdict.assessment.level;
  ParameterEffect effect;
  for (auto& [subject, change] : changes) {
    if (change.before == change.after) continue;
    if (change.before.empty()) {
      ++effect.would_light;
    } else if (change.after.empty()) {
      ++effect.would_go;
    } else {
      ++effect.would_change;
    }
    change.subject = subject;
    if (effect.examples.size() < kMaxExamples) effect.examples.push_back(std::move(change));
  }
  return effect;
}

void name_examples(Store& store, const Rule& rule, ParameterEffect& effect) {
  std::vector<Id> ids;
  for (const LightChange& change : effect.examples) ids.push_back(change.subject);
  Subjects subjects(store);
  const auto names = rule.subject == "person" ? subjects.persons(ids) : subjects.organisations(ids);
  for (LightChange& change : effect.examples) {
    const auto found = names.find(change.subject);
    if (found == names.end()) continue;
    change.code = found->second.code;
    change.name = found->second.name;
  }
}

std::vector<SetValue> values_at(db::Reader& reader, Id organisation) {
  auto values = reader.all<SetValue>(sql::parameters::values_above, organisation);
  const auto same = [](const SetValue& left, const SetValue& right) {
    return left.rule == right.rule && left.parameter == right.parameter;
  };
  values.erase(std::unique(values.begin(), values.end(), same), values.end());
  return values;
}

}  // namespace jishi::insight
