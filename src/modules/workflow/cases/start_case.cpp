#include "modules/workflow/cases/start_case.hpp"

#include "base/feel/json.hpp"
#include "modules/workflow/cases/cases.sql.hpp"
#include "modules/workflow/cases/opening.hpp"
#include "modules/workflow/forms/forms.hpp"

namespace jishi::workflow {

Result<feel::Value> variables_of_answer(const std::optional<boost::json::object>& answer) {
  if (!answer) return feel::Value();
  return feel::value_from_json(boost::json::serialize(*answer));
}

namespace {

/// What every case knows: its places, whom it is about, who began it. A place that there is not
/// stands where the case does.
feel::Value first_variables(Transaction& tx, const feel::Value& given, const CaseRow& row,
                            const Party& party) {
  feel::Value::Entries entries;
  if (const auto* held = given.entries()) entries = *held;
  const auto add = [&](const char* name, Id id) {
    entries.emplace_back(name, feel::Value(std::to_string(id)));
  };
  const Id branch = row.person == kNoId
                        ? row.organisation
                        : registry::organisation_of(tx, row.person).value_or(row.organisation);
  const auto committees = tx.all<Id>(sql::cases::committees_above, row.organisation);
  const Id committee = committees.empty() ? row.organisation : committees.front();
  add("organisation", row.organisation);
  add("superior", registry::parent_of(tx, row.organisation).value_or(row.organisation));
  add("branch", branch);
  add("committee", committee);
  add("department", committees.size() > 1 ? committees[1] : committee);
  add("initiator", party.id());
  add("case", row.id);
  if (row.person != kNoId) add("person", row.person);
  entries.emplace_back("settings", feel::Value::context({}));
  return feel::Value::context(std::move(entries));
}

Result<CaseRow> row_of(Transaction& tx, const StartCase& asked, const Playable& playable) {
  const auto organisation = registry::organisation_meant(tx, asked.organisation);
  if (!organisation) return organisation.error();
  const auto place = registry::organisation(tx, *organisation);
  if (place && place->ended && *place->ended <= tx.store().clock().today()) {
    return fail(ErrorKind::refused, "workflow.organisation_ended",
                {{"organisation", place->name}, {"date", to_iso(*place->ended)}});
  }
  CaseRow row;
  row.id = tx.new_id();
  row.version = playable.id;
  row.process = playable.process;
  row.organisation = *organisation;
  if (asked.person) {
    const auto person = registry::person_meant(tx, *asked.person);
    if (!person) return person.error();
    row.person = *person;
  }
  return row;
}

// A start event may say which role begins a case, and where it is held. What is the part of a
// member is also done for them by whoever may begin cases at all.
std::optional<Error> refuse_beginner(Transaction& tx, const Party& party, const HeldCase& held,
                                     const feel::Value& variables) {
  const Playable& playable = *held.playable;
  const Node& start = playable.definition->nodes[playable.definition->scopes[playable.scope].start];
  if (start.task.role.empty() || start.task.at == "person") return std::nullopt;
  // The places that the start event speaks of stand in the first variables.
  HeldCase begun{held.row, held.playable, {}};
  begun.state.scopes.emplace_back();
  begun.state.scopes.front().variables = variables;
  const Date today = tx.store().clock().today();
  const Place place = place_of(tx, begun, start.task, today);
  if (stands_at(tx, party, start.task.role, place, today)) return std::nullopt;
  return fail(ErrorKind::forbidden, "workflow.not_your_start", {{"role", start.task.role}});
}

}  // namespace

Result<Advanced> start_case(Transaction& tx, const Office& office, const Party& party,
                            const StartCase& asked) {
  auto playable = office.deployments.latest(tx, asked.process);
  if (!playable) return playable.error();
  if (asked.variables) {
    if (auto refused = refuse_reserved(*asked.variables)) return std::move(*refused);
  }
  const auto given = variables_of_answer(asked.variables);
  if (!given) return given.error();
  auto row = row_of(tx, asked, **playable);
  if (!row) return row.error();
  HeldCase held{std::move(*row), std::move(*playable), {}};
  Act act;
  act.party = party;
  act.event.verb = Verb::start;
  act.event.actor = std::to_string(party.id());
  act.event.variables = with_opening(tx, held.row, tx.store().clock().today(),
                                     first_variables(tx, *given, held.row, party));
  if (auto refused = refuse_beginner(tx, party, held, act.event.variables))
    return std::move(*refused);
  return advance(tx, office, held, act);
}

}  // namespace jishi::workflow
