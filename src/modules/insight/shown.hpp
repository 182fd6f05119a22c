#pragma once
// Rules, reasons and counts as the API shows them.

#include "base/json_object.hpp"
#include "modules/insight/insight.hpp"
#include "modules/insight/list_lights/list_lights.hpp"
#include "modules/insight/parameters/parameters.hpp"

namespace jishi::insight {

struct AsOf {
  std::optional<Date> as_of;  // today unless told
};
BOOST_DESCRIBE_STRUCT(AsOf, (), (as_of))

struct LightCounts {
  std::vector<LightCount> counts;
};
BOOST_DESCRIBE_STRUCT(LightCounts, (), (counts))

struct ShownParameter {
  std::string name;
  std::int64_t standard = 0;
  std::int64_t least = 0;
  std::int64_t most = 0;
};
BOOST_DESCRIBE_STRUCT(ShownParameter, (), (name, standard, least, most))

struct ShownRule {
  std::string rule;
  int version = 1;
  std::string title;
  std::string subject_kind;
  std::string severity;
  std::string basis;
  std::string why;
  std::string remedy;
  std::string owner;
  std::string risk;
  Date valid_from;
  std::vector<ShownParameter> parameters;
};
BOOST_DESCRIBE_STRUCT(ShownRule, (),
                      (rule, version, title, subject_kind, severity, basis, why, remedy, owner,
                       risk, valid_from, parameters))
ShownRule shown(const Rule& rule, Language language);

/// A parameter as it holds at an organisation.
struct HeldParameter {
  std::string name;
  std::int64_t value = 0;
  std::int64_t standard = 0;
  std::int64_t least = 0;
  std::int64_t most = 0;
  Id set_at = kNoId;  // the organisation that set it; kNoId: the rule's own value
  std::string set_at_name;
};
BOOST_DESCRIBE_STRUCT(HeldParameter, (), (name, value, standard, least, most, set_at, set_at_name))

/// A rule with its parameters as they hold at an organisation.
struct HeldRule {
  std::string rule;
  std::vector<HeldParameter> parameters;
};
BOOST_DESCRIBE_STRUCT(HeldRule, (), (rule, parameters))
std::vector<HeldRule> held(const std::vector<Rule>& rules, const std::vector<SetValue>& values);

struct ShownExplanation {
  std::string rule;
  int version = 1;
  std::string title;
  std::string basis;
  std::string subject_kind;
  std::string subject;
  std::string name;
  Date as_of;
  bool applies = false;
  std::optional<std::string> level;
  std::optional<Date> since;
  std::optional<Date> due;
  std::optional<boost::json::object> evidence;
  std::vector<boost::json::object> rows;
  std::int64_t refused_rows = 0;
  std::string remedy;
};
BOOST_DESCRIBE_STRUCT(ShownExplanation, (),
                      (rule, version, title, basis, subject_kind, subject, name, as_of, applies,
                       level, since, due, evidence, rows, refused_rows, remedy))
ShownExplanation shown(const Explanation& why, Date as_of, Language language);

struct ShownBand {
  std::string dimension;
  std::string band;
  std::int64_t members = 0;
};
BOOST_DESCRIBE_STRUCT(ShownBand, (), (dimension, band, members))

struct ShownStructure {
  Date as_of;
  std::vector<ShownBand> bands;
};
BOOST_DESCRIBE_STRUCT(ShownStructure, (), (as_of, bands))
ShownStructure shown(const std::vector<StructureCount>& counts, Date as_of);

struct ParameterValue {
  std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(ParameterValue, (), (value))

}  // namespace jishi::insight
