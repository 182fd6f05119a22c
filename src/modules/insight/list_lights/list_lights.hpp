#pragma once
// The lights that are lit in an organisation and all below it, as the last look left them.

#include "api/call.hpp"
#include "base/json_object.hpp"
#include "modules/insight/insight.hpp"

namespace jishi::insight {

inline constexpr int kMaxLightsAPage = 200;

struct LightFilter {
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> rule;       // orglife/members_meeting
  std::optional<std::string> level;      // yellow | red
  std::optional<std::string> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(LightFilter, (), (structure, rule, level, after, limit))

struct ListedLight {
  std::string rule;
  int version = 1;
  std::string subject_kind;  // organisation | person
  Id subject = kNoId;
  std::string code;  // 组织代码, or 人员编号
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string level;
  std::optional<Date> since;
  std::optional<Date> due;
  std::int64_t lit_ms = 0;
  std::string sentence;  // what it says, with its evidence
  boost::json::object evidence;
};
BOOST_DESCRIBE_STRUCT(ListedLight, (),
                      (rule, version, subject_kind, subject, code, name, organisation,
                       organisation_name, level, since, due, lit_ms, sentence, evidence))

/// What sentences are made of.
struct Wording {
  const std::vector<Rule>& rules;
  const Codes& codes;
  Language language = Language::zh;
};

/// Whose lights: those of an organisation, and of what stands below it in a structure.
struct LightsOf {
  Id organisation = kNoId;
  std::string structure;
  bool below = true;
};

/// A page in the order of organisations, then rules. Fails with api.page_unknown,
/// api.limit_out_of_range, insight.level_unknown.
Result<api::Page<ListedLight>> list_lights(db::Reader& reader, const LightsOf& whose,
                                           const LightFilter& filter, const Wording& wording);

struct LightCount {
  std::string rule;
  std::string level;
  std::int64_t lights = 0;
};
BOOST_DESCRIBE_STRUCT(LightCount, (), (rule, level, lights))

/// How many of each rule and level.
std::vector<LightCount> count_lights(db::Reader& reader, const LightsOf& whose);

}  // namespace jishi::insight
