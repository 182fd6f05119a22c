#include "modules/workflow/rounds/rounds.hpp"

#include "api/routes.hpp"
#include "modules/workflow/cases/opening.hpp"
#include "modules/workflow/cases/start_case.hpp"
#include "modules/workflow/cases/start_rules.hpp"
#include "modules/workflow/rounds/rounds.sql.hpp"
#include "modules/workflow/tasks/tasks.hpp"

namespace jishi::workflow {

namespace {

struct Member {
  Id person = kNoId;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Member, (), (person, name))

Error round_size() {
  return fail(ErrorKind::invalid, "workflow.round_size",
              {{"path", "persons"}, {"limit", std::to_string(kMostOfRound)}});
}

/// The members whom the round is for, each once.
Result<std::vector<Member>> members_meant(Transaction& tx, Id organisation,
                                          const std::optional<std::vector<Id>>& persons) {
  auto all = tx.all<Member>(sql::rounds::members, organisation,
                            static_cast<std::int64_t>(kMostOfRound) + 1);
  if (all.empty() || all.size() > kMostOfRound) return round_size();
  if (!persons) return all;
  if (persons->empty() || persons->size() > kMostOfRound) return round_size();
  std::vector<Member> meant;
  for (const Id person : *persons) {
    const auto is = [person](const Member& one) { return one.person == person; };
    const auto found = std::find_if(all.begin(), all.end(), is);
    if (found == all.end()) {
      return fail(ErrorKind::not_found, "registry.person_not_found",
                  {{"person", std::to_string(person)}});
    }
    if (std::none_of(meant.begin(), meant.end(), is)) meant.push_back(*found);
  }
  return meant;
}

/// The case that keeps a new one from running, as the process says; of one that says nothing any
/// that runs about the member.
class Running {
 public:
  Running(Transaction& tx, const Office& office, Id organisation,
          std::shared_ptr<const Playable> playable, const feel::Value& given)
      : tx_(tx), office_(office), held_{{}, std::move(playable), {}} {
    held_.row.process = held_.playable->process;
    held_.row.organisation = organisation;
    variables_ = with_opening(tx, held_.row, tx.store().clock().today(), given);
  }

  std::optional<Id> of(Id person) {
    held_.row.person = person;
    const auto& scope = held_.playable->definition->scopes[held_.playable->scope];
    if (!scope.begins.once_person)
      return tx_.one<Id>(sql::rounds::running, person, held_.row.process);
    return runs_already(tx_.store(), tx_, office_, held_, variables_);
  }

 private:
  Transaction& tx_;
  const Office& office_;
  HeldCase held_;
  feel::Value variables_;
};

}  // namespace

Result<RoundBegun> begin_round(Transaction& tx, const Office& office, const Party& party,
                               Id organisation, const BeginRound& asked) {
  const auto members = members_meant(tx, organisation, asked.persons);
  if (!members) return members.error();
  auto playable = office.deployments.latest(tx, asked.process);
  if (!playable) return playable.error();
  const auto given = variables_of_answer(asked.variables);
  if (!given) return given.error();
  Running already(tx, office, organisation, std::move(*playable), *given);
  RoundBegun done;
  for (const Member& member : *members) {
    RoundItem& item = done.items.emplace_back();
    item.person = member.person;
    item.person_name = member.name;
    if (const auto running = already.of(member.person)) {
      item.case_id = *running;
      ++done.running;
      continue;
    }
    StartCase start;
    start.organisation = registry::Reference(organisation);
    start.process = asked.process;
    start.person = registry::Reference(member.person);
    start.variables = asked.variables;
    const auto begun = start_case(tx, office, party, start);
    if (!begun) return begun.error();
    item.case_id = begun->case_id;
    item.begun = true;
    ++done.begun;
  }
  return done;
}

void round_routes(api::Routes& routes, const Office& office) {
  routes
      .command_as<BeginRound>(
          http::Method::post, "/api/v1/organisations/{organisation}/rounds",
          {"workflow.begin_round", "workflow.act", api::organisation_in("organisation")},
          [&](Transaction& tx, const api::Call& call, const BeginRound& asked) {
            return begin_round(tx, office, party_of(call.caller), call.organisation, asked);
          })
      .status = 201;
}

}  // namespace jishi::workflow
