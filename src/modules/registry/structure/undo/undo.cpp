#include "modules/registry/structure/undo/undo.hpp"

#include "ledger/trail.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/posts/posts.hpp"
#include "modules/registry/structure/abolish/abolish_organisation.hpp"
#include "modules/registry/structure/move/move_organisation.hpp"
#include "modules/registry/structure/rename/rename_organisation.hpp"
#include "modules/registry/structure/reopen/reopen_organisation.hpp"
#include "modules/registry/structure/undo/undo.sql.hpp"

namespace jishi::registry {

namespace {

constexpr std::size_t kMaxFactsOfCommand = 1'000;
constexpr auto kFirstOrganisationFact = static_cast<FactKind>(1);
constexpr auto kLastOrganisationFact = static_cast<FactKind>(19);

Error cannot_undo(std::string_view code, Id command, Arguments more = {}) {
  more.emplace_back("command", std::to_string(command));
  return fail(ErrorKind::refused, code, std::move(more));
}

bool is_kind(const Fact& fact, FactKind kind) {
  return fact.kind == static_cast<std::int32_t>(kind);
}

/// What other modules did along with a command (until cases followed moves by themselves, theirs
/// went with it) they do again as it is taken back: of the registry's own facts it is one.
bool is_one_fact(const std::vector<Fact>& facts) {
  return std::count_if(facts.begin(), facts.end(), [](const Fact& fact) {
           return fact.kind >= fact::kFirstKind && fact.kind <= fact::kLastKind;
         }) == 1;
}

/// What the fact holds for its undoing; refused when it was itself an undo.
template <class Payload>
Result<Payload> payload_of(const Fact& fact) {
  const auto parsed = parse_json(fact.payload);
  if (!parsed) return cannot_undo("registry.not_undoable", fact.command);
  auto payload = from_json<Payload>(*parsed);
  if (!payload || payload->undoes) return cannot_undo("registry.not_undoable", fact.command);
  return payload;
}

template <class Payload, class TakeBack>
Result<Done> take_back(Transaction& tx, const Fact& fact, Changes& changes, TakeBack way) {
  const auto payload = payload_of<Payload>(fact);
  if (!payload) return payload.error();
  auto change = way(tx, fact, *payload);
  if (!change) return change.error();
  changes.organisations.push_back(std::move(*change));
  return Done{};
}

Result<Done> take_back_end(Transaction& tx, const std::vector<Fact>& facts, Changes& changes) {
  const auto restored = take_back<EndPayload>(
      tx, facts.front(), changes, [](Transaction& inner, const Fact& fact, const EndPayload& end) {
        return take_back_abolish(inner, fact, end.before);
      });
  if (!restored) return restored;
  const Origin origin = manual_origin(tx);
  for (const Fact& fact : facts) {
    if (!is_kind(fact, fact::kPostChanged)) continue;
    resume_post(tx, origin, fact.subject, fact.payload);
    changes.posts_resumed.push_back(fact.subject);
  }
  return Done{};
}

Result<Done> take_back_facts(Transaction& tx, const std::vector<Fact>& facts, Changes& changes) {
  const Fact& first = facts.front();
  const bool merger = std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
    return is_kind(fact, fact::kPersonsMerged);
  });
  if (merger) return cannot_undo("registry.undo_by_unmerge", first.command);
  if (is_kind(first, fact::kOrganisationAbolished)) return take_back_end(tx, facts, changes);
  if (!is_one_fact(facts)) return cannot_undo("registry.not_undoable", first.command);
  if (is_kind(first, fact::kOrganisationMoved)) {
    return take_back<MovePayload>(tx, first, changes, take_back_move);
  }
  if (is_kind(first, fact::kOrganisationRenamed)) {
    return take_back<RenamePayload>(tx, first, changes, take_back_rename);
  }
  if (is_kind(first, fact::kOrganisationReopened)) {
    const auto payload = payload_of<ReopenPayload>(first);
    if (!payload) return payload.error();
    return take_back_reopen(tx, first, *payload, changes);
  }
  return cannot_undo("registry.not_undoable", first.command);
}

}  // namespace

bool is_undoable(db::Reader& reader, Id command) {
  const auto facts = ledger::facts_of(reader, command, kMaxFactsOfCommand);
  if (facts.empty() || ledger::last_seq(reader) - facts.back().seq > kMaxFactsBetween) return false;
  const Fact& first = facts.front();
  const bool abolished = is_kind(first, fact::kOrganisationAbolished);
  const bool one_of = is_kind(first, fact::kOrganisationMoved) ||
                      is_kind(first, fact::kOrganisationRenamed) ||
                      is_kind(first, fact::kOrganisationReopened);
  if (!abolished && (!one_of || !is_one_fact(facts))) return false;
  const auto payload = parse_json(first.payload);
  if (!payload || !payload->is_object()) return false;
  const auto* undoes = payload->as_object().if_contains("undoes");
  if (undoes != nullptr && !undoes->is_null()) return false;
  return !reader.one<std::int64_t>(sql::undo::touched_since, first.organisation, facts.back().seq);
}

Result<Changes> undo(Transaction& tx, const Undo& command) {
  const auto facts = ledger::facts_of(tx, command.command, kMaxFactsOfCommand);
  if (facts.empty()) {
    return fail(ErrorKind::not_found, "registry.command_missing",
                {{"command", std::to_string(command.command)}});
  }
  const Fact& last = facts.back();
  if (ledger::last_seq(tx) - last.seq > kMaxFactsBetween) {
    return cannot_undo("registry.undo_too_late", command.command);
  }
  const auto touched = ledger::touched_after(tx, last.seq, facts.front().organisation,
                                             kFirstOrganisationFact, kLastOrganisationFact);
  if (touched) {
    return cannot_undo("registry.changed_since_command", command.command,
                       {{"fact", std::to_string(*touched)}});
  }
  Changes changes{tx.command(), facts.front().happened, {}, {}, {}, {}, ""};
  if (auto done = take_back_facts(tx, facts, changes); !done) return done.error();
  return changes;
}

Result<Changes> undo(Store& store, Actor actor, const Undo& command) {
  return store.write(actor, [&](Transaction& tx) { return undo(tx, command); });
}

Result<Changes> preview_undo(Store& store, Actor actor, const Undo& command) {
  return store.rehearse(actor, [&](Transaction& tx) { return undo(tx, command); });
}

}  // namespace jishi::registry
