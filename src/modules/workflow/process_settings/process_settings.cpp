#include "modules/workflow/process_settings/process_settings.hpp"

#include "api/routes.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/process_settings/process_settings.sql.hpp"

namespace jishi::workflow {

namespace {

using api::Call;
using http::Method;

struct HeldSetting {
  std::string process;
  std::string name;
  std::string value;
  Id organisation = kNoId;
  std::string organisation_name;
};
BOOST_DESCRIBE_STRUCT(HeldSetting, (), (process, name, value, organisation, organisation_name))

struct HeldIn {
  std::string process;
  std::string name;
  std::string value;
  Id organisation = kNoId;  // that set it
  std::string organisation_name;
  Id holds_in = kNoId;
};
BOOST_DESCRIBE_STRUCT(HeldIn, (), (process, name, value, organisation, organisation_name, holds_in))

struct SettingQuery {
  std::optional<std::string> process;
};
BOOST_DESCRIBE_STRUCT(SettingQuery, (), (process))

/// A setting as it holds in an organisation.
struct ShownSetting {
  std::string process;
  std::string name;
  std::string title;
  std::string value;        // that holds; empty: the process is not deployed
  std::string standard;     // what the pack says
  std::string origin;       // pack | own | above
  Id organisation = kNoId;  // that set it
  std::string organisation_name;
  std::string least;
  std::string most;
  std::vector<std::string> choices;
  std::string basis;
};
BOOST_DESCRIBE_STRUCT(ShownSetting, (),
                      (process, name, title, value, standard, origin, organisation,
                       organisation_name, least, most, choices, basis))

struct SetSetting {
  std::string process;
  std::string name;
  std::optional<std::string> value;  // none: as it is above
};
BOOST_DESCRIBE_STRUCT(SetSetting, (), (process, name, value))

/// What the pack's own standards say, by the latest version of the process.
feel::Value standards_of(const Deployments& deployments, db::Reader& reader, const Clock& clock,
                         std::string_view process) {
  const auto playable = deployments.latest(reader, process);
  if (!playable) return feel::Value();
  for (const auto& [file, model] : (*playable)->models) {
    const auto* standard = model->find("standard");
    if (standard != nullptr) return model->decide(*standard, feel::Value::context({}), clock).value;
  }
  return feel::Value();
}

std::string text_of_standard(const feel::Value& standards, std::string_view name) {
  const feel::Value* found = standards.entry(name);
  if (found == nullptr || found->is_null()) return {};
  if (const auto* number = found->number()) return std::to_string(number->to_int64().value_or(0));
  return feel::text_of(*found).value_or("");
}

ShownSetting shown(const SettingEntry& entry, const Wording& wording, Language language) {
  ShownSetting setting;
  setting.process = entry.process;
  setting.name = entry.name;
  setting.title = entry.title(language);
  setting.origin = "pack";
  setting.least = entry.least;
  setting.most = entry.most;
  setting.choices = entry.choices;
  setting.basis = wording.basis(language, entry.basis);
  return setting;
}

std::vector<ShownSetting> list(const Call& call, db::Reader& reader, const Office& office,
                               const std::string& process) {
  const auto held =
      reader.all<HeldSetting>(sql::process_settings::holding, call.organisation, process);
  std::map<std::string, feel::Value> standards;
  std::vector<ShownSetting> settings;
  for (const SettingEntry& entry : office.deployments.settings().all()) {
    if (!process.empty() && entry.process != process) continue;
    if (!standards.contains(entry.process)) {
      standards.emplace(entry.process, standards_of(office.deployments, reader, call.store.clock(),
                                                    entry.process));
    }
    ShownSetting& setting =
        settings.emplace_back(shown(entry, office.deployments.wording(), call.language()));
    setting.standard = text_of_standard(standards.at(entry.process), entry.name);
    setting.value = setting.standard;
    for (const HeldSetting& one : held) {
      if (one.process != entry.process || one.name != entry.name) continue;
      setting.value = one.value;
      setting.organisation = one.organisation;
      setting.organisation_name = one.organisation_name;
      setting.origin = one.organisation == call.organisation ? "own" : "above";
    }
  }
  return settings;
}

using ValuesByName = std::map<std::string, feel::Value>;

/// `one`: a HeldSetting or what has its members; the nearest is put last.
template <typename Row>
void put(ValuesByName& settings, const SettingCatalogue& catalogue, const Row& one) {
  const SettingEntry* entry = catalogue.find(one.process, one.name);
  // Bounds of today's pack: what lies outside of them by now holds no more.
  if (entry == nullptr || refuse_value(*entry, one.value)) return;
  const auto number =
      entry->kind == SettingKind::integer ? Decimal::parse(one.value) : std::optional<Decimal>();
  settings[one.name] = number ? feel::Value(*number) : feel::Value(one.value);
}

feel::Value as_context(ValuesByName settings) {
  feel::Value::Entries entries;
  for (auto& [name, value] : settings) entries.emplace_back(name, std::move(value));
  return feel::Value::context(std::move(entries));
}

/// Sets it, or takes it back; the setting as it holds then.
Result<ShownSetting> set(Transaction& tx, const Call& call, const Office& office,
                         const SetSetting& asked) {
  const SettingEntry* entry = office.deployments.settings().find(asked.process, asked.name);
  if (entry == nullptr) {
    return fail(ErrorKind::not_found, "workflow.setting_unknown",
                {{"path", "name"}, {"name", asked.process + "." + asked.name}});
  }
  if (asked.value) {
    if (auto refused = refuse_value(*entry, *asked.value)) return std::move(*refused);
    tx.run(sql::process_settings::put, asked.process, call.organisation, asked.name, *asked.value,
           tx.store().clock().now_ms(), call.caller.account);
  } else {
    tx.run(sql::process_settings::drop, asked.process, call.organisation, asked.name);
  }
  const std::string payload = boost::json::serialize(boost::json::object{
      {"process", asked.process}, {"name", asked.name}, {"value", asked.value.value_or("")}});
  tx.fact(fact::kSettingSet, tx.store().clock().today(), call.organisation, {.payload = payload});
  for (ShownSetting& setting : list(call, tx, office, asked.process)) {
    if (setting.name == asked.name) return std::move(setting);
  }
  return fail(ErrorKind::not_found, "workflow.setting_unknown", {{"name", asked.name}});
}

}  // namespace

feel::Value settings_of(db::Reader& reader, const SettingCatalogue& catalogue,
                        std::string_view process, Id organisation) {
  ValuesByName settings;
  for (const HeldSetting& one :
       reader.all<HeldSetting>(sql::process_settings::holding, organisation, process))
    put(settings, catalogue, one);
  return as_context(std::move(settings));
}

std::map<Id, feel::Value> settings_of_each(db::Reader& reader, const SettingCatalogue& catalogue,
                                           std::string_view process,
                                           const std::vector<Id>& organisations) {
  std::map<Id, ValuesByName> settings;
  for (const Id organisation : organisations) settings[organisation];
  for (const HeldIn& one : reader.all<HeldIn>(sql::process_settings::holding_in,
                                              db::number_list(organisations), process))
    put(settings[one.holds_in], catalogue, one);
  std::map<Id, feel::Value> each;
  for (auto& [organisation, values] : settings)
    each.emplace(organisation, as_context(std::move(values)));
  return each;
}

void settings_soon(db::Reader& reader, std::string_view process, Id organisation) {
  reader.soon(sql::process_settings::holding, organisation, process);
}

std::map<std::pair<Id, std::string>, HeldStandard> held_standards(
    db::Reader& reader, const Office& office, const Clock& clock, std::string_view process,
    const std::vector<Id>& organisations) {
  const SettingCatalogue& catalogue = office.deployments.settings();
  const feel::Value standards = standards_of(office.deployments, reader, clock, process);
  std::map<std::pair<Id, std::string>, HeldStandard> held;
  for (const Id organisation : organisations) {
    for (const SettingEntry& entry : catalogue.all()) {
      if (entry.process != process) continue;
      held[{organisation, entry.name}].value = text_of_standard(standards, entry.name);
    }
  }
  for (HeldIn& one : reader.all<HeldIn>(sql::process_settings::holding_in,
                                        db::number_list(organisations), process)) {
    const SettingEntry* entry = catalogue.find(one.process, one.name);
    if (entry == nullptr || refuse_value(*entry, one.value)) continue;
    held[{one.holds_in, one.name}] = {std::move(one.value), one.organisation,
                                      std::move(one.organisation_name)};
  }
  return held;
}

void process_setting_routes(api::Routes& routes, const Office& office) {
  const auto organisation = api::organisation_in("organisation");
  routes.list<SettingQuery>("/api/v1/organisations/{organisation}/process-settings",
                            {"workflow.process_settings", "workflow.read", organisation},
                            [&](Call& call, const SettingQuery& query) {
                              return call.store.read([&](db::Reader& reader) {
                                return Result(api::Page<ShownSetting>{
                                    list(call, reader, office, query.process.value_or("")), {}});
                              });
                            });
  routes.command_as<SetSetting>(Method::post,
                                "/api/v1/organisations/{organisation}/process-settings",
                                {"workflow.set_process_setting", "workflow.manage", organisation},
                                [&](Transaction& tx, const Call& call, const SetSetting& asked) {
                                  return set(tx, call, office, asked);
                                });
}

}  // namespace jishi::workflow
