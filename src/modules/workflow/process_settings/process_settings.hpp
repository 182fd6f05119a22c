#pragma once
// Periods and standards of processes that an organisation sets otherwise than the pack, within the
// bounds that the pack says. They hold for it and for all below that set none of their own, for
// cases that begin from then on.

#include "api/call.hpp"
#include "base/feel/value.hpp"
#include "modules/workflow/cases/case.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

/// The settings that hold in an organisation for a process, as cases take them: the nearest one
/// that says something about each counts.
feel::Value settings_of(db::Reader& reader, const SettingCatalogue& catalogue,
                        std::string_view process, Id organisation);
/// The same of each of these organisations, read at once.
std::map<Id, feel::Value> settings_of_each(db::Reader& reader, const SettingCatalogue& catalogue,
                                           std::string_view process,
                                           const std::vector<Id>& organisations);
/// Says that they will be asked: db::Reader::soon().
void settings_soon(db::Reader& reader, std::string_view process, Id organisation);

/// A standard as it holds in an organisation, and who set it; kNoId: the pack.
struct HeldStandard {
  std::string value;
  Id organisation = kNoId;
  std::string organisation_name;
};

/// The standards of a process as they hold in each of these organisations, by organisation and
/// name: for what is not a case. A process that is not deployed has only what organisations set.
std::map<std::pair<Id, std::string>, HeldStandard> held_standards(
    db::Reader& reader, const Office& office, const Clock& clock, std::string_view process,
    const std::vector<Id>& organisations);

/// GET and POST /api/v1/organisations/{organisation}/process-settings.
void process_setting_routes(api::Routes& routes, const Office& office);

}  // namespace jishi::workflow
