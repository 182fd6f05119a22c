#include "modules/demo/activity.hpp"

#include <algorithm>

namespace jishi::demo {

namespace {

using std::chrono::days;

constexpr int kFullForCommittee = 7;
constexpr std::size_t kMembersForGroups = 20;
constexpr int kBranchesWithGroups = 350;  // per thousand of those large enough
constexpr int kHeldNextYear = 200;        // per thousand of the yearly meetings

}  // namespace

Activities::Activities(const Shares& shares, const CityPlan& plan, CitySink& sink,
                       CityCounts& counts)
    : shares_(shares), plan_(plan), sink_(sink), counts_(counts) {
}

const std::string& Activities::pick(const std::vector<std::string>& list, Rng& rng) const {
  return list[rng.below(static_cast<std::uint32_t>(list.size()))];
}

void Activities::invite(const std::vector<Person>& people, const std::vector<Holding>& holdings) {
  guest_count_ = people.size();
  if (guests_.size() < guest_count_) guests_.resize(guest_count_);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Person& person = people[i];
    Guest& guest = guests_[i];
    guest.from = person.joined;
    guest.to = person.last_day(plan_.as_of);
    guest.attendance = person.attendance;
    guest.of_committee = false;
    write_number(person.number, guest.number);
  }
  for (const Holding& holding : holdings) {
    if (!holding.to) guests_[holding.place].of_committee = true;
  }
}

bool Activities::make(std::uint32_t index, const Body& body, const std::vector<Person>& people,
                      const std::vector<Holding>& holdings) {
  body_ = &body;
  write_code(index, row_.organisation);
  const Date start =
      period_of(PeriodKind::month, add_months(plan_.as_of, -12 * plan_.years + 1)).first_day();
  first_day_ = std::max(start, body.founded);
  last_day_ = std::min(plan_.as_of, body.ended.value_or(plan_.as_of));
  invite(people, holdings);

  Rng rng(plan_.seed, Stream::activity, index);
  const TopicLists& topics = shares_.topics;
  // Orderly branches are done before the last fifteen days of a quarter and the last five of a
  // month, when lights would remind them.
  const int theme_day = rng.between(3, 18);
  const Habit meeting{"members_meeting",
                      PeriodKind::quarter,
                      Lapse::members_meeting_due,
                      Lapse::members_meeting_missed,
                      &topics.members_meeting,
                      rng.between(5, 50),
                      20};
  const Habit committee{"committee_meeting",
                        PeriodKind::month,
                        Lapse::committee_meeting_due,
                        Lapse::committee_meeting_missed,
                        &topics.committee_meeting,
                        rng.between(0, 14),
                        6,
                        true};
  const Habit lecture{"lecture",
                      PeriodKind::quarter,
                      Lapse::lecture_due,
                      Lapse::lecture_missed,
                      &topics.lecture,
                      rng.between(5, 50),
                      20};
  const Habit theme{"theme_day",
                    PeriodKind::month,
                    Lapse::theme_day_due,
                    Lapse::theme_day_missed,
                    &topics.theme_day,
                    theme_day,
                    3};
  if (body.kind == BodyKind::temporary_branch) return repeat(meeting, rng) && repeat(theme, rng);
  const bool has_committee = full_members(people) >= kFullForCommittee;
  if (!repeat(meeting, rng) || (has_committee && !repeat(committee, rng)) ||
      !repeat(lecture, rng) || !repeat(theme, rng)) {
    return false;
  }
  const bool groups = body.members >= kMembersForGroups && rng.chance(kBranchesWithGroups);
  return (!groups || hold_groups(rng)) && hold_yearly(rng);
}

bool Activities::is_held(const Habit& habit, const Period& period, Rng& rng) const {
  const Period current = period_of(habit.period, plan_.as_of);
  const bool missed_by_chance = rng.chance(shares_.customs.missed_before);
  if (period == current) return !body_->lapses.has(habit.due);
  if (period == current.next(-1)) return !body_->lapses.has(habit.missed);
  return !missed_by_chance;
}

bool Activities::repeat(const Habit& habit, Rng& rng) {
  const Period last = period_of(habit.period, last_day_);
  for (Period period = period_of(habit.period, first_day_);; period = period.next()) {
    Date date = period.first_day() + days(habit.day + rng.between(0, habit.span - 1));
    const bool held = is_held(habit, period, rng);
    const bool late = habit.period == PeriodKind::quarter &&
                      rng.chance(shares_.customs.held_late) &&
                      period.next().last_day() < plan_.as_of;
    row_.period.reset();
    if (late) {
      row_.period = period;
      date = period.next().first_day() + days(rng.between(0, 4));
    }
    if (held && date >= body_->founded && date <= last_day_) {
      row_.topic = pick(*habit.topics, rng);
      if (!hold(habit.kind, date, habit.of_committee, 0, 1, rng)) return false;
    }
    if (period == last) return true;
  }
}

bool Activities::hold_groups(Rng& rng) {
  const std::size_t groups =
      std::min<std::size_t>(guest_count_ / 12 + 1, shares_.topics.group_names.size());
  const int day = rng.between(0, 24);
  const Period last = period_of(PeriodKind::month, last_day_);
  row_.period.reset();
  for (Period period = period_of(PeriodKind::month, first_day_);; period = period.next()) {
    const Date date = period.first_day() + days(day);
    for (std::size_t group = 0; group < groups; ++group) {
      if (date < body_->founded || date > last_day_) continue;
      row_.topic = shares_.topics.group_names[group];
      row_.topic += pick(shares_.topics.group_meeting, rng);
      if (!hold("group_meeting", date, false, group, groups, rng)) return false;
    }
    if (period == last) return true;
  }
}

bool Activities::hold_yearly(Rng& rng) {
  const Period current = period_of(PeriodKind::year, plan_.as_of);
  const TopicLists& topics = shares_.topics;
  for (Period year = current.next(-plan_.years);; year = year.next()) {
    const Habit habit{"life_meeting", PeriodKind::year, Lapse::life_meeting_due,
                      Lapse::life_meeting_missed, &topics.life_meeting};
    const bool held = is_held(habit, year, rng) || (year != current && year != current.next(-1));
    // Most in October and November; some in the first months of the next year, which counts for
    // this one. Until those months are over everybody is early, so that nobody is reminded.
    const Date next = year.next().first_day();
    const bool after = rng.chance(kHeldNextYear) && next + days(90) < plan_.as_of;
    const Date date = after ? next + days(rng.between(5, 75)) : next - days(rng.between(32, 70));
    row_.period.reset();
    if (after) row_.period = year;
    if (held && date >= body_->founded && date <= last_day_) {
      row_.topic = pick(topics.life_meeting, rng);
      if (!hold("life_meeting", date, false, 0, 1, rng)) return false;
      row_.topic = pick(topics.appraisal, rng);
      if (!hold("appraisal", date, false, 0, 1, rng)) return false;
    }
    if (year == current) return true;
  }
}

bool Activities::hold(const char* kind, Date date, bool of_committee, std::size_t group,
                      std::size_t groups, Rng& rng) {
  row_.kind = kind;
  row_.held_on = date;
  row_.place = pick(shares_.topics.places, rng);
  int due = 0;
  std::size_t present = 0;
  for (std::size_t i = group; i < guest_count_; i += groups) {
    const Guest& guest = guests_[i];
    if (date < guest.from || date > guest.to || (of_committee && !guest.of_committee)) continue;
    ++due;
    if (!rng.chance(guest.attendance)) continue;
    if (row_.participants.size() == present) row_.participants.emplace_back();
    row_.participants[present++] = guest.number;
  }
  row_.participants.resize(present);
  // A branch without members of its own (of a project, or ended since) only counts heads.
  if (guest_count_ == 0) due = rng.between(6, 18);
  row_.due = due;
  row_.present = guest_count_ == 0 ? due - rng.between(0, 3) : static_cast<int>(present);
  ++counts_.activities;
  counts_.participations += static_cast<std::int64_t>(present);
  return sink_.activity(row_);
}

}  // namespace jishi::demo
