#include "modules/insight/list_lights/lights_on.hpp"

#include "api/paging.hpp"
#include "modules/insight/list_lights/list_lights.sql.hpp"
#include "modules/insight/subjects.hpp"

namespace jishi::insight {

namespace {

constexpr std::int64_t kNoDay = 9'999'999;  // sorts behind every day

using Key = std::tuple<std::int64_t, Id, std::string, Id>;

Key key_of(const Light& light, const LightFilter& filter) {
  const auto day = light.due ? light.due : light.since;
  const bool by_day = filter.order == LightOrder::due;
  return {by_day ? (day ? to_days(*day) : kNoDay) : 0, light.organisation, light.rule,
          light.subject_id};
}

bool wanted(const Light& light, const LightFilter& filter) {
  return (!filter.rule || light.rule == *filter.rule) &&
         (!filter.level || light.level == *filter.level);
}

ListedLight listed(const Light& light, const Wording& wording) {
  ListedLight row;
  row.rule = light.rule;
  row.version = light.version;
  row.subject_kind = light.subject_kind;
  row.subject = light.subject_id;
  row.code = light.subject;
  row.organisation = light.organisation;
  row.level = light.level;
  row.since = light.since;
  row.due = light.due;
  row.evidence = light.evidence;
  put_words(row, wording);
  return row;
}

/// Gives the rows the names of what they are about.
void name(Store& store, std::vector<ListedLight>& rows) {
  std::vector<Id> organisations;
  std::vector<Id> persons;
  for (const ListedLight& row : rows) {
    organisations.push_back(row.organisation);
    (row.subject_kind == "person" ? persons : organisations).push_back(row.subject);
  }
  Subjects subjects(store);
  const auto bodies = subjects.organisations(organisations);
  const auto people = subjects.persons(persons);
  for (ListedLight& row : rows) {
    if (const auto body = bodies.find(row.organisation); body != bodies.end())
      row.organisation_name = body->second.name;
    const auto& names = row.subject_kind == "person" ? people : bodies;
    if (const auto found = names.find(row.subject); found != names.end())
      row.name = found->second.name;
  }
}

}  // namespace

Result<LightsOn::Answers::Kept> LightsOn::lights(const std::string& rule, Date day) {
  return kept_.get(store_.last_seq(), {rule, day}, [&] {
    return keeper_.ask([&](Insight& insight) -> Result<std::vector<Light>> {
      if (const auto followed = insight.catch_up(); !followed) return followed.error();
      return rule.empty() ? insight.lights(day) : insight.lights_of(rule, day);
    });
  });
}

std::unordered_set<Id> LightsOn::scope_of(const LightsOf& whose) {
  const auto below = store_.read([&](db::Reader& reader) {
    return reader.all<Id>(sql::list_lights::below, json_places(whose), whose.structure,
                          whose.below ? 1 : 0);
  });
  return {below.begin(), below.end()};
}

Result<std::vector<Date>> LightsOn::due_days(const LightsOf& whose, const std::string& rule,
                                             Date day) {
  const auto all = lights(rule, day);
  if (!all) return all.error();
  const auto scope = scope_of(whose);
  std::vector<Date> days;
  for (const Light& light : **all) {
    if (light.due && scope.contains(light.organisation)) days.push_back(*light.due);
  }
  return days;
}

Result<api::Page<ListedLight>> LightsOn::list(const LightsOf& whose, const LightFilter& filter,
                                              const Wording& wording) {
  const auto limit = api::page_limit(filter.limit, filter.most);
  if (!limit) return limit.error();
  if (filter.state) return fail(ErrorKind::invalid, "insight.state_of_now", {{"path", "state"}});
  const auto after = after_of(filter.after);
  if (!after) return after.error();
  const auto all = lights(filter.rule.value_or(""), *filter.as_of);
  if (!all) return all.error();
  const auto scope = scope_of(whose);
  const Key behind{after->day, after->organisation, after->rule, after->subject};
  std::map<Key, const Light*> page_rows;
  bool more = false;
  for (const Light& light : **all) {
    if (!wanted(light, filter) || !scope.contains(light.organisation)) continue;
    Key key = key_of(light, filter);
    if (filter.after && key <= behind) continue;
    page_rows.emplace(std::move(key), &light);
    if (page_rows.size() <= static_cast<std::size_t>(*limit)) continue;
    page_rows.erase(--page_rows.end());
    more = true;
  }
  api::Page<ListedLight> page;
  for (const auto& [key, light] : page_rows) page.items.push_back(listed(*light, wording));
  if (more) {
    const auto& [day, organisation, rule, subject] = page_rows.rbegin()->first;
    page.next = next_of({day, organisation, rule, subject});
  }
  name(store_, page.items);
  return page;
}

}  // namespace jishi::insight
