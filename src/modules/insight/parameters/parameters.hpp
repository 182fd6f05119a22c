#pragma once
// Parameters of rules: set for an organisation and all below it, within bounds; and what another
// value would do.

#include "modules/insight/rules/evaluate.hpp"

namespace jishi::insight {

/// Nothing when a rule has such a parameter and the value lies within its bounds. Errors:
/// insight.rule_unknown (where `rule` is none), parameter_unknown, parameter_out_of_bounds.
std::optional<Error> refuse_setting(const Rule* rule, const ParameterSetting& setting);

/// Sets it, with its fact. Error: registry.not_found.
Result<Done> write_setting(Transaction& tx, const ParameterSetting& setting);

/// What lit verdicts differ in; pure. Examples come in the order of their subjects.
ParameterEffect compare(const std::vector<Verdict>& before, const std::vector<Verdict>& after);

/// Gives the examples the codes and names of their subjects.
void name_examples(Store& store, const Rule& rule, ParameterEffect& effect);

/// A value that an organisation set, and where it came from.
struct SetValue {
  std::string rule;
  std::string parameter;
  std::int64_t value = 0;
  Id set_at = kNoId;
  std::string set_at_name;
};
BOOST_DESCRIBE_STRUCT(SetValue, (), (rule, parameter, value, set_at, set_at_name))

/// The values that hold at an organisation because it, or one above it, set them: of each parameter
/// the nearest.
std::vector<SetValue> values_at(db::Reader& reader, Id organisation);

}  // namespace jishi::insight
