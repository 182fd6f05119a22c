#include "api/routes.hpp"
#include "base/integer.hpp"
#include "base/texts.hpp"
#include "modules/workflow/deployments/deployments.hpp"
#include "modules/workflow/deployments/deployments.sql.hpp"

namespace jishi::workflow {

namespace {

using api::Call;
using http::Method;

struct VersionQuery {
  std::optional<std::string> process;  // all its versions; none: the latest of each process
};
BOOST_DESCRIBE_STRUCT(VersionQuery, (), (process))

/// An element that cases stand at.
struct ShownElement {
  std::string id;
  std::string name;
  std::string kind;
  std::string role;
  std::string form;
};
BOOST_DESCRIBE_STRUCT(ShownElement, (), (id, name, kind, role, form))

/// A process of the pack that is not there to be used, and the first thing that keeps it.
struct ShownRefusal {
  std::string file;
  std::string element;
  std::string code;
  std::string detail;
  std::int64_t findings = 0;  // in all
};
BOOST_DESCRIBE_STRUCT(ShownRefusal, (), (file, element, code, detail, findings))

/// A version with its file, as it was deployed.
struct ShownVersion {
  ProcessVersion version;
  std::string xml;
  std::vector<VersionFile> files;
  std::vector<ShownElement> tasks;  // of people, in the file's order
  boost::json::object articles;     // that its files name, each with its English
  boost::json::object labels;       // names in its drawing that have no English in the file
};
BOOST_DESCRIBE_STRUCT(ShownVersion, (), (version, xml, files, tasks, articles, labels))

/// What a step is called.
struct StepNames {
  std::string element;
  std::string name;  // in Chinese, the file's own language
  std::string en;    // empty: the file has none
};
BOOST_DESCRIBE_STRUCT(StepNames, (), (element, name, en))

/// What a process and its steps are called, in its latest version.
struct ProcessNames {
  std::string process;
  std::string name;
  std::string en;
  std::vector<StepNames> steps;
};
BOOST_DESCRIBE_STRUCT(ProcessNames, (), (process, name, en, steps))

struct VersionXml {
  std::string process;
  int version = 0;
  std::string name;
  std::string xml;
};
BOOST_DESCRIBE_STRUCT(VersionXml, (), (process, version, name, xml))

/// Gateways, arrows and ends are called in Chinese alone: their English is the pack's, also in
/// versions that were deployed before it had any.
boost::json::object labels_in(const std::string& xml, const Wording& wording) {
  boost::json::object labels;
  for (const auto& [chinese, english] : wording.labels()) {
    if (xml.find("name=\"" + chinese + "\"") != std::string::npos) labels[chinese] = english;
  }
  return labels;
}

Result<ShownVersion> show(const Call& call, const Deployments& deployments) {
  const auto text = call.request.segment("definition").value_or("");
  const auto id = parse_id(text);
  return call.store.read([&](db::Reader& reader) -> Result<ShownVersion> {
    const auto version = reader.one<ProcessVersion>(sql::deployments::one, id);
    if (!version) return fail(ErrorKind::not_found, "workflow.version_unknown");
    ShownVersion shown{*version,
                       reader.one<VersionXml>(sql::deployments::version, id)->xml,
                       reader.all<VersionFile>(sql::deployments::files, id),
                       {},
                       {},
                       labels_in(reader.one<VersionXml>(sql::deployments::version, id)->xml,
                                 deployments.wording())};
    const auto playable = deployments.playable(reader, id);
    if (!playable) return playable.error();
    const auto add_article = [&](std::string_view basis) {
      const std::string plain = plain_basis(basis);
      if (!plain.empty()) shown.articles[plain] = deployments.wording().english(plain);
    };
    for (const auto& [name, form] : (*playable)->forms) {
      const auto* basis = form.if_contains("x-basis");
      if (basis != nullptr && basis->is_string())
        add_article(std::string_view(basis->get_string()));
    }
    for (const Node& node : (*playable)->definition->nodes) {
      add_article(node.basis);
      if (node.kind != NodeKind::user_task && node.kind != NodeKind::manual_task) continue;
      shown.tasks.push_back({node.id, node.name,
                             node.kind == NodeKind::user_task ? "user_task" : "manual_task",
                             node.task.role, node.task.form});
    }
    return shown;
  });
}

api::Page<ShownRefusal> refused(const Call& call, const Deployments& deployments) {
  api::Page<ShownRefusal> page;
  for (const RefusedProcess& one : deployments.refused_of_pack()) {
    page.items.push_back(
        {one.file, one.element, one.error.code, say(call.language(), one.error), one.findings});
  }
  return page;
}

api::Page<ProcessVersion> list(Call& call, const VersionQuery& query) {
  return call.store.read([&](db::Reader& reader) {
    if (query.process) {
      return api::Page<ProcessVersion>{
          reader.all<ProcessVersion>(sql::deployments::versions_of, *query.process,
                                     kMostVersionsListed),
          {}};
    }
    return api::Page<ProcessVersion>{
        reader.all<ProcessVersion>(sql::deployments::list, kMostProcesses), {}};
  });
}

api::Page<ProcessNames> names(const Call& call, const Deployments& deployments) {
  return call.store.read([&](db::Reader& reader) {
    api::Page<ProcessNames> page;
    for (const auto& version : reader.all<ProcessVersion>(sql::deployments::list, kMostProcesses)) {
      ProcessNames& named = page.items.emplace_back();
      named.process = version.process;
      named.name = version.name;
      // One that this program can no longer play keeps nobody from the names of the others.
      const auto playable = deployments.playable(reader, version.id);
      if (!playable) continue;
      const Definition& definition = *(*playable)->definition;
      named.en = definition.scopes[(*playable)->scope].english;
      for (const Node& node : definition.nodes) {
        if (!node.name.empty()) named.steps.push_back({node.id, node.name, node.english});
      }
    }
    return page;
  });
}

}  // namespace

void deployment_routes(api::Routes& routes, const Deployments& deployments) {
  routes.get_slowly<VersionQuery>(
      "/api/v1/process-definitions", {"workflow.list_processes", {}, api::own_account()},
      [](Call& call, const VersionQuery& query) { return Result(list(call, query)); });
  routes.get_slowly<api::Nothing>(
      "/api/v1/process-definitions/{definition}", {"workflow.show_process", {}, api::own_account()},
      [&](Call& call, const api::Nothing&) { return show(call, deployments); });
  routes.get_slowly<api::Nothing>(
      "/api/v1/process-names", {"workflow.list_process_names", {}, api::own_account()},
      [&](const Call& call, const api::Nothing&) { return Result(names(call, deployments)); });
  routes.get_slowly<api::Nothing>(
      "/api/v1/refused-processes",
      {"workflow.list_refused_processes", "workflow.deploy", api::anywhere()},
      [&](const Call& call, const api::Nothing&) { return Result(refused(call, deployments)); });
  auto& deploy = routes.command_as<DeployProcess>(
      Method::post, "/api/v1/process-definitions",
      {"workflow.deploy_process", "workflow.deploy", api::anywhere()},
      [&](Transaction& tx, const Call& call, const DeployProcess& asked) {
        return deployments.deploy(tx, asked, call.language());
      });
  deploy.status = 201;
  deploy.body_limit = xml::kMostBytes + (xml::kMostBytes >> 2U);
}

}  // namespace jishi::workflow
