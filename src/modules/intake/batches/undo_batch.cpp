#include "modules/dues/dues.hpp"
#include "modules/intake/batches/batches.hpp"
#include "modules/intake/batches/doubts.hpp"
#include "modules/intake/batches/undo_batch.sql.hpp"
#include "modules/intake/facts.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::intake {

namespace {

struct BatchState {
  Id id = kNoId;
  std::int64_t last_seq = 0;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(BatchState, (), (id, last_seq, state))

struct LaterFact {
  std::int64_t seq = 0;
  int kind = 0;
  Date happened;
  Id organisation = kNoId;
  Id person = kNoId;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(LaterFact, (), (seq, kind, happened, organisation, person, subject))

struct HeldByMerger {
  Id kept = kNoId;
  Id dropped = kNoId;
};
BOOST_DESCRIBE_STRUCT(HeldByMerger, (), (kept, dropped))

// Families of facts by their numbers, in both languages: an error's arguments know none.
std::string kind_of(int kind) {
  if (kind < 20) return "组织 organisation";
  if (kind < 30) return "党员 member";
  if (kind < 40) return "任职 post";
  if (kind < 50) return "组织生活 activity";
  if (kind < 60) return "党费 payment";
  return std::to_string(kind);
}

// The name that people know: a number or code where there is one.
std::string subject_of(Transaction& tx, const LaterFact& fact) {
  if (fact.person != kNoId) {
    const auto number = tx.one<std::string>(sql::undo_batch::name_of_person, fact.person);
    return number.value_or(std::to_string(fact.person));
  }
  const auto code = tx.one<std::string>(sql::undo_batch::name_of_organisation, fact.organisation);
  return code.value_or(std::to_string(fact.organisation));
}

std::optional<Error> refuse_undo(Transaction& tx, const BatchState& batch) {
  if (batch.state == "undone") return fail(ErrorKind::refused, "intake.batch_undone");
  // Rows that a merger of persons holds would come back with its undo.
  if (const auto held = tx.one<HeldByMerger>(sql::undo_batch::held_by_merger, batch.id)) {
    return fail(ErrorKind::refused, "intake.undo_merged",
                {{"kept", std::to_string(held->kept)}, {"dropped", std::to_string(held->dropped)}});
  }
  const auto later = tx.one<LaterFact>(sql::undo_batch::in_the_way, batch.id, batch.last_seq);
  if (!later) return std::nullopt;
  return fail(ErrorKind::refused, "intake.undo_refused",
              {{"kind", kind_of(later->kind)},
               {"date", to_iso(later->happened)},
               {"subject", subject_of(tx, *later)},
               {"fact", std::to_string(later->seq)}});
}

// What intake itself keeps of a batch.
void forget(Transaction& tx, Id batch) {
  tx.run(sql::undo_batch::forget_similar, batch);
  tx.run(sql::undo_batch::reopen_accepted, batch);
  tx.run(sql::undo_batch::forget_acceptances, batch);
  tx.run(sql::undo_batch::forget_refused, batch);
  tx.run(sql::undo_batch::forget_notes, batch);
}

Result<Undone> undo(Transaction& tx, Id id) {
  const auto batch = tx.one<BatchState>(sql::undo_batch::batch, id);
  if (!batch) {
    return fail(ErrorKind::not_found, "intake.batch_missing", {{"batch", std::to_string(id)}});
  }
  if (auto refusal = refuse_undo(tx, *batch)) return std::move(*refusal);
  const auto first_seq = tx.one<std::int64_t>(sql::undo_batch::last_seq).value_or(0);
  forget(tx, id);
  Undone undone;
  undone.payments = dues::withdraw_batch(tx, id);
  undone.activities = orglife::withdraw_batch(tx, id);
  const auto withdrawn = registry::withdraw_batch(tx, id);
  undone.posts = withdrawn.posts;
  undone.persons = withdrawn.persons;
  undone.organisations = withdrawn.organisations;
  undone.fields = withdrawn.fields;
  tx.run(sql::undo_batch::set_undone, id);
  restore_doubts(tx, id);
  const auto last_seq =
      tx.fact(fact::kImportUndone, tx.store().clock().today(), kNoId, {.subject = id});
  tx.run(sql::undo_batch::add_undo, id, tx.actor().id, tx.store().clock().now_ms(), first_seq,
         last_seq);
  return undone;
}

}  // namespace

Result<Undone> undo_batch(Store& store, Actor actor, Id batch) {
  try {
    return store.write_alone(actor, [&](Transaction& tx) { return undo(tx, batch); });
  } catch (const db::Failure& failure) {
    // A code, number or citizen id that the batch had changed belongs to another record by now.
    if (failure.kind() != db::FailureKind::unique) throw;
    return fail(ErrorKind::conflict, "intake.undo_clash");
  }
}

}  // namespace jishi::intake
