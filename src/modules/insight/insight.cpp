#include "modules/insight/insight.hpp"

#include <fstream>
#include <iterator>

#include "base/texts.hpp"

#include "modules/insight/lights/state.hpp"
#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/parameters/parameters.hpp"
#include "modules/insight/rules/evaluate.hpp"
#include "modules/insight/rules/rule_file.hpp"
#include "modules/insight/subjects.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {

namespace {

// More touched organisations than this are quicker looked at as a whole.
constexpr std::size_t kMaxScope = 5'000;
constexpr std::size_t kMaxRows = 200;

class MartInsight final : public Insight {
 public:
  MartInsight(Store& store, InsightOptions options, std::vector<Rule> rules)
      : store_(store), options_(std::move(options)), rules_(std::move(rules)) {}

  Result<Done> open_marts();
  Result<Touched> catch_up() override;
  Result<std::vector<Light>> lights(Date as_of) override;
  Result<std::vector<Light>> lights_of(std::string_view rule, Date as_of) override;
  Result<Changes> refresh(Actor actor) override;
  Result<Explanation> explain(std::string_view rule, std::string_view subject, Date as_of) override;
  Result<std::vector<OrganisationLights>> worst(const std::vector<Light>& lights,
                                                std::size_t limit) override;
  Result<std::vector<StructureCount>> structure(std::string_view organisation, Date as_of) override;
  Result<Done> set_parameter(Actor actor, const ParameterSetting& setting) override;
  Result<ParameterEffect> preview_parameter(const ParameterSetting& setting) override;
  Result<Done> rebuild(const LongWork& work) override;

  const std::vector<Rule>& rules() const override { return rules_; }
  std::int64_t position() const override { return marts_ ? marts_->position() : 0; }

 private:
  template <class Work>
  std::invoke_result_t<Work&> with_marts(Work&& work);

  std::optional<Scope> scope_since(const std::optional<LightsPosition>& last, Date today);
  Result<Changes> refresh_once(Actor actor);
  Result<Done> explain_to(Explanation& explanation, const Subjects::Found& found, Date as_of);
  void tell_doubts(std::vector<Verdict>& verdicts);
  std::vector<Light> in_order(std::vector<Verdict>& verdicts) const;
  const Rule* rule_named(std::string_view id) const;
  Result<ParameterEffect> effect_of(const Rule& rule, const ParameterOverride& other);

  Store& store_;
  InsightOptions options_;
  std::vector<Rule> rules_;
  std::unique_ptr<Marts> marts_;
  std::optional<Evaluation> evaluation_;  // after the marts: its statements go first
};

Result<Done> MartInsight::open_marts() {
  const auto notice = [this](const Error& error) {
    if (options_.notice) options_.notice(say(options_.language, error));
  };
  auto marts = Marts::open(store_, {options_.threads, options_.merge_at, notice});
  if (!marts) return marts.error();
  marts_ = std::move(*marts);
  evaluation_.emplace(*marts_, rules_);
  return Done{};
}

// Damage may show only when the rows are read: then the marts are made anew, and it is done again.
template <class Work>
std::invoke_result_t<Work&> MartInsight::with_marts(Work&& work) {
  // The store was away, or the disk full, when they were to be made anew.
  if (!marts_) {
    if (auto opened = open_marts(); !opened) return opened.error();
  }
  auto result = work();
  if (result || result.error().code != "platform.duck_damaged") return result;
  evaluation_.reset();
  marts_.reset();
  Marts::spoil(store_);
  if (auto opened = open_marts(); !opened) return opened.error();
  return work();
}

Result<Done> MartInsight::rebuild(const LongWork& work) {
  return with_marts([&] { return marts_->rebuild(store_, work); });
}

Result<Insight::Touched> MartInsight::catch_up() {
  const std::int64_t before = position();
  const auto followed = with_marts([&] {
    const auto caught_up = marts_->catch_up(store_);
    return caught_up ? marts_->tidy() : caught_up;
  });
  if (!followed) return followed.error();
  const TouchedRecords touched = store_.read(
      [&](db::Reader& reader) { return touched_between(reader, before, marts_->position()); });
  return Touched{{touched.organisations.begin(), touched.organisations.end()}, touched.too_many};
}

const Rule* MartInsight::rule_named(std::string_view id) const {
  const auto found =
      std::find_if(rules_.begin(), rules_.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

void MartInsight::tell_doubts(std::vector<Verdict>& verdicts) {
  std::map<std::string_view, std::vector<Id>> subjects;
  for (const Verdict& verdict : verdicts)
    subjects[verdict.rule->subject].push_back(verdict.assessment.subject);
  for (const auto& [kind, ids] : subjects) {
    const auto doubts = Subjects(store_).doubts(kind, ids);
    if (doubts.empty()) continue;
    for (Verdict& verdict : verdicts) {
      if (verdict.rule->subject != kind) continue;
      const auto doubt = doubts.find(verdict.assessment.subject);
      if (doubt != doubts.end()) verdict.assessment.evidence[kRefusedRows] = doubt->second;
    }
  }
}

std::vector<Light> named(Store& store, std::vector<Verdict>& verdicts) {
  std::vector<Id> organisations;
  std::vector<Id> persons;
  for (const Verdict& verdict : verdicts) {
    (verdict.rule->subject == "person" ? persons : organisations)
        .push_back(verdict.assessment.subject);
  }
  Subjects subjects(store);
  const auto organisation_names = subjects.organisations(organisations);
  const auto person_names = subjects.persons(persons);
  std::vector<Light> lights;
  lights.reserve(verdicts.size());
  for (Verdict& verdict : verdicts) {
    Assessment& said = verdict.assessment;
    const auto& names = verdict.rule->subject == "person" ? person_names : organisation_names;
    const auto name = names.find(said.subject);
    lights.push_back({verdict.rule->id, verdict.rule->version, verdict.rule->subject,
                      name == names.end() ? std::to_string(said.subject) : name->second.code,
                      said.subject, said.organisation, std::move(said.level), said.since, said.due,
                      std::move(said.evidence)});
  }
  return lights;
}

Result<std::vector<Light>> MartInsight::lights(Date as_of) {
  auto found = with_marts([&] { return evaluation_->whole(as_of, Rows::without); });
  if (!found) return found.error();
  tell_doubts(*found);
  if (as_of == store_.clock().today()) keep_lit(store_, *found);
  return in_order(*found);
}

Result<std::vector<Light>> MartInsight::lights_of(std::string_view rule, Date as_of) {
  const RuleList rules = evaluation_->rules_for(as_of);
  const auto named_so =
      std::find_if(rules.begin(), rules.end(), [&](const Rule* one) { return one->id == rule; });
  if (named_so == rules.end()) return std::vector<Light>();
  auto found = with_marts([&] { return evaluation_->of_rule(**named_so, as_of); });
  if (!found) return found.error();
  tell_doubts(*found);
  return in_order(*found);
}

std::vector<Light> MartInsight::in_order(std::vector<Verdict>& verdicts) const {
  std::erase_if(verdicts, [](const Verdict& verdict) { return verdict.assessment.level.empty(); });
  std::vector<Light> lights = named(store_, verdicts);
  // UTF-8 compares by bytes as its code points do.
  std::sort(lights.begin(), lights.end(), [](const Light& left, const Light& right) {
    return std::tie(left.rule, left.subject, left.subject_id) <
           std::tie(right.rule, right.subject, right.subject_id);
  });
  return lights;
}

// The organisations to look at again; nothing: all of them.
std::optional<Scope> MartInsight::scope_since(const std::optional<LightsPosition>& last,
                                              Date today) {
  if (!last || last->day != today) return std::nullopt;
  TouchedRecords touched = store_.read([&](db::Reader& reader) {
    return touched_between(reader, last->position, marts_->position());
  });
  const auto doubtful = organisations_with_other_doubts(store_, last->position, marts_->position());
  touched.organisations.insert(doubtful.begin(), doubtful.end());
  if (touched.too_many || touched.organisations.size() > kMaxScope) return std::nullopt;
  return Scope{{touched.organisations.begin(), touched.organisations.end()},
               evaluation_->rules_for(today, doubtful.empty() ? touched.marts() : kAllMarts)};
}

Result<Insight::Changes> MartInsight::refresh(Actor actor) {
  return with_marts([&] { return refresh_once(actor); });
}

Result<Insight::Changes> MartInsight::refresh_once(Actor actor) {
  if (auto followed = marts_->catch_up(store_); !followed) return followed.error();
  const Date today = store_.clock().today();
  const auto last = lights_position(store_);
  const LightsPosition reached{today, marts_->position()};
  const auto scope = scope_since(last, today);
  if (scope && scope->organisations.empty()) {
    if (last->position != reached.position) advance_lights(store_, actor, reached);
    return Changes{};
  }
  auto found = scope ? evaluation_->within(*scope, today) : evaluation_->whole(today, Rows::with);
  if (!found) return found.error();
  tell_doubts(*found);
  auto changes = write_changes(store_, actor, *found, scope, reached);
  if (!changes) return changes;
  if (auto tidied = marts_->tidy(); !tidied) return tidied.error();
  return changes;
}

Result<Explanation> MartInsight::explain(std::string_view rule_id, std::string_view subject,
                                         Date as_of) {
  Explanation explanation;
  explanation.rule = rule_named(rule_id);
  if (explanation.rule == nullptr) {
    return fail(ErrorKind::not_found, "insight.rule_unknown", {{"rule", std::string(rule_id)}});
  }
  const Rule& rule = *explanation.rule;
  Subjects subjects(store_);
  const auto found = subjects.find(rule.subject, subject);
  if (!found)
    return fail(ErrorKind::not_found, "insight.subject_unknown",
                {{"subject", std::string(subject)}});
  explanation.subject = found->names.code;
  explanation.name = found->names.name;
  const auto explained = with_marts([&] { return explain_to(explanation, *found, as_of); });
  if (!explained) return explained.error();
  const auto doubts = subjects.doubts(rule.subject, {found->id});
  if (const auto doubt = doubts.find(found->id); doubt != doubts.end())
    explanation.refused_rows = doubt->second;
  return explanation;
}

Result<Done> MartInsight::explain_to(Explanation& explanation, const Subjects::Found& found,
                                     Date as_of) {
  auto assessment = evaluation_->subject(*explanation.rule, as_of, found.organisation, found.id);
  if (!assessment) return assessment.error();
  auto rows = evaluation_->rows(*explanation.rule, as_of, found.organisation, found.id, kMaxRows);
  if (!rows) return rows.error();
  explanation.assessment = std::move(*assessment);
  explanation.rows = std::move(*rows);
  return Done{};
}

Result<std::vector<OrganisationLights>> MartInsight::worst(const std::vector<Light>& lights,
                                                           std::size_t limit) {
  struct Count {
    Id organisation = kNoId;
    std::int64_t red = 0;
    std::int64_t yellow = 0;
  };
  std::unordered_map<Id, Count> counts;
  for (const Light& light : lights) {
    Count& count = counts[light.organisation];
    count.organisation = light.organisation;
    ++(light.level == "red" ? count.red : count.yellow);
  }
  std::vector<Count> order;
  order.reserve(counts.size());
  for (const auto& [id, count] : counts) order.push_back(count);
  std::sort(order.begin(), order.end(), [](const Count& left, const Count& right) {
    return std::tuple(-left.red, -left.yellow, left.organisation) <
           std::tuple(-right.red, -right.yellow, right.organisation);
  });
  if (order.size() > limit) order.resize(limit);
  std::vector<Id> ids;
  ids.reserve(order.size());
  for (const Count& count : order) ids.push_back(count.organisation);
  const auto names = Subjects(store_).organisations(ids);
  std::vector<OrganisationLights> worst;
  for (const Count& count : order) {
    const auto name = names.find(count.organisation);
    if (name != names.end())
      worst.push_back({name->second.code, name->second.name, count.red, count.yellow});
  }
  return worst;
}

Result<std::vector<StructureCount>> MartInsight::structure(std::string_view organisation,
                                                           Date as_of) {
  std::ifstream file(options_.pack / "rollups" / "structure.sql", std::ios::binary);
  const std::string query{std::istreambuf_iterator<char>(file), {}};
  std::string wanted =
      "select organisation from mart.ancestry group by organisation having max(depth) = 0";
  if (!organisation.empty()) {
    const auto found = Subjects(store_).find("organisation", organisation);
    if (!found)
      return fail(ErrorKind::not_found, "insight.subject_unknown",
                  {{"subject", std::string(organisation)}});
    wanted = std::to_string(found->id);
  }
  const std::string text = fmt::format(
      "select dimension, band, sum(members)::bigint from ({}) as q where q.organisation in ({})"
      " group by all order by all",
      rollup_query(query, as_of), wanted);
  auto rows = with_marts([&]() -> Result<duck::Rows> {
    if (auto fresh = marts_->refresh_structure(store_); !fresh) return fresh.error();
    return marts_->connection().query(text);
  });
  if (!rows) return rows.error();
  std::vector<StructureCount> counts;
  while (rows->next()) {
    counts.push_back(
        {std::string(rows->get_text(0)), std::string(rows->get_text(1)), rows->get_int64(2)});
  }
  return counts;
}

Result<Done> MartInsight::set_parameter(Actor actor, const ParameterSetting& setting) {
  if (const auto refusal = refuse_setting(rule_named(setting.rule), setting)) return *refusal;
  return store_.write(actor, [&](Transaction& tx) { return write_setting(tx, setting); });
}

Result<ParameterEffect> MartInsight::preview_parameter(const ParameterSetting& setting) {
  const Rule* rule = rule_named(setting.rule);
  if (const auto refusal = refuse_setting(rule, setting)) return *refusal;
  const auto organisation = store_.read([&](db::Reader& reader) {
    return registry::organisation_meant(reader, setting.organisation);
  });
  if (!organisation) return organisation.error();
  const ParameterOverride other{setting.rule, setting.parameter, *organisation, setting.value};
  return with_marts([&] { return effect_of(*rule, other); });
}

Result<ParameterEffect> MartInsight::effect_of(const Rule& rule, const ParameterOverride& other) {
  if (auto followed = marts_->catch_up(store_); !followed) return followed.error();
  const Date today = store_.clock().today();
  auto before = evaluation_->of_rule(rule, today);
  if (!before) return before.error();
  Result<std::vector<Verdict>> after = std::vector<Verdict>();
  const auto tried = marts_->try_parameter(store_, other, [&]() -> Result<Done> {
    after = evaluation_->of_rule(rule, today);
    if (!after) return after.error();
    return Done{};
  });
  if (!tried) return tried.error();
  auto compared = compare(*before, *after);
  name_examples(store_, rule, compared);
  return compared;
}

}  // namespace

Result<std::unique_ptr<Insight>> Insight::open(Store& store, const InsightOptions& options) {
  auto rules = load_rules(options.pack);
  if (!rules) return rules.error();
  auto insight = std::make_unique<MartInsight>(store, options, std::move(*rules));
  if (auto opened = insight->open_marts(); !opened) return opened.error();
  if (auto followed = insight->catch_up(); !followed) return followed.error();
  return std::unique_ptr<Insight>(std::move(insight));
}

Result<std::vector<Rule>> load_rules(const std::filesystem::path& pack) {
  auto rules = read_rules(pack);
  if (!rules) return rules.error();
  const auto empty = Marts::without_store({}, 1);
  if (!empty) return empty.error();
  if (auto checked = check_rules((*empty)->connection(), *rules); !checked) return checked.error();
  return rules;
}

}  // namespace jishi::insight
