#include "app/server/settings/settings.hpp"

#include "base/texts.hpp"
#include "modules/governance/governance.hpp"

namespace jishi::app {

namespace {

using api::Call;
using api::Nothing;

constexpr api::Permission kManage = "system.manage";
constexpr std::int64_t kMinuteMs = 60'000;

/// A setting that can be set here: a number within bounds, none of which opens anything.
struct Settable {
  std::string_view name;
  std::string_view title;
  std::int64_t standard;
  std::int64_t least;
  std::int64_t most;
};
constexpr Settable kIdle{"session_idle_minutes", "system.setting_session_idle", 30, 5, 120};
constexpr Settable kLongest{"session_longest_minutes", "system.setting_session_longest", 720, 30,
                            1440};
constexpr const Settable* kSettable[] = {&kIdle, &kLongest};

struct SetSetting {
  std::optional<std::int64_t> value;  // none: as it is by default
};
BOOST_DESCRIBE_STRUCT(SetSetting, (), (value))

const Settable* settable(std::string_view name) {
  for (const Settable* one : kSettable) {
    if (one->name == name) return one;
  }
  return nullptr;
}

std::int64_t value_of(const std::vector<governance::StoredSetting>& stored, const Settable& one) {
  for (const auto& row : stored) {
    // Bounds that became narrower hold for what was set before, too.
    if (row.name == one.name) return std::clamp(row.value, one.least, one.most);
  }
  return one.standard;
}

std::optional<Error> refuse(const Settable* one, std::string_view name, const SetSetting& asked) {
  if (one == nullptr)
    return fail(ErrorKind::refused, "system.setting_fixed", {{"setting", std::string(name)}});
  if (!asked.value || (*asked.value >= one->least && *asked.value <= one->most))
    return std::nullopt;
  return fail(ErrorKind::invalid, "system.setting_bounds",
              {{"path", "value"},
               {"least", std::to_string(one->least)},
               {"most", std::to_string(one->most)}});
}

}  // namespace

void ServiceSettings::apply() {
  const auto stored =
      store_.read([](db::Reader& reader) { return governance::stored_settings(reader); });
  identity_.limit_sessions(
      {value_of(stored, kIdle) * kMinuteMs, value_of(stored, kLongest) * kMinuteMs});
}

std::vector<ShownSetting> ServiceSettings::shown(db::Reader& reader, Language language) const {
  const auto stored = governance::stored_settings(reader);
  std::vector<ShownSetting> all;
  for (const Settable* one : kSettable) {
    ShownSetting shown{std::string(one->name),
                       say(language, one->title),
                       std::to_string(value_of(stored, *one)),
                       std::to_string(one->standard),
                       one->least,
                       one->most,
                       true,
                       SettingOrigin::standard,
                       std::nullopt,
                       std::nullopt};
    for (const auto& row : stored) {
      if (row.name != one->name) continue;
      shown.origin = SettingOrigin::set;
      shown.set_by = row.account_name;
      shown.set_ms = row.set_ms;
    }
    all.push_back(std::move(shown));
  }
  for (const StartSetting& one : start_) {
    all.push_back(
        {one.name, say(language, one.title), one.value, one.standard, std::nullopt, std::nullopt,
         false, one.value == one.standard ? SettingOrigin::standard : SettingOrigin::command_line,
         std::nullopt, std::nullopt});
  }
  return all;
}

Result<ShownSetting> ServiceSettings::named(db::Reader& reader, const Call& call) const {
  const auto name = call.request.segment("setting").value_or("");
  for (ShownSetting& one : shown(reader, call.language())) {
    if (one.name == name) return std::move(one);
  }
  return fail(ErrorKind::not_found, "system.setting_unknown", {{"setting", std::string(name)}});
}

void ServiceSettings::add_routes(api::Routes& routes) {
  routes.get_slowly<Nothing>("/api/v1/system/settings",
                             {"system.list_settings", kManage, api::anywhere()},
                             [this](Call& call, const Nothing&) {
                               return Result(call.store.read([&](db::Reader& reader) {
                                 return api::Page<ShownSetting>{shown(reader, call.language()), {}};
                               }));
                             });
  constexpr std::string_view kOne = "/api/v1/system/settings/{setting}";
  const auto page = [this](db::Reader& reader, const Call& call) { return named(reader, call); };
  routes.get_slowly<Nothing>(
      std::string(kOne), {"system.show_setting", kManage, api::anywhere()},
      [page](Call& call, const Nothing&) {
        return call.store.read([&](db::Reader& reader) { return page(reader, call); });
      });
  api::Operation& edit = routes.edit<SetSetting>(
      std::string(kOne), {"system.set_setting", kManage, api::anywhere()}, page,
      [](Transaction& tx, const Call& call, const SetSetting& asked) -> Result<Done> {
        const std::string name(call.request.segment("setting").value_or(""));
        const Settable* one = settable(name);
        if (auto refusal = refuse(one, name, asked)) return std::move(*refusal);
        const std::int64_t before = value_of(governance::stored_settings(tx), *one);
        governance::store_setting(tx, name, asked.value, before, one->standard,
                                  call.caller.account);
        return Done{};
      });
  edit.serve = [this, set = std::move(edit.serve)](Call& call) {
    auto response = set(call);
    apply();
    return response;
  };
}

}  // namespace jishi::app
