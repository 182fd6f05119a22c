#pragma once
// The lights that are lit in an organisation and all below it, as the last look left them.

#include "api/call.hpp"
#include "base/json_object.hpp"
#include "modules/insight/insight.hpp"

namespace jishi::insight {

inline constexpr int kMaxLightsAPage = 200;

enum class LightOrder { organisation, due };
BOOST_DESCRIBE_ENUM(LightOrder, organisation, due)

/// How a light stands with people: nobody has said anything (open), or what was said last.
enum class LightState { open, taken, explained, waived };
BOOST_DESCRIBE_ENUM(LightState, open, taken, explained, waived)

struct LightFilter {
  std::optional<Date> as_of;             // as they would have stood on a day; now unless told
  std::optional<std::string> structure;  // the Party's when not given
  std::optional<std::string> rule;       // orglife/members_meeting
  std::optional<std::string> level;      // yellow | red
  std::optional<LightState> state;
  std::optional<LightOrder> order;  // organisation unless told
  std::optional<std::string> after;
  std::optional<int> limit;
  int most = kMaxLightsAPage;  // of a page; not the caller's to say
};
BOOST_DESCRIBE_STRUCT(LightFilter, (), (as_of, structure, rule, level, state, order, after, limit))

struct ListedLight {
  std::string rule;
  int version = 1;
  std::string title;         // of the rule
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
  LightState state = LightState::open;
  std::optional<Date> until;  // the last day of what was said
  std::string handled_by;     // who said it
};
BOOST_DESCRIBE_STRUCT(ListedLight, (),
                      (rule, version, title, subject_kind, subject, code, name, organisation,
                       organisation_name, level, since, due, lit_ms, sentence, evidence, state,
                       until, handled_by))

/// What sentences are made of.
struct Wording {
  const std::vector<Rule>& rules;
  const Codes& codes;
  Language language = Language::zh;
  Date today;  // what was said of lights holds until a day
};

/// Puts the title of the rule and the sentence that says what is lit.
void put_words(ListedLight& light, const Wording& wording);

/// Where a page begins: behind this light.
struct AfterLight {
  std::int64_t day = 0;  // 0: in the order of organisations
  Id organisation = kNoId;
  std::string rule;
  Id subject = kNoId;
};
/// Reads what next_of() wrote; the beginning without it. Error: api.page_unknown.
Result<AfterLight> after_of(const std::optional<std::string>& text);
std::string next_of(const AfterLight& last);

/// Whose lights: those of some organisations, of which none stands below another, and of what
/// stands below them in a structure.
struct LightsOf {
  std::vector<Id> places;
  std::string structure = "party";
  bool below = true;
};

/// The places as the parameter of a statement: `select value from json_each($n)`.
std::string json_places(const LightsOf& whose);

/// A page in the order of organisations, then rules, or by the day of each light. Fails with
/// api.page_unknown, api.limit_out_of_range, insight.level_unknown.
Result<api::Page<ListedLight>> list_lights(db::Reader& reader, const LightsOf& whose,
                                           const LightFilter& filter, const Wording& wording);

/// Those that are lit for one person, by rule; kMaxLightsAPage at most.
std::vector<ListedLight> lights_of_person(db::Reader& reader, Id person, const Wording& wording);

struct LightCount {
  std::string rule;
  std::string level;
  std::int64_t lights = 0;
};
BOOST_DESCRIBE_STRUCT(LightCount, (), (rule, level, lights))

/// How many of each rule and level.
std::vector<LightCount> count_lights(db::Reader& reader, const LightsOf& whose);

struct ChildLights {
  Id organisation = kNoId;
  std::int64_t red = 0;
  std::int64_t yellow = 0;
};
BOOST_DESCRIBE_STRUCT(ChildLights, (), (organisation, red, yellow))

/// How many are lit in and below each of those directly below the organisations; without those of
/// none.
std::vector<ChildLights> lights_of_children(db::Reader& reader, const LightsOf& whose);

}  // namespace jishi::insight
