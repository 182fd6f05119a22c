#include "modules/orglife/activities/activities.sql.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {

namespace {

using registry::Outcome;
using registry::Recorded;

struct Held {
  Id id = kNoId;
  std::string period;
  std::string place;
  std::optional<int> due;
  std::optional<int> present;
  std::string others;
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(Held, (), (id, period, place, due, present, others, source, batch))

struct PlaceOf {
  Id organisation = kNoId;
  Date held_on;
};
BOOST_DESCRIBE_STRUCT(PlaceOf, (), (organisation, held_on))

std::string text_of(const std::optional<Period>& period) {
  return period ? period->text() : std::string();
}

void add_participants(Transaction& tx, Id activity, const std::vector<Id>& participants) {
  for (const Id person : participants) tx.run(sql::activities::add_participant, activity, person);
}

Recorded create(Transaction& tx, const registry::Origin& origin, const ActivityRecord& record) {
  const Id id = tx.new_id();
  tx.run(sql::activities::add, id, record.organisation, record.kind, record.held_on,
         text_of(record.period), record.topic, record.place, record.due, record.present,
         record.others, origin.source, origin.batch);
  add_participants(tx, id, record.participants);
  tx.fact(fact::kActivityRecorded, record.held_on, record.organisation,
          {.subject = id, .amount = static_cast<std::int64_t>(record.participants.size())});
  return {id, Outcome::created};
}

std::string joined(const std::vector<Id>& people) {
  return fmt::format("{}", fmt::join(people, " "));
}

void merge_roster(Transaction& tx, registry::Merger& merger, Id activity, std::vector<Id> came) {
  if (came.empty()) return;
  std::sort(came.begin(), came.end());
  came.erase(std::unique(came.begin(), came.end()), came.end());
  const auto held = tx.all<Id>(sql::activities::participants, activity);
  if (held == came || !merger.takes("participants", joined(held), joined(came))) return;
  tx.run(sql::activities::remove_participants, activity);
  add_participants(tx, activity, came);
}

}  // namespace

Recorded record_activity(Transaction& tx, const registry::Origin& origin,
                         const ActivityRecord& record) {
  auto held = tx.one<Held>(sql::activities::find, record.organisation, record.held_on, record.kind,
                           record.topic);
  if (!held) return create(tx, origin, record);
  registry::Merger merger(tx, origin, "activity", held->id, {held->source, 0, held->batch, 0});
  merger.text("period", held->period, text_of(record.period));
  merger.text("place", held->place, record.place);
  merger.integer("due", held->due, record.due);
  merger.integer("present", held->present, record.present);
  merger.text("others", held->others, record.others);
  merge_roster(tx, merger, held->id, record.participants);
  if (merger.changed().empty()) {
    return {held->id, merger.conflicted() ? Outcome::changed : Outcome::unchanged};
  }
  tx.run(sql::activities::update, held->id, held->period, held->place, held->due, held->present,
         held->others);
  tx.fact(fact::kActivityChanged, record.held_on, record.organisation, {.subject = held->id});
  return {held->id, Outcome::changed};
}

Result<Done> withdraw_activity(Transaction& tx, Id activity) {
  const auto place = tx.one<PlaceOf>(sql::activities::place_of, activity);
  if (!place) {
    return fail(ErrorKind::not_found, "orglife.activity_missing",
                {{"activity", std::to_string(activity)}});
  }
  tx.run(sql::activities::remove_participants, activity);
  tx.run(sql::activities::remove, activity);
  tx.fact(fact::kActivityWithdrawn, place->held_on, place->organisation, {.subject = activity});
  return Done{};
}

Result<Done> correct_activity(Transaction& tx, Id activity, const ActivityRecord& record) {
  const auto place = tx.one<PlaceOf>(sql::activities::place_of, activity);
  if (!place) {
    return fail(ErrorKind::not_found, "orglife.activity_missing",
                {{"activity", std::to_string(activity)}});
  }
  const auto same = tx.one<Held>(sql::activities::find, record.organisation, record.held_on,
                                 record.kind, record.topic);
  if (same && same->id != activity) {
    return fail(ErrorKind::conflict, "orglife.activity_exists",
                {{"activity", std::to_string(same->id)}});
  }
  tx.run(sql::activities::replace, activity, record.organisation, record.kind, record.held_on,
         text_of(record.period), record.topic, record.place, record.due, record.present,
         record.others);
  tx.run(sql::activities::remove_participants, activity);
  add_participants(tx, activity, record.participants);
  tx.fact(fact::kActivityChanged, record.held_on, record.organisation, {.subject = activity});
  if (place->organisation != record.organisation) {
    tx.fact(fact::kActivityWithdrawn, place->held_on, place->organisation, {.subject = activity});
  }
  return Done{};
}

}  // namespace jishi::orglife
