#include "modules/workflow/deployments/deployments.hpp"

#include "base/texts.hpp"
#include "modules/workflow/definition/again.hpp"
#include "modules/workflow/deployments/check_targets.hpp"
#include "modules/workflow/deployments/deployments.sql.hpp"
#include "modules/workflow/facts.hpp"
#include "modules/workflow/play_table/play_table.hpp"
#include "platform/files/whole_file.hpp"
#include "platform/pack/calendar_file.hpp"

namespace jishi::workflow {

namespace {

struct VersionRow {
  Id id = kNoId;
  int version = 0;
  std::string digest;
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (id, version, digest))

struct VersionText {
  std::string process;
  int version = 0;
  std::string name;
  std::string xml;
};
BOOST_DESCRIBE_STRUCT(VersionText, (), (process, version, name, xml))

// The lengths keep what ends one text from beginning the next.
std::string digest_of(const DeployProcess& asked) {
  std::string all = std::to_string(asked.xml.size()) + ":" + asked.xml;
  for (const VersionFile& file : asked.files) {
    all += fmt::format("\n{}:{}:{}", file.name, file.content.size(), file.content);
  }
  return to_hex(sha256(all));
}

const VersionFile* file_named(const DeployProcess& asked, std::string_view name) {
  const auto found = std::find_if(asked.files.begin(), asked.files.end(),
                                  [&](const VersionFile& file) { return file.name == name; });
  return found == asked.files.end() ? nullptr : &*found;
}

// Every finding by its element, for a problem.
std::string problems_of(const Findings& findings, Language language) {
  boost::json::array problems;
  for (const Finding& finding : findings) {
    problems.push_back({{"element", finding.element},
                        {"code", finding.error.code},
                        {"detail", say(language, finding.error)},
                        {"warning", finding.warning}});
  }
  return boost::json::serialize(problems);
}

Surroundings surroundings_of(const std::vector<std::string>& roles, const feel::Library& library) {
  Surroundings around;
  around.roles = roles;
  around.library = &library;
  return around;
}

// What a process is played by: with the models and forms that came along, nothing missing.
std::shared_ptr<Playable> playable_of(std::shared_ptr<const Definition> definition,
                                      const DeployProcess& asked, const OperationNames& operations,
                                      const feel::Library& library, Findings& findings,
                                      bool again = false) {
  if (definition == nullptr) return nullptr;
  auto made = std::make_shared<Playable>();
  made->definition = std::move(definition);
  for (const VersionFile& file : asked.files) {
    if (file.name.ends_with(".json")) {
      const auto form = parse_json(file.content);
      if (form && form->is_object()) {
        made->forms[file.name.substr(0, file.name.size() - 5)] = form->as_object();
      } else {
        findings.push_back(
            {file.name, form ? fail(ErrorKind::invalid, "workflow.form_invalid") : form.error()});
      }
    } else {
      made->models[file.name] = read_model_of(file.name, file.content, findings, library);
    }
  }
  check_targets(
      *made->definition, made->models,
      [&](const std::string& form) { return made->forms.contains(form); }, operations, findings);
  check_places(*made->definition, made->forms, again, findings);
  if (refused(findings)) return nullptr;
  made->scope = made->definition->processes.front();
  made->process = made->definition->scopes[made->scope].id;
  made->name = made->definition->scopes[made->scope].name;
  if (made->name.empty()) made->name = made->process;
  return made;
}

constexpr std::string_view kTable = ".test";

/// The tables among the files, which do not belong to the version.
std::vector<VersionFile> take_tables(DeployProcess& asked) {
  std::vector<VersionFile> tables;
  for (const VersionFile& file : asked.files) {
    if (file.name.ends_with(kTable)) tables.push_back(file);
  }
  std::erase_if(asked.files, [](const VersionFile& file) { return file.name.ends_with(kTable); });
  return tables;
}

/// Plays the tables that come with a process; what does not come about, by file and line.
void play_tables(const Playable& playable, const std::vector<VersionFile>& tables, Moment now,
                 Language language, Findings& findings) {
  for (const VersionFile& file : tables) {
    auto played = play_table(playable, file.content, now, language);
    if (!played) {
      findings.push_back({file.name, played.error()});
      continue;
    }
    for (Error& wrong : played->wrong) findings.push_back({file.name, std::move(wrong)});
  }
}

}  // namespace

Deployments::Deployments(std::filesystem::path pack, std::vector<std::string> roles,
                         OperationNames operations, PackReadings readings)
    : pack_(std::move(pack)),
      roles_(std::move(roles)),
      operations_(std::move(operations)),
      readings_(std::move(readings)),
      library_(library_with(readings_.calendar)) {
}

Result<std::unique_ptr<Deployments>> Deployments::open(const std::filesystem::path& pack,
                                                       std::vector<std::string> roles,
                                                       OperationNames operations) {
  auto calendar = pack::load_calendar(pack);
  if (!calendar) return calendar.error();
  auto known = KnownFields::open(pack);
  if (!known) return known.error();
  auto strokes = election::Strokes::open(pack);
  if (!strokes) return strokes.error();
  auto settings = SettingCatalogue::open(pack);
  if (!settings) return settings.error();
  auto wording = Wording::open(pack);
  if (!wording) return wording.error();
  auto templates = Templates::open(pack);
  if (!templates) return templates.error();
  return std::unique_ptr<Deployments>(
      new Deployments(pack, std::move(roles), std::move(operations),
                      {std::move(*calendar), std::move(*known), std::move(*strokes),
                       std::move(*settings), std::move(*wording), std::move(*templates)}));
}

std::optional<std::string> Deployments::file_of_pack(const std::string& folder,
                                                     const std::string& name) const {
  // A name, never a way out of the folder.
  if (name.empty() || name.find_first_of("/\\") != std::string::npos) return std::nullopt;
  auto read = files::read_whole(pack_ / folder / name, xml::kMostBytes);
  if (!read) return std::nullopt;
  return std::move(*read);
}

// What the definition names and nobody gave, as it stands in the pack.
void Deployments::add_files(DeployProcess& asked, const Definition& definition) const {
  const auto add = [&](const std::string& folder, const std::string& name) {
    if (file_named(asked, name) != nullptr) return;
    if (auto content = file_of_pack(folder, name)) asked.files.push_back({name, *content});
  };
  for (const Node& node : definition.nodes) {
    if (!node.task.decision_file.empty()) add("processes", node.task.decision_file);
    if (!node.task.form.empty()) add("forms", node.task.form + ".json");
  }
  std::sort(
      asked.files.begin(), asked.files.end(),
      [](const VersionFile& left, const VersionFile& right) { return left.name < right.name; });
}

std::shared_ptr<const Definition> Deployments::definition_of(const std::string& xml,
                                                             Findings& findings) const {
  const auto document = xml::read(xml);
  if (!document) {
    findings.push_back({"", document.error()});
    return nullptr;
  }
  return read_definition(*document, surroundings_of(roles_, library_), findings);
}

std::shared_ptr<Playable> Deployments::understand(const DeployProcess& asked,
                                                  Findings& findings) const {
  return playable_of(definition_of(asked.xml, findings), asked, operations_, library_, findings);
}

Result<DeployedVersion> Deployments::deploy_unless(Transaction& tx, const DeployProcess& asked,
                                                   const Playable& understood, bool ever) const {
  const std::string digest = digest_of(asked);
  const std::string& process = understood.process;
  const auto latest = tx.one<VersionRow>(sql::deployments::latest, process);
  const auto same =
      ever ? tx.one<VersionRow>(sql::deployments::by_digest, process, digest) : latest;
  if (same && same->digest == digest)
    return DeployedVersion{same->id, process, same->version, false, {}, {}};
  const DeployedVersion made{tx.new_id(), process, latest ? latest->version + 1 : 1, true, {}, {}};
  tx.run(sql::deployments::add, made.id, process, made.version, understood.name, digest, asked.xml,
         tx.store().clock().now_ms(), tx.actor().id);
  for (const VersionFile& file : asked.files)
    tx.run(sql::deployments::add_file, made.id, file.name, file.content);
  const std::string payload =
      boost::json::serialize(boost::json::object{{"process", process}, {"digest", digest}});
  tx.fact(fact::kProcessDeployed, tx.store().clock().today(), kNoId,
          {.subject = made.id, .amount = made.version, .payload = payload});
  return made;
}

Result<DeployedVersion> Deployments::deploy(Transaction& tx, DeployProcess asked,
                                            Language language) const {
  if (asked.files.size() > kMostVersionFiles) {
    return fail(ErrorKind::invalid, "workflow.too_many_files",
                {{"path", "files"}, {"limit", std::to_string(kMostVersionFiles)}});
  }
  auto tables = take_tables(asked);
  Findings findings;
  if (const auto definition = definition_of(asked.xml, findings)) add_files(asked, *definition);
  const auto twice =
      std::adjacent_find(asked.files.begin(), asked.files.end(),
                         [](const auto& one, const auto& other) { return one.name == other.name; });
  if (twice != asked.files.end())
    return fail(ErrorKind::invalid, "workflow.file_twice",
                {{"path", "files"}, {"name", twice->name}});
  std::shared_ptr<Playable> understood;
  if (!refused(findings)) {
    findings.clear();
    understood = understand(asked, findings);
  }
  // A process of the pack that is changed plays the table that it came with; who changes what it
  // says gives another.
  if (understood != nullptr && tables.empty()) {
    const std::string name = understood->process + std::string(kTable);
    if (auto own = file_of_pack("processes", name)) tables.push_back({name, std::move(*own)});
  }
  if (understood != nullptr)
    play_tables(*understood, tables, tx.store().clock().now_ms(), language, findings);
  if (understood == nullptr || workflow::refused(findings)) {
    return fail(ErrorKind::refused, "workflow.process_refused",
                {{"count", std::to_string(findings.size())},
                 {"problems", problems_of(findings, language)}});
  }
  auto made = deploy_unless(tx, asked, *understood, false);
  if (!made) return made;
  for (const VersionFile& table : tables) made->tables.push_back(table.name);
  for (const Finding& finding : findings)
    made->warnings.push_back(finding.element + ": " + say(language, finding.error));
  return made;
}

std::vector<RefusedProcess> Deployments::deploy_pack(Store& store) {
  std::error_code none;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(pack_ / "processes", none)) {
    if (entry.path().extension() == ".bpmn") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<RefusedProcess> refused;
  for (const auto& path : files) {
    if (auto one = deploy_file(store, path)) refused.push_back(std::move(*one));
  }
  const std::lock_guard lock(mutex_);
  refused_ = refused;
  return refused;
}

std::optional<RefusedProcess> Deployments::deploy_file(Store& store,
                                                       const std::filesystem::path& path) const {
  const auto xml = files::read_whole(path, xml::kMostBytes);
  Findings findings;
  DeployProcess asked;
  if (xml) {
    asked.xml = *xml;
    if (const auto definition = definition_of(asked.xml, findings)) add_files(asked, *definition);
  } else {
    findings.push_back({"", xml.error()});
  }
  std::shared_ptr<Playable> understood;
  if (!workflow::refused(findings)) {
    findings.clear();
    understood = understand(asked, findings);
  }
  if (understood != nullptr) {
    (void)store.write(Actor{},
                      [&](Transaction& tx) { return deploy_unless(tx, asked, *understood, true); });
    return std::nullopt;
  }
  std::erase_if(findings, [](const Finding& finding) { return finding.warning; });
  return RefusedProcess{path.filename().string(), findings.front().element, findings.front().error,
                        static_cast<std::int64_t>(findings.size())};
}

std::vector<RefusedProcess> Deployments::refused_of_pack() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

Result<std::shared_ptr<const Playable>> Deployments::playable(db::Reader& reader,
                                                              Id version) const {
  {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(version);
    if (found != held_.end()) return found->second;
  }
  const auto text = reader.one<VersionText>(sql::deployments::version, version);
  if (!text) return fail(ErrorKind::not_found, "workflow.version_unknown");
  Findings findings;
  const DeployProcess stored{text->xml, reader.all<VersionFile>(sql::deployments::files, version)};
  std::shared_ptr<const Definition> definition;
  if (const auto document = xml::read(stored.xml)) {
    definition = read_definition_again(*document, surroundings_of(roles_, library_), findings);
  } else {
    findings.push_back({"", document.error()});
  }
  const auto made =
      playable_of(std::move(definition), stored, operations_, library_, findings, true);
  std::erase_if(findings, [](const Finding& finding) { return finding.warning; });
  // It was understood when it was deployed: a role or an operation is gone since.
  if (made == nullptr)
    return fail(ErrorKind::refused, "workflow.version_not_understood",
                {{"element", findings.front().element},
                 {"reason", say(Language::zh, findings.front().error)}});
  made->id = version;
  made->version = text->version;
  const std::lock_guard lock(mutex_);
  return held_.emplace(version, made).first->second;
}

Result<std::shared_ptr<const Playable>> Deployments::latest(db::Reader& reader,
                                                            std::string_view process) const {
  const auto row = reader.one<VersionRow>(sql::deployments::latest, process);
  if (!row) {
    return fail(ErrorKind::not_found, "workflow.process_unknown",
                {{"path", "process"}, {"name", std::string(process)}});
  }
  return playable(reader, row->id);
}

}  // namespace jishi::workflow
