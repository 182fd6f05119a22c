#pragma once
// Cases of small processes in a store of a test's own, by a clock that goes where the test says.

#include "ledger/test_store.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/engine/test_process.hpp"
#include "modules/workflow/workflow.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::workflow {

class CaseRoom {
 public:
  explicit CaseRoom(Operations operations = {}) : operations_(std::move(operations)) {
    auto deployments = Deployments::open(
        JISHI_SOURCE_DIR "/packs/party",
        {"secretary", "member", "organisation_member", "higher_staff"}, operations_.names());
    if (!deployments) throw std::runtime_error(deployments.error().code);
    deployments_ = std::move(*deployments);
    office_.emplace(Office{*deployments_, operations_});
    top = found("R", {});
    branch = found("A", registry::Reference("R"));
  }

  Id found(const std::string& code, const registry::Reference& parent) {
    registry::CreateOrganisation command;
    command.name = code;
    command.code = code;
    command.kind = "branch";
    command.parent = parent;
    const auto made = store->write(
        Actor{7}, [&](Transaction& tx) { return registry::create_organisation(tx, command); });
    if (!made) throw std::runtime_error(made.error().code);
    return made->organisations.front().organisation;
  }

  /// Deploys a process `p` of this content.
  void deploy(const std::string& content, const std::string& roots = "") {
    const auto done = store->write(Actor{7}, [&](Transaction& tx) {
      return deployments_->deploy(tx, {process_xml(content, roots), {}}, Language::zh);
    });
    ASSERT_TRUE(done) << done.error().arguments.back().second;
  }

  /// Deploys a process of the pack with its decisions and forms.
  void deploy_of_pack(const std::string& file) {
    const auto xml = files::read_whole(
        std::filesystem::path(JISHI_SOURCE_DIR "/packs/party/processes") / file, xml::kMostBytes);
    ASSERT_TRUE(xml);
    const auto done = store->write(Actor{7}, [&](Transaction& tx) {
      return deployments_->deploy(tx, {*xml, {}}, Language::en);
    });
    ASSERT_TRUE(done) << done.error().arguments.back().second;
    process = done->process;
  }

  Result<Advanced> start(const std::string& variables = "{}") {
    StartCase asked;
    asked.organisation = branch;
    asked.process = process;
    asked.variables = boost::json::parse(variables).as_object();
    return store->write(Actor{7},
                        [&](Transaction& tx) { return start_case(tx, *office_, party, asked); });
  }

  /// Does something with the task of an element that is open.
  Result<Advanced> act(Id case_id, const std::string& element, Verb verb,
                       const std::string& variables = "{}") {
    return store->write(Actor{7}, [&](Transaction& tx) -> Result<Advanced> {
      auto held = held_case(*store, tx, *office_, case_id);
      if (!held) return held.error();
      Act act;
      act.party = party;
      act.event.verb = verb;
      act.event.variables = *feel::value_from_json(variables);
      act.event.actor = name_in(tx, held->state, party);
      for (const Task& task : held->state.tasks) {
        if (held->playable->definition->nodes[task.node].id == element) act.event.task = task.id;
      }
      return advance(tx, *office_, *held, act);
    });
  }

  const Office& office() const { return *office_; }

  void pass(Moment span) { store.clock.set_ms(store.clock.now_ms() + span); }
  int run_due() { return Timekeeper(*store, *office_).run_due(); }

  template <class T = std::int64_t, class... Arguments>
  T ask(const Statement& statement, const Arguments&... arguments) {
    return store->read([&](db::Reader& reader) { return *reader.one<T>(statement, arguments...); });
  }

  /// Elements of the tasks that are open, in order.
  std::string open_tasks() {
    static constexpr Statement kOpen{
        "test.open", "select node from workflow_task where state = 'open' order by id"};
    std::string line;
    store->read([&](db::Reader& reader) {
      for (const auto& node : reader.all<std::string>(kOpen))
        line += (line.empty() ? "" : " ") + node;
      return 0;
    });
    return line;
  }

  /// A full member of the branch in good standing.
  Id full_member(const std::string& number, const std::string& name) {
    registry::MemberRecord record;
    record.number = number;
    record.name = name;
    record.organisation = branch;
    record.stage = "full";
    record.status = "normal";
    record.joined = *make_date(2010, 7, 1);
    record.confirmed = *make_date(2011, 7, 1);
    const auto sealed = registry::seal_identity(*store, record);
    const auto made = store->write(Actor{7}, [&](Transaction& tx) -> Result<Id> {
      return registry::record_member(tx, registry::manual_origin(tx), std::nullopt, record, sealed)
          .id;
    });
    return *made;
  }
  std::string status_of(Id case_id) {
    static constexpr Statement kStatus{"test.status",
                                       "select status from workflow_case where id = $1"};
    return ask<std::string>(kStatus, case_id);
  }
  Id person_of(Id case_id) {
    static constexpr Statement kPerson{"test.person",
                                       "select person from workflow_case where id = $1"};
    return ask<Id>(kPerson, case_id);
  }

  std::int64_t facts_of(FactKind kind) {
    static constexpr Statement kFacts{"test.facts",
                                      "select count(*) from ledger_fact where kind = $1"};
    return ask(kFacts, static_cast<std::int32_t>(kind));
  }

  TestStore store;
  Id top = kNoId;
  Id branch = kNoId;
  std::string process = "p";
  Party party{7, kNoId};

 private:
  Operations operations_;
  std::unique_ptr<Deployments> deployments_;
  std::optional<Office> office_;
};

}  // namespace jishi::workflow
