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
  std::string handled;
  std::optional<Date> until;
  std::string handled_by;
  std::int64_t day = 0;
};
BOOST_DESCRIBE_STRUCT(LightRow, (),
                      (rule, version, subject_kind, subject, code, name, organisation,
                       organisation_name, level, since, due, lit_ms, evidence, handled, until,
                       handled_by, day))

ListedLight light_of(LightRow&& row, const Wording& wording) {
  ListedLight light;
  if (auto json = parse_json(row.evidence); json && json->is_object())
    light.evidence = std::move(json->as_object());
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
  boost::describe::enum_from_string(row.handled.c_str(), light.state);
  light.until = row.until;
  light.handled_by = std::move(row.handled_by);
  put_words(light, wording);
  return light;
}

std::string word_of(const auto& value) {
  return value ? boost::describe::enum_to_string(*value, "") : "";
}

}  // namespace

std::string json_places(const LightsOf& whose) {
  return db::number_list(whose.places);
}

void put_words(ListedLight& light, const Wording& wording) {
  const auto rule = std::find_if(wording.rules.begin(), wording.rules.end(),
                                 [&](const Rule& held) { return held.id == light.rule; });
  light.title = light.rule;
  if (rule == wording.rules.end()) return;
  light.title = rule->title.in(wording.language);
  Arguments arguments = evidence_arguments(wording.codes, wording.language, light.evidence);
  arguments.emplace_back("since", light.since ? to_iso(*light.since) : "—");
  arguments.emplace_back("due", light.due ? to_iso(*light.due) : "—");
  light.sentence = fill(rule->lit.in(wording.language), arguments);
}

// day.organisation.subject.rule: a rule's id holds no point.
Result<AfterLight> after_of(const std::optional<std::string>& text) {
  AfterLight after;
  if (!text) return after;
  const auto end = text->rfind('.');
  const auto key = api::page_after<3>(text->substr(0, end), {});
  if (!key || end == text->npos)
    return fail(ErrorKind::invalid, "api.page_unknown", {{"path", "after"}});
  return AfterLight{(*key)[0], (*key)[1], text->substr(end + 1), (*key)[2]};
}

std::string next_of(const AfterLight& last) {
  return api::page_next({last.day, last.organisation, last.subject}) + "." + last.rule;
}

Result<api::Page<ListedLight>> list_lights(db::Reader& reader, const LightsOf& whose,
                                           const LightFilter& filter, const Wording& wording) {
  const auto limit = api::page_limit(filter.limit, filter.most);
  if (!limit) return limit.error();
  if (filter.level && *filter.level != "red" && *filter.level != "yellow")
    return fail(ErrorKind::invalid, "insight.level_unknown", {{"path", "level"}});
  const auto after = after_of(filter.after);
  if (!after) return after.error();
  api::Page<ListedLight> page;
  std::vector<AfterLight> keys;
  reader.each<LightRow>(
      sql::list_lights::page,
      [&](LightRow&& row) {
        keys.push_back({row.day, row.organisation, row.rule, row.subject});
        page.items.push_back(light_of(std::move(row), wording));
      },
      json_places(whose), filter.rule.value_or(""), filter.level.value_or(""), wording.today,
      word_of(filter.state), word_of(filter.order), after->day, after->organisation, after->rule,
      after->subject, *limit + 1, whose.structure, whose.below ? 1 : 0);
  if (api::cut_to_page(page.items, *limit)) page.next = next_of(keys[page.items.size() - 1]);
  return page;
}

std::vector<ListedLight> lights_of_person(db::Reader& reader, Id person, const Wording& wording) {
  std::vector<ListedLight> lights;
  reader.each<LightRow>(
      sql::list_lights::of_person,
      [&](LightRow&& row) { lights.push_back(light_of(std::move(row), wording)); }, person,
      wording.today, kMaxLightsAPage);
  return lights;
}

std::vector<LightCount> count_lights(db::Reader& reader, const LightsOf& whose) {
  return reader.all<LightCount>(sql::list_lights::counts, json_places(whose), whose.structure,
                                whose.below ? 1 : 0);
}

std::vector<ChildLights> lights_of_children(db::Reader& reader, const LightsOf& whose) {
  if (!whose.below) return {};
  return reader.all<ChildLights>(sql::list_lights::counts_of_children, json_places(whose),
                                 whose.structure);
}

}  // namespace jishi::insight
