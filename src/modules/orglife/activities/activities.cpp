#include "modules/orglife/activities/activities.sql.hpp"
#include "modules/orglife/orglife.hpp"
#include "modules/orglife/publication/publication.sql.hpp"

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
  std::string resolutions;
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(Held, (),
                      (id, period, place, due, present, others, resolutions, source, batch))

struct PlaceOf {
  Id organisation = kNoId;
  Date held_on;
};
BOOST_DESCRIBE_STRUCT(PlaceOf, (), (organisation, held_on))

struct Made {
  Id id = kNoId;
  Id organisation = kNoId;
  Date held_on;
};
BOOST_DESCRIBE_STRUCT(Made, (), (id, organisation, held_on))

constexpr int kPage = 1'000;  // rows held at a time: a batch may have millions
constexpr std::string_view kRoster = "participants";

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
         record.others, origin.source, origin.batch, record.resolutions);
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
  if (held == came || !merger.takes(kRoster, joined(held), joined(came))) return;
  tx.run(sql::activities::remove_participants, activity);
  add_participants(tx, activity, came);
}

void put_roster(Transaction& tx, Id activity, std::string_view ids) {
  tx.run(sql::activities::remove_participants, activity);
  while (!ids.empty()) {
    const std::size_t end = std::min(ids.find(' '), ids.size());
    const Id person = registry::detail::id_in(ids.substr(0, end));
    // Rosters of before a merger of persons name the one who was dropped.
    if (person != kNoId)
      tx.run(sql::activities::add_participant, activity, registry::person_now(tx, person));
    ids.remove_prefix(std::min(end + 1, ids.size()));
  }
}

/// Gives fields their values, whatever their sources; false when there is no such activity.
bool put_fields(Transaction& tx, Id activity, const std::vector<registry::FieldValue>& values) {
  auto held = tx.one<Held>(sql::activities::by_id, activity);
  const auto place = tx.one<PlaceOf>(sql::activities::place_of, activity);
  if (!held || !place) return false;
  for (const auto& given : values) {
    if (given.field == kRoster)
      put_roster(tx, activity, given.value);
    else
      registry::put_field(*held, given);
  }
  tx.run(sql::activities::update, held->id, held->period, held->place, held->due, held->present,
         held->others, held->resolutions);
  tx.fact(fact::kActivityChanged, place->held_on, place->organisation, {.subject = activity});
  return true;
}

Error activity_missing(Id activity) {
  return fail(ErrorKind::not_found, "orglife.activity_missing",
              {{"activity", std::to_string(activity)}});
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
  merger.text("resolutions", held->resolutions, record.resolutions);
  merge_roster(tx, merger, held->id, record.participants);
  if (merger.changed().empty()) {
    return {held->id, merger.conflicted() ? Outcome::changed : Outcome::unchanged};
  }
  tx.run(sql::activities::update, held->id, held->period, held->place, held->due, held->present,
         held->others, held->resolutions);
  tx.fact(fact::kActivityChanged, record.held_on, record.organisation, {.subject = held->id});
  return {held->id, Outcome::changed};
}

Result<Done> withdraw_activity(Transaction& tx, Id activity) {
  const auto place = tx.one<PlaceOf>(sql::activities::place_of, activity);
  if (!place) return activity_missing(activity);
  tx.run(sql::activities::remove_participants, activity);
  tx.run(sql::publication::take_back, activity);
  tx.run(sql::activities::remove, activity);
  tx.fact(fact::kActivityWithdrawn, place->held_on, place->organisation, {.subject = activity});
  return Done{};
}

std::optional<std::string> activity_field(db::Reader& reader, Id activity, std::string_view field) {
  const auto held = reader.one<Held>(sql::activities::by_id, activity);
  if (!held) return std::nullopt;
  if (field == kRoster) return joined(reader.all<Id>(sql::activities::participants, activity));
  return registry::text_of_field(*held, field);
}

Result<Done> decide_activity_field(Transaction& tx, Id activity,
                                   const registry::FieldValue& decided) {
  const auto before = activity_field(tx, activity, decided.field);
  if (!before) return activity_missing(activity);
  if (*before == decided.value) return Done{};
  registry::remember(tx, registry::manual_origin(tx), activity, decided.field, *before);
  put_fields(tx, activity, {decided});
  return Done{};
}

std::int64_t withdraw_batch(Transaction& tx, Id batch) {
  std::int64_t count = 0;
  // Ids grow with time: what a batch made has greater ones than the batch.
  for (Id last = batch; last != kNoId;) {
    const auto rows = tx.all<Made>(sql::activities::made, batch, last, kPage);
    for (const Made& row : rows)
      tx.fact(fact::kActivityWithdrawn, row.held_on, row.organisation, {.subject = row.id});
    count += static_cast<std::int64_t>(rows.size());
    last = rows.size() < static_cast<std::size_t>(kPage) ? kNoId : rows.back().id;
  }
  tx.run(sql::activities::remove_attendance_of_batch, batch);
  tx.run(sql::activities::remove_batch, batch);
  registry::changes_of_batch(tx, batch,
                             [&](Id subject, const std::vector<registry::FieldValue>& before) {
                               put_fields(tx, subject, before);
                             });
  return count;
}

Result<Done> correct_activity(Transaction& tx, Id activity, const ActivityRecord& record) {
  const auto place = tx.one<PlaceOf>(sql::activities::place_of, activity);
  if (!place) return activity_missing(activity);
  const auto same = tx.one<Held>(sql::activities::find, record.organisation, record.held_on,
                                 record.kind, record.topic);
  if (same && same->id != activity) {
    return fail(ErrorKind::conflict, "orglife.activity_exists",
                {{"activity", std::to_string(same->id)}});
  }
  tx.run(sql::activities::replace, activity, record.organisation, record.kind, record.held_on,
         text_of(record.period), record.topic, record.place, record.due, record.present,
         record.others, record.resolutions);
  tx.run(sql::activities::remove_participants, activity);
  add_participants(tx, activity, record.participants);
  tx.fact(fact::kActivityChanged, record.held_on, record.organisation, {.subject = activity});
  if (place->organisation != record.organisation) {
    tx.fact(fact::kActivityWithdrawn, place->held_on, place->organisation, {.subject = activity});
  }
  return Done{};
}

std::vector<Id> participants_of(db::Reader& reader, Id activity) {
  return reader.all<Id>(sql::activities::participants, activity);
}

std::vector<AttendedActivity> last_activities(db::Reader& reader, Id organisation, Id person,
                                              int limit) {
  return reader.all<AttendedActivity>(sql::activities::last_with_presence, organisation, person,
                                      limit);
}

void each_activity_day(db::Reader& reader, Id organisation,
                       const std::function<void(Date)>& visit) {
  reader.each<Date>(sql::activities::days_of, visit, organisation);
}

}  // namespace jishi::orglife
