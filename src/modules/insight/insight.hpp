#pragma once
// Lights before it is late, with their evidence: marts kept from the ledger, rules over them,
// lights compared with the last state. The only header of this module that others include.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/long_work.hpp"
#include "ledger/store.hpp"
#include "modules/insight/facts.hpp"
#include "modules/insight/lights/light.hpp"
#include "modules/insight/rules/rule.hpp"
#include "modules/insight/words.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {

/// One assessment of a subject by a rule: `level` empty when it is in order.
struct Assessment {
  Id organisation = kNoId;
  Id subject = kNoId;
  std::string level;
  std::optional<Date> since;
  std::optional<Date> due;
  boost::json::object evidence;
};

/// Why a light is lit or not.
struct Explanation {
  const Rule* rule = nullptr;
  std::string subject;
  std::string name;                       // of the subject, for people
  std::optional<Assessment> assessment;   // nothing: the rule does not apply to the subject
  std::vector<boost::json::object> rows;  // the rows it rests on
  std::int64_t refused_rows = 0;          // of the subject's in its last import
};

/// Lights of an organisation and of its members.
struct OrganisationLights {
  std::string code;
  std::string name;
  std::int64_t red = 0;
  std::int64_t yellow = 0;
};

/// Members of an organisation and everything below it, in one band of one dimension of the official
/// statistics.
struct StructureCount {
  std::string dimension;
  std::string band;
  std::int64_t members = 0;
};

/// A parameter of a rule with its value for an organisation and all below it.
struct ParameterSetting {
  std::string rule;
  std::string parameter;
  registry::Reference organisation;
  std::int64_t value = 0;
};

/// A light that another value of a parameter would light, put out or change.
struct LightChange {
  Id subject = kNoId;
  std::string code;
  std::string name;
  std::string before;  // the level; empty: not lit
  std::string after;
};
BOOST_DESCRIBE_STRUCT(LightChange, (), (subject, code, name, before, after))

struct ParameterEffect {
  std::int64_t would_light = 0;
  std::int64_t would_go = 0;
  std::int64_t would_change = 0;
  std::vector<LightChange> examples;  // kMaxExamples at most
};
BOOST_DESCRIBE_STRUCT(ParameterEffect, (), (would_light, would_go, would_change, examples))
inline constexpr std::size_t kMaxExamples = 20;

struct InsightOptions {
  std::filesystem::path pack;               // packs/party
  unsigned threads = 0;                     // 0: one a core
  std::function<void(std::string)> notice;  // told, in words for people, when the marts are rebuilt
  Language language = Language::zh;
  std::int64_t merge_at = 200'000;  // rows of a mart's delta before it is merged; tests take less
};

/// The marts and the rules over one store.
class Insight {
 public:
  /// Loads and checks the rules (an invalid one is refused with file and line), opens the marts
  /// beside the store; where they are missing or damaged it says so and rebuilds them; catches up
  /// with the ledger.
  static Result<std::unique_ptr<Insight>> open(Store& store, const InsightOptions& options);
  virtual ~Insight() = default;

  /// Brings the marts up to the ledger's end. Returns the organisations that were touched;
  /// `everything` when too many.
  struct Touched {
    std::vector<Id> organisations;
    bool everything = false;
  };
  virtual Result<Touched> catch_up() = 0;

  /// All lights as of a day, sorted by rule, then subject by code point. Writes nothing. As of
  /// today, lights whose rules keep them until more is done stand as the last refresh() left them.
  virtual Result<std::vector<Light>> lights(Date as_of) = 0;
  /// The same of one rule alone, as its rules would light it: none where there is no such rule, or
  /// it does not hold on that day.
  virtual Result<std::vector<Light>> lights_of(std::string_view rule, Date as_of) = 0;

  /// Lights of today compared with the last state: what changed is written, with its facts.
  /// Re-evaluates only what was touched since, or everything when the day has changed.
  struct Changes {
    std::int64_t lit = 0;
    std::int64_t changed = 0;
    std::int64_t out = 0;
  };
  virtual Result<Changes> refresh(Actor actor) = 0;

  /// `rule` as orglife/members_meeting, `subject` as a 组织代码, 人员编号 or id.
  virtual Result<Explanation> explain(std::string_view rule, std::string_view subject,
                                      Date as_of) = 0;

  /// Organisations with the most lights among those directly below `parent` (none: of the whole
  /// tree, branches too).
  virtual Result<std::vector<OrganisationLights>> worst(const std::vector<Light>& lights,
                                                        std::size_t limit) = 0;

  /// The structure of the members of an organisation (by code; empty: of the whole store) and all
  /// below it.
  virtual Result<std::vector<StructureCount>> structure(std::string_view organisation,
                                                        Date as_of) = 0;

  /// Sets a rule's parameter for an organisation and all below it, within its bounds. Errors:
  /// insight.rule_unknown, parameter_unknown, parameter_out_of_bounds, registry.not_found.
  virtual Result<Done> set_parameter(Actor actor, const ParameterSetting& setting) = 0;

  /// What setting a parameter would do to the lights of today; sets nothing. Errors: as
  /// set_parameter().
  virtual Result<ParameterEffect> preview_parameter(const ParameterSetting& setting) = 0;

  /// Drops the marts and reads them anew from the store. Fails with insight.rebuild_cancelled,
  /// which is heeded between one mart and the next; after a failure they are what they were.
  virtual Result<Done> rebuild(const LongWork& work) = 0;

  virtual const std::vector<Rule>& rules() const = 0;
  /// The ledger position that the marts have reached; 0 where they could not be made anew yet.
  virtual std::int64_t position() const = 0;
};

/// Keeps the texts of the rules, those that are not as they were kept last, with one fact for all:
/// what a rule said before can be read later. To be called when the program begins to serve.
/// Returns how many.
Result<int> note_rule_versions(Store& store, const std::vector<Rule>& rules);

/// Checks the rule files of a pack without a store: `doctor` and tests.
Result<std::vector<Rule>> load_rules(const std::filesystem::path& pack);

}  // namespace jishi::insight
