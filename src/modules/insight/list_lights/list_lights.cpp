#include "modules/insight/list_lights/list_lights.hpp"

#include "api/paging.hpp"
#include "base/texts.hpp"
#include "modules/insight/list_lights/list_lights.sql.hpp"

namespace jishi::insight {

namespace {

struct LightRow {
  std::string rule;
  int version = 1;
  std::string subject_kind;
  Id subject = kNoId;
  std::string code;
  std::string name;
  Id organisation = kNoId;
  std::string organisation_name;
  std::string level;
  std::optional<Date> since;
  std::optional<Date> due;
  std::int64_t lit_ms = 0;
  std::string evidence;
};
BOOST_DESCRIBE_STRUCT(LightRow, (),
                      (rule, version, subject_kind, subject, code, name, organisation,
                       organisation_name, level, since, due, lit_ms, evidence))

std::string sentence_of(const Wording& wording, const LightRow& row,
                        const boost::json::object& evidence) {
  const auto rule = std::find_if(wording.rules.begin(), wording.rules.end(),
                                 [&](const Rule& held) { return held.id == row.rule; });
  if (rule == wording.rules.end()) return {};
  Arguments arguments = evidence_arguments(wording.codes, wording.language, evidence);
  arguments.emplace_back("since", row.since ? to_iso(*row.since) : "—");
  arguments.emplace_back("due", row.due ? to_iso(*row.due) : "—");
  return fill(rule->lit.in(wording.language), arguments);
}

ListedLight light_of(LightRow&& row, const Wording& wording) {
  boost::json::object evidence;
  if (auto json = parse_json(row.evidence); json && json->is_object())
    evidence = std::move(json->as_object());
  ListedLight light;
  light.sentence = sentence_of(wording, row, evidence);
  light.rule = std::move(row.rule);
  light.version = row.version;
  light.subject_kind = std::move(row.subject_kind);
  light.subject = row.subject;
  light.code = std::move(row.code);
  light.name = std::move(row.name);
  light.organisation = row.organisation;
  light.organisation_name = std::move(row.organisation_name);
  light.level = std::move(row.level);
  light.since = row.since;
  light.due = row.due;
  light.lit_ms = row.lit_ms;
  light.evidence = std::move(evidence);
  return light;
}

/// Where a page begins: behind this light.
struct After {
  Id organisation = kNoId;
  std::string rule;
  Id subject = kNoId;
};

// organisation.subject.rule: a rule's id holds no point.
Result<After> after_of(const std::optional<std::string>& text) {
  After after;
  if (!text) return after;
  const auto end = text->rfind('.');
  const auto key = api::page_after<2>(text->substr(0, end), {});
  if (!key || end == text->npos)
    return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
  return After{(*key)[0], text->substr(end + 1), (*key)[1]};
}

}  // namespace

Result<api::Page<ListedLight>> list_lights(db::Reader& reader, const LightsOf& whose,
                                           const LightFilter& filter, const Wording& wording) {
  const auto limit = api::page_limit(filter.limit, kMaxLightsAPage);
  if (!limit) return limit.error();
  if (filter.level && *filter.level != "red" && *filter.level != "yellow")
    return fail(ErrorKind::invalid, "insight.level_unknown", {{"path", "level"}});
  const auto after = after_of(filter.after);
  if (!after) return after.error();
  api::Page<ListedLight> page;
  reader.each<LightRow>(
      sql::list_lights::page,
      [&](LightRow&& row) { page.items.push_back(light_of(std::move(row), wording)); },
      whose.organisation, filter.rule.value_or(""), filter.level.value_or(""), after->organisation,
      after->rule, after->subject, *limit, whose.structure, whose.below ? 1 : 0);
  if (page.items.size() == static_cast<std::size_t>(*limit)) {
    const ListedLight& last = page.items.back();
    page.next = api::page_next({last.organisation, last.subject}) + "." + last.rule;
  }
  return page;
}

std::vector<LightCount> count_lights(db::Reader& reader, const LightsOf& whose) {
  return reader.all<LightCount>(sql::list_lights::counts, whose.organisation, whose.structure,
                                whose.below ? 1 : 0);
}

}  // namespace jishi::insight
