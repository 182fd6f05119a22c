#include "modules/insight/insight.hpp"

#include <fstream>
#include <iterator>

#include "base/texts.hpp"

#include "modules/insight/insight.sql.hpp"
#include "modules/insight/lights/state.hpp"
#include "modules/insight/marts/load_rows.hpp"
#include "modules/insight/rules/evaluate.hpp"
#include "modules/insight/rules/rule_file.hpp"
#include "modules/insight/subjects.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::insight {

namespace {

// More touched organisations than this are quicker looked at as a whole.
constexpr std::size_t kMaxScope = 5'000;
constexpr std::size_t kMaxRows = 200;
constexpr std::string_view kRefusedRows = "refused_rows";

class MartInsight final : public Insight {
 public:
  MartInsight(Store& store, InsightOptions options, std::vector<Rule> rules,
              std::unique_ptr<Marts> marts)
      : store_(store),
        options_(std::move(options)),
        rules_(std::move(rules)),
        marts_(std::move(marts)) {}

  Result<Touched> catch_up() override {
    const std::int64_t before = marts_->position();
    if (auto followed = marts_->catch_up(store_); !followed) return followed.error();
    const TouchedRecords touched = store_.read(
        [&](db::Reader& reader) { return touched_between(reader, before, marts_->position()); });
    return Touched{{touched.organisations.begin(), touched.organisations.end()}, touched.too_many};
  }

  Result<std::vector<Light>> lights(Date as_of) override;
  Result<Changes> refresh(Actor actor) override;
  Result<Explanation> explain(std::string_view rule, std::string_view subject, Date as_of) override;
  Result<std::vector<OrganisationLights>> worst(const std::vector<Light>& lights,
                                                std::size_t limit) override;
  Result<std::vector<StructureCount>> structure(std::string_view organisation, Date as_of) override;
  Result<Done> set_parameter(Actor actor, std::string_view rule, std::string_view parameter,
                             std::string_view organisation, std::int64_t value) override;

  const std::vector<Rule>& rules() const override { return rules_; }
  std::int64_t position() const override { return marts_->position(); }

 private:
  Result<std::vector<Verdict>> verdicts(Extent extent, Date as_of, Wanted wanted);
  void tell_doubts(std::vector<Verdict>& verdicts);
  const Rule* rule_named(std::string_view id) const;

  Store& store_;
  InsightOptions options_;
  std::vector<Rule> rules_;
  std::unique_ptr<Marts> marts_;
};

const Rule* MartInsight::rule_named(std::string_view id) const {
  const auto found =
      std::find_if(rules_.begin(), rules_.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

Result<std::vector<Verdict>> MartInsight::verdicts(Extent extent, Date as_of, Wanted wanted) {
  std::vector<Verdict> all;
  for (const Rule& rule : rules_) {
    if (rule.valid_to && *rule.valid_to < as_of) continue;
    auto assessments = assess(marts_->connection(), rule, extent, as_of, wanted);
    if (!assessments) return assessments.error();
    for (Assessment& assessment : *assessments) all.push_back({&rule, std::move(assessment)});
  }
  tell_doubts(all);
  return all;
}

void MartInsight::tell_doubts(std::vector<Verdict>& verdicts) {
  Subjects subjects(store_);
  const auto persons = subjects.doubts("person");
  const auto organisations = subjects.doubts("organisation");
  if (persons.empty() && organisations.empty()) return;
  for (Verdict& verdict : verdicts) {
    const auto& doubts = verdict.rule->subject == "person" ? persons : organisations;
    const auto doubt = doubts.find(verdict.assessment.subject);
    if (doubt != doubts.end()) verdict.assessment.evidence[kRefusedRows] = doubt->second;
  }
}

Result<std::vector<Light>> MartInsight::lights(Date as_of) {
  auto found = verdicts(Extent::whole, as_of, Wanted::lit);
  if (!found) return found.error();
  std::vector<Id> organisations;
  std::vector<Id> persons;
  for (const Verdict& verdict : *found) {
    (verdict.rule->subject == "person" ? persons : organisations)
        .push_back(verdict.assessment.subject);
  }
  Subjects subjects(store_);
  const auto organisation_names = subjects.organisations(organisations);
  const auto person_names = subjects.persons(persons);
  std::vector<Light> lights;
  for (Verdict& verdict : *found) {
    Assessment& said = verdict.assessment;
    const auto& names = verdict.rule->subject == "person" ? person_names : organisation_names;
    const auto name = names.find(said.subject);
    lights.push_back({verdict.rule->id, verdict.rule->version, verdict.rule->subject,
                      name == names.end() ? std::to_string(said.subject) : name->second.code,
                      said.subject, said.organisation, std::move(said.level), said.since, said.due,
                      std::move(said.evidence)});
  }
  // UTF-8 compares by bytes as its code points do.
  std::sort(lights.begin(), lights.end(), [](const Light& left, const Light& right) {
    return std::tie(left.rule, left.subject, left.subject_id) <
           std::tie(right.rule, right.subject, right.subject_id);
  });
  return lights;
}

Result<Insight::Changes> MartInsight::refresh(Actor actor) {
  if (auto followed = marts_->catch_up(store_); !followed) return followed.error();
  const Date today = store_.clock().today();
  const auto last = lights_position(store_);
  std::optional<std::vector<Id>> scope;
  if (last && last->day == today) {
    const TouchedRecords touched = store_.read([&](db::Reader& reader) {
      return touched_between(reader, last->position, marts_->position());
    });
    if (!touched.too_many && touched.organisations.size() <= kMaxScope) {
      scope.emplace(touched.organisations.begin(), touched.organisations.end());
    }
  }
  if (scope && scope->empty()) return Changes{};
  if (scope) {
    if (auto scoped = marts_->scope_to(*scope); !scoped) return scoped.error();
  }
  auto found = verdicts(scope ? Extent::scope : Extent::whole, today, Wanted::lit_or_kept);
  if (!found) return found.error();
  return write_changes(store_, actor, *found, scope, {today, marts_->position()});
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
  if (auto scoped = marts_->scope_to({found->organisation}); !scoped) return scoped.error();
  auto assessment = assess_subject(marts_->connection(), rule, as_of, found->id);
  if (!assessment) return assessment.error();
  explanation.assessment = std::move(*assessment);
  auto rows = rows_of(marts_->connection(), rule, Extent::scope, as_of, found->id, kMaxRows);
  if (!rows) return rows.error();
  explanation.rows = std::move(*rows);
  const auto doubts = subjects.doubts(rule.subject);
  if (const auto doubt = doubts.find(found->id); doubt != doubts.end())
    explanation.refused_rows = doubt->second;
  return explanation;
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
  for (const auto& [id, count] : counts) order.push_back(count);
  std::sort(order.begin(), order.end(), [](const Count& left, const Count& right) {
    return std::tuple(-left.red, -left.yellow, left.organisation) <
           std::tuple(-right.red, -right.yellow, right.organisation);
  });
  if (order.size() > limit) order.resize(limit);
  std::vector<Id> ids;
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
  Rule rollup;
  rollup.id = "rollups/structure";
  std::string filter =
      "q.organisation in (select organisation from mart.ancestry group by organisation having "
      "max(depth) = 0)";
  if (!organisation.empty()) {
    const auto found = Subjects(store_).find("organisation", organisation);
    if (!found)
      return fail(ErrorKind::not_found, "insight.subject_unknown",
                  {{"subject", std::string(organisation)}});
    filter = fmt::format("q.organisation = {}", found->id);
  }
  auto rows = marts_->connection().query(
      fmt::format("select dimension, band, sum(members)::bigint from (with ancestry as not "
                  "materialized (select * from"
                  " mart.ancestry) {}) as q where {} group by all order by all",
                  wrapped(rollup, query, Extent::whole, as_of), filter));
  if (!rows) return rows.error();
  std::vector<StructureCount> counts;
  while (rows->next()) {
    counts.push_back(
        {std::string(rows->get_text(0)), std::string(rows->get_text(1)), rows->get_int64(2)});
  }
  return counts;
}

Result<Done> MartInsight::set_parameter(Actor actor, std::string_view rule_id,
                                        std::string_view parameter, std::string_view organisation,
                                        std::int64_t value) {
  const Rule* rule = rule_named(rule_id);
  if (rule == nullptr)
    return fail(ErrorKind::not_found, "insight.rule_unknown", {{"rule", std::string(rule_id)}});
  const auto found =
      std::find_if(rule->parameters.begin(), rule->parameters.end(),
                   [&](const RuleParameter& known) { return known.name == parameter; });
  if (found == rule->parameters.end()) {
    return fail(ErrorKind::not_found, "insight.parameter_unknown",
                {{"rule", rule->id}, {"parameter", std::string(parameter)}});
  }
  if (value < found->least || value > found->most) {
    return fail(ErrorKind::invalid, "insight.parameter_out_of_bounds",
                {{"parameter", found->name},
                 {"least", std::to_string(found->least)},
                 {"most", std::to_string(found->most)}});
  }
  return store_.write(actor, [&](Transaction& tx) -> Result<Done> {
    const auto id = registry::organisation_by_code(tx, organisation);
    if (!id)
      return fail(ErrorKind::not_found, "insight.subject_unknown",
                  {{"subject", std::string(organisation)}});
    tx.run(sql::insight::set_parameter, rule->id, found->name, *id, value);
    tx.fact(fact::kParameterSet, store_.clock().today(), *id,
            {.amount = value,
             .payload = boost::json::serialize(
                 boost::json::object{{"rule", rule->id}, {"parameter", found->name}})});
    return Done{};
  });
}

}  // namespace

Result<std::unique_ptr<Insight>> Insight::open(Store& store, const InsightOptions& options) {
  auto rules = load_rules(options.pack);
  if (!rules) return rules.error();
  const auto notice = [&](const Error& error) {
    if (options.notice) options.notice(say(options.language, error));
  };
  auto marts = Marts::open(store, options.threads, notice);
  if (!marts) return marts.error();
  std::unique_ptr<Insight> insight =
      std::make_unique<MartInsight>(store, options, std::move(*rules), std::move(*marts));
  if (auto followed = insight->catch_up(); !followed) return followed.error();
  return insight;
}

Result<std::vector<Rule>> load_rules(const std::filesystem::path& pack) {
  auto rules = read_rules(pack);
  if (!rules) return rules.error();
  const auto empty = Marts::in_memory(1);
  if (!empty) return empty.error();
  if (auto checked = check_rules((*empty)->connection(), *rules); !checked) return checked.error();
  return rules;
}

}  // namespace jishi::insight
