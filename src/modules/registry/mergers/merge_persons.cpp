#include "modules/registry/mergers/merge_persons.hpp"

#include "base/integer.hpp"
#include "base/text.hpp"
#include "ledger/trail.hpp"
#include "modules/registry/facts.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/mergers/merge_archive.hpp"
#include "modules/registry/mergers/mergers.sql.hpp"

namespace jishi::registry {

namespace {

constexpr std::string_view kRedirects = "registry/redirect";

struct Redirect {
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(Redirect, (), (person))

struct StandingMerger {
  Id id = kNoId;
  Id kept = kNoId;
  Id dropped = kNoId;
  Id dropped_place = kNoId;
  std::string number;  // of the dropped one
};
BOOST_DESCRIBE_STRUCT(StandingMerger, (), (id, kept, dropped, dropped_place, number))

struct MergerRow {
  Id merger = kNoId;
  Id dropped = kNoId;
  std::string number;
  std::string name;
  std::int64_t recorded = 0;
  Id actor = kNoId;
  Blob reason;
};
BOOST_DESCRIBE_STRUCT(MergerRow, (), (merger, dropped, number, name, recorded, actor, reason))

std::string context_of_reason(Id merger) {
  return fmt::format("registry.merger_reason:{}", merger);
}

/// The dropped one's id leads to the one kept, as do all that led to the dropped one.
void redirect(Transaction& tx, const PersonMerger& merger) {
  MergerMemory memory(tx, merger.id, kRedirects);
  for (const Id person : tx.all<Id>(sql::mergers::redirected, merger.dropped)) {
    memory.keep(Redirect{person});
    tx.run(sql::mergers::redirect, person, merger.kept);
  }
  tx.run(sql::mergers::redirect, merger.dropped, merger.kept);
}

void tell_merger(Transaction& tx, const PersonMerger& merger, Id kept_before, Id dropped_before) {
  const Date today = tx.store().clock().today();
  const Id place = organisation_of(tx, merger.kept).value_or(kNoId);
  tx.fact(fact::kPersonsMerged, today, dropped_before,
          {.person = merger.dropped, .subject = merger.kept});
  tx.fact(fact::kPersonChanged, today, place, {.person = merger.kept});
  if (place == kept_before) return;
  tx.fact(fact::kMemberMoved, today, place, {.person = merger.kept, .subject = kept_before});
}

void tell_unmerger(Transaction& tx, const PersonMerger& merger, Id kept_before, Id dropped_place) {
  const Date today = tx.store().clock().today();
  const Id place = organisation_of(tx, merger.kept).value_or(kNoId);
  tx.fact(fact::kPersonsUnmerged, today, dropped_place,
          {.person = merger.dropped, .subject = merger.kept});
  tx.fact(fact::kPersonChanged, today, place, {.person = merger.kept});
  if (place == kept_before) return;
  tx.fact(fact::kMemberMoved, today, place, {.person = merger.kept, .subject = kept_before});
}

/// The standing merger of a person that is meant, where it can be taken back.
Result<StandingMerger> merger_meant(Transaction& tx, Id kept, const Reference& drop) {
  const auto standing = tx.all<StandingMerger>(sql::mergers::standing, kept);
  const std::string code = fold_code(drop.text());
  const auto found =
      std::find_if(standing.begin(), standing.end(), [&](const StandingMerger& merger) {
        return (drop.id == kNoId && !merger.number.empty() && fold_code(merger.number) == code) ||
               std::to_string(merger.dropped) == code;
      });
  if (found == standing.end()) {
    const auto id = parse_integer(code);
    const auto into = id ? tx.one<Id>(sql::mergers::standing_of_dropped, *id) : std::nullopt;
    if (into && person_now(tx, *into) == kept) {
      return fail(ErrorKind::refused, "registry.unmerge_kept_merged",
                  {{"person", drop.text()}, {"into", std::to_string(*into)}});
    }
    return fail(ErrorKind::not_found, "registry.merger_missing", {{"person", drop.text()}});
  }
  // Outside the reach of whoever acts it is as if it were not there.
  if (tx.reach() != nullptr && !tx.reach()->organisation(tx, found->dropped_place)) {
    return fail(ErrorKind::not_found, "registry.merger_missing", {{"person", drop.text()}});
  }
  if (found != standing.begin()) {
    const StandingMerger& later = standing.front();
    return fail(ErrorKind::refused, "registry.unmerge_later_first",
                {{"person", later.number.empty() ? std::to_string(later.dropped) : later.number}});
  }
  return *found;
}

}  // namespace

Result<PersonsMerged> merge_persons(Transaction& tx, const AllPersonReferences& references,
                                    const MergePersons& command) {
  const auto kept = person_meant(tx, command.keep);
  if (!kept) return kept.error();
  const auto dropped = person_meant(tx, command.drop);
  if (!dropped) return dropped.error();
  if (*kept == *dropped) return fail(ErrorKind::invalid, "registry.merge_same");
  const std::string reason = tidy(command.reason.value_or(""));
  if (count_code_points(reason) > kMaxMergeReason) {
    return fail(ErrorKind::invalid, "registry.merge_reason_too_long",
                {{"path", "reason"}, {"limit", std::to_string(kMaxMergeReason)}});
  }
  const PersonMerger merger{tx.command(), *kept, *dropped};
  PersonsMerged told;
  told.command = merger.id;
  told.kept = merger.kept;
  told.dropped = merger.dropped;
  told.undo = "registry.unmerge_persons";
  const auto first_seq = ledger::last_seq(tx);
  const Id dropped_place = organisation_of(tx, *dropped).value_or(kNoId);
  redirect(tx, merger);
  const Id kept_before = merge_archives(tx, merger, told);
  for (const PersonReferences& module : references) {
    auto moved = module.merge(tx, merger);
    if (!moved) return moved.error();
    told.references.insert(told.references.end(), moved->begin(), moved->end());
  }
  tell_merger(tx, merger, kept_before, dropped_place);
  tx.run(sql::mergers::add, merger.id, merger.kept, merger.dropped, dropped_place,
         tx.store().keys().cipher().seal(reason, context_of_reason(merger.id)), tx.actor().id,
         tx.store().clock().now_ms(), first_seq, ledger::last_seq(tx));
  return told;
}

Result<PersonsUnmerged> unmerge_persons(Transaction& tx, const AllPersonReferences& references,
                                        const UnmergePersons& command) {
  const auto kept = person_meant(tx, command.keep);
  if (!kept) return kept.error();
  const auto standing = merger_meant(tx, *kept, command.drop);
  if (!standing) return standing.error();
  const PersonMerger merger{standing->id, standing->kept, standing->dropped};
  const auto first_seq = ledger::last_seq(tx);
  const Id kept_before = organisation_of(tx, merger.kept).value_or(kNoId);
  for (auto module = references.rbegin(); module != references.rend(); ++module) {
    if (auto done = module->unmerge(tx, merger); !done) return done.error();
  }
  if (auto done = unmerge_archives(tx, merger); !done) return done.error();
  for (const Redirect& before : MergerMemory(tx, merger.id, kRedirects).rows<Redirect>())
    tx.run(sql::mergers::redirect, before.person, merger.dropped);
  const Id place = organisation_of(tx, merger.dropped).value_or(kNoId);
  tell_unmerger(tx, merger, kept_before, place);
  tx.run(sql::mergers::forget_rows, merger.id);
  tx.run(sql::mergers::set_undone, merger.id, first_seq, ledger::last_seq(tx));
  return PersonsUnmerged{tx.command(), merger.kept, merger.dropped, place};
}

std::vector<ShownMerger> mergers_of(db::Reader& reader, const crypto::Keys& keys, Id person) {
  std::vector<ShownMerger> shown;
  for (MergerRow& row : reader.all<MergerRow>(sql::mergers::shown, person, kMaxMergersListed)) {
    auto reason = keys.cipher().open(row.reason, context_of_reason(row.merger));
    shown.push_back({row.merger, row.dropped, std::move(row.number), std::move(row.name),
                     row.recorded, row.actor, reason ? std::move(*reason) : std::string()});
  }
  return shown;
}

}  // namespace jishi::registry
