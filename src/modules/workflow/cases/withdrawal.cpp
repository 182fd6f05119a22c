#include "modules/workflow/cases/withdrawal.hpp"

#include "modules/workflow/cases/withdrawal.sql.hpp"

namespace jishi::workflow {

// The engine is asked by playing it: what it would become is thrown away.
Id withdrawable_task(db::Reader& reader, const HeldCase& held, const Party& party, Moment now) {
  if (held.state.status != CaseStatus::running) return kNoId;
  Event event;
  event.verb = Verb::withdraw;
  event.actor = name_in(reader, held.state, party);
  event.now = now;
  Environment environment;
  environment.decide = [](const Node&, const feel::Value&, Moment) -> Result<feel::Value> {
    return feel::Value();
  };
  const Playable& playable = *held.playable;
  const Outcome outcome =
      apply(*playable.definition, playable.scope, held.state, event, environment);
  if (outcome.refused) return kNoId;
  for (const Effect& effect : outcome.effects) {
    // A signature is taken back at the task that others have still to sign.
    if (effect.kind == Effect::Kind::task_changed && effect.word == "signature withdrawn")
      return reader.one<Id>(sql::withdrawal::of_number, held.row.id, effect.number).value_or(kNoId);
  }
  return reader.one<Id>(sql::withdrawal::last_done, held.row.id, party.account).value_or(kNoId);
}

}  // namespace jishi::workflow
