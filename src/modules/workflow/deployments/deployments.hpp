#pragma once
// Process files as versions in the store. A version never changes: cases that began by it go on by
// it, whatever is deployed later.

#include <filesystem>
#include <map>
#include <mutex>

#include "base/json_object.hpp"
#include "base/workdays/functions.hpp"
#include "ledger/store.hpp"
#include "modules/election/election.hpp"
#include "modules/workflow/decision/model.hpp"
#include "modules/workflow/definition/definition.hpp"
#include "modules/workflow/forms/known_fields.hpp"
#include "modules/workflow/process_settings/setting_catalogue.hpp"
#include "modules/workflow/templates/templates.hpp"
#include "modules/workflow/wording/wording.hpp"

namespace jishi::api {
class Routes;
}

namespace jishi::workflow {

inline constexpr std::size_t kMostVersionFiles = 100;  // decision models and forms of a version
inline constexpr std::size_t kMostProcesses = 500;     // that are listed
inline constexpr std::size_t kMostVersionsListed = 200;

/// A decision model (`….dmn`) or form (`….json`) that belongs to a process file.
struct VersionFile {
  std::string name;
  std::string content;
};
BOOST_DESCRIBE_STRUCT(VersionFile, (), (name, content))

/// What is deployed. Files that it names and that are not given are those of the pack.
struct DeployProcess {
  std::string xml;
  std::vector<VersionFile> files;
};
BOOST_DESCRIBE_STRUCT(DeployProcess, (), (xml, files))

/// A version as it is listed.
struct ProcessVersion {
  Id id = kNoId;
  std::string process;
  int version = 0;
  std::string name;
  std::string digest;
  std::int64_t made_ms = 0;
  Id made_by = kNoId;
  std::string made_by_name;  // empty: it came with the pack
  std::int64_t running = 0;  // cases that go on by it
};
BOOST_DESCRIBE_STRUCT(ProcessVersion, (),
                      (id, process, version, name, digest, made_ms, made_by, made_by_name, running))

/// One that was deployed. `fresh`: not, where the latest version is the very same.
struct DeployedVersion {
  Id id = kNoId;
  std::string process;
  int version = 0;
  bool fresh = true;
  std::vector<std::string> warnings;  // in the language of who deployed it
  std::vector<std::string> tables;    // that were played before: those given, else the pack's own
};
BOOST_DESCRIBE_STRUCT(DeployedVersion, (), (id, process, version, fresh, warnings, tables))

/// A version that cases are played by: immutable, used from any thread.
struct Playable {
  Id id = kNoId;
  std::string process;
  int version = 0;
  std::string name;
  std::shared_ptr<const Definition> definition;
  Index scope = 0;  // of its first process
  std::map<std::string, std::shared_ptr<const decision::Model>, std::less<>> models;
  std::map<std::string, boost::json::object, std::less<>> forms;  // by name, without `.json`
};

/// What the program can do for service tasks, by name.
using OperationNames = std::vector<std::string>;

/// What processes rest on beside their own files, as the pack has it.
struct PackReadings {
  WorkCalendar calendar;
  KnownFields known;
  election::Strokes strokes;
  SettingCatalogue settings;
  Wording wording;
  Templates templates;
};

/// A process of the pack that is not deployed, and the first thing that keeps it.
struct RefusedProcess {
  std::string file;
  std::string element;
  Error error;
  std::int64_t findings = 0;  // in all
};

/// Reads versions, checks and deploys them. Thread-safe.
class Deployments {
 public:
  /// `roles`: those of the pack. Errors: pack.calendar_invalid, workflow.known_fields_invalid,
  /// election.strokes_invalid, workflow.settings_invalid, wording_invalid, template_invalid.
  static Result<std::unique_ptr<Deployments>> open(const std::filesystem::path& pack,
                                                   std::vector<std::string> roles,
                                                   OperationNames operations);

  /// What is wrong with a process and its files; nothing refused: what it would be played by.
  std::shared_ptr<Playable> understand(const DeployProcess& asked, Findings& findings) const;

  /// Makes a version of it, unless the latest is the same. Errors: workflow.process_refused, with
  /// what is wrong by element as `problems`.
  Result<DeployedVersion> deploy(Transaction& tx, DeployProcess asked, Language language) const;

  /// Deploys each process of the pack that was never deployed as it is; what is refused.
  std::vector<RefusedProcess> deploy_pack(Store& store);
  /// What the last deploy_pack() refused.
  std::vector<RefusedProcess> refused_of_pack() const;

  /// The version that a case is played by. Errors: workflow.version_unknown.
  Result<std::shared_ptr<const Playable>> playable(db::Reader& reader, Id version) const;
  /// The latest version of a process. Errors: workflow.process_unknown.
  Result<std::shared_ptr<const Playable>> latest(db::Reader& reader,
                                                 std::string_view process) const;

  /// The working days by which the pack counts.
  const WorkCalendar& calendar() const { return readings_.calendar; }
  /// What the pack says is on record already.
  const KnownFields& known() const { return readings_.known; }
  /// In which order the pack puts names.
  const election::Strokes& strokes() const { return readings_.strokes; }
  /// What organisations may set otherwise.
  const SettingCatalogue& settings() const { return readings_.settings; }
  /// The English of what the pack says in Chinese.
  const Wording& wording() const { return readings_.wording; }
  /// The texts that fields are filled with at first.
  const Templates& templates() const { return readings_.templates; }

 private:
  Deployments(std::filesystem::path pack, std::vector<std::string> roles, OperationNames operations,
              PackReadings readings);
  std::optional<RefusedProcess> deploy_file(Store& store, const std::filesystem::path& path) const;
  void add_files(DeployProcess& asked, const Definition& definition) const;
  std::optional<std::string> file_of_pack(const std::string& folder, const std::string& name) const;
  std::shared_ptr<const Definition> definition_of(const std::string& xml, Findings& findings) const;
  Result<DeployedVersion> deploy_unless(Transaction& tx, const DeployProcess& asked,
                                        const Playable& understood, bool ever) const;

  const std::filesystem::path pack_;
  const std::vector<std::string> roles_;
  const OperationNames operations_;
  const PackReadings readings_;
  const feel::Library library_;
  mutable std::mutex mutex_;
  mutable std::map<Id, std::shared_ptr<const Playable>> held_;
  std::vector<RefusedProcess> refused_;
};

/// GET and POST /api/v1/process-definitions, and one version with its file.
void deployment_routes(api::Routes& routes, const Deployments& deployments);

}  // namespace jishi::workflow
