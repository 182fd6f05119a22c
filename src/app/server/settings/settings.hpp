#pragma once
// The settings of the program as they hold: those that are set here, within bounds, and those that
// the command line decides, with where each comes from.

#include "api/routes.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::app {

enum class SettingOrigin { standard, command_line, set };
BOOST_DESCRIBE_ENUM(SettingOrigin, standard, command_line, set)

/// What was decided when the program was started; the same until it is started anew.
struct StartSetting {
  std::string name;
  std::string_view title;  // the code of its text
  std::string value;
  std::string standard;
};

struct ShownSetting {
  std::string name;
  std::string title;
  std::string value;
  std::string standard;
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
  bool editable = false;
  SettingOrigin origin = SettingOrigin::standard;
  std::optional<std::string> set_by;  // the name of the account
  std::optional<std::int64_t> set_ms;
};
BOOST_DESCRIBE_STRUCT(ShownSetting, (),
                      (name, title, value, standard, least, most, editable, origin, set_by, set_ms))

class ServiceSettings {
 public:
  ServiceSettings(Store& store, identity::Identity& identity)
      : store_(store), identity_(identity) {}

  /// Before anything is served.
  void decided_at_start(std::vector<StartSetting> settings) { start_ = std::move(settings); }

  /// Brings what was set into effect: at the start, after each change, and now and then for what
  /// another process set.
  void apply();

  void add_routes(api::Routes& routes);

 private:
  std::vector<ShownSetting> shown(db::Reader& reader, Language language) const;
  Result<ShownSetting> named(db::Reader& reader, const api::Call& call) const;

  Store& store_;
  identity::Identity& identity_;
  std::vector<StartSetting> start_;
};

}  // namespace jishi::app
