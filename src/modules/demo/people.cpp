#include "modules/demo/people.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/checks.hpp"

namespace jishi::demo {

namespace {

using std::chrono::days;

// Between 1969-04 and 1977-08 the Party's rules knew no probation.
const Date kNoProbationFrom = make_date(1969, 4, 14).value();
const Date kNoProbationTo = make_date(1977, 8, 18).value();

// Years at which a kind of education may be over.
constexpr std::array<int, kEducations> kLeastAge = {24, 21, 20, 18, 18};

constexpr int kAdult = 18 * 12;  // months
constexpr std::uint8_t kOverSixty = kAgeBands - 1;
constexpr std::size_t kFullForCommittee = 7;
constexpr std::size_t kFullForBranch = 3;

Date between(Date from, Date to, Rng& rng) {
  if (to <= from) return from;
  return from + days(rng.below(static_cast<std::uint32_t>(to_days(to) - to_days(from) + 1)));
}

const char* status_code(Status status) {
  switch (status) {
    case Status::normal: return "normal";
    case Status::deceased: return "deceased";
    case Status::transferred_out: return "transferred_out";
    case Status::suspended: return "suspended";
    case Status::left: return "left";
  }
  return "";
}

void append_number(std::string& text, std::uint32_t value, std::size_t width) {
  const std::size_t from = text.size();
  text.append(width, '0');
  for (std::size_t at = from + width; at > from && value > 0; value /= 10) {
    text[--at] = static_cast<char>('0' + value % 10);
  }
}

/// The citizen id of a person. Five hundred neighbours share an area and differ in the serial
/// number, so that no id comes twice, whatever the birth dates.
void write_citizen_id(const Person& person, std::string& id) {
  constexpr std::uint32_t kSerials = 500;  // odd ones for men, even ones for women
  const std::uint32_t area = 990'000 + (person.number / kSerials + 100) % 10'000;
  const std::uint32_t serial =
      (person.number % kSerials * 211 + 37) % kSerials * 2 + (person.traits.woman ? 0 : 1);
  id.clear();
  append_number(id, area, 6);
  append_number(id, static_cast<std::uint32_t>(year_of(person.birth)), 4);
  append_number(id, month_of(person.birth), 2);
  append_number(id, day_of(person.birth), 2);
  append_number(id, serial, 3);
  id += citizen_id_check_digit(id);
}

bool counts_as_full(const Person& person) {
  return person.full && person.status == Status::normal;
}

}  // namespace

void write_number(std::uint32_t person, std::string& number) {
  number.assign("LH");
  append_number(number, person + 1, 9);
}

PeopleMaker::PeopleMaker(const Shares& shares, const CityPlan& plan)
    : shares_(shares),
      plan_(plan),
      population_(shares, plan.as_of),
      names_(shares.names, shares.minority),
      leaving_({shares.leaving_ways.begin(), shares.leaving_ways.end()}) {
}

void PeopleMaker::make(const Body& body, std::vector<Person>& people) const {
  people.clear();
  for (std::uint32_t place = 0; place < body.members + std::uint32_t{body.formers}; ++place) {
    people.push_back(make_person(body, place, false));
  }
  // Only a branch that is to be too small may have too few full members.
  const bool committee = body.lapses.has(Lapse::committee_meeting_due) ||
                         body.lapses.has(Lapse::committee_meeting_missed);
  const std::size_t wanted =
      std::min<std::size_t>(body.members, committee ? kFullForCommittee : kFullForBranch);
  auto full = static_cast<std::size_t>(std::count_if(people.begin(), people.end(), counts_as_full));
  for (std::uint32_t place = 0; full < wanted; ++place) {
    if (people[place].full) continue;
    people[place] = make_person(body, place, true);
    ++full;
  }
}

Person PeopleMaker::make_person(const Body& body, std::uint32_t place, bool must_be_full) const {
  Person person;
  person.number = body.first_person + place;
  Rng rng(plan_.seed, Stream::person, person.number);
  const bool former = place >= body.members;
  do {
    person.traits = population_.draw(body.setting, rng);
  } while ((former || must_be_full) && person.traits.slot >= kSlotYearBefore);
  if (former) {
    set_former(body, person, rng);
  } else {
    set_dates(person, rng);
    set_probation(person, rng);
    set_absence(person, place_in_thousand(plan_.seed, person.number), rng);
  }
  set_habits(person, rng);
  return person;
}

void PeopleMaker::set_former(const Body& body, Person& person, Rng& rng) const {
  person.status = static_cast<Status>(1 + leaving_.draw(rng));
  // The dead are mostly old, those who move seldom.
  constexpr int kTries = 30;
  for (int i = 0; i < kTries; ++i) {
    const bool old = person.traits.age == kOverSixty;
    const bool fresh = person.traits.slot >= kSlotYearBefore;
    if (!fresh &&
        (person.status == Status::suspended || old == (person.status == Status::deceased)))
      break;
    const Traits other = population_.draw(body.setting, rng);
    if (other.slot < kSlotYearBefore) person.traits = other;
  }
  set_dates(person, rng);
  set_probation(person, rng);
  // A year of probation is over before any of them leaves.
  const Date from =
      std::max(add_months(plan_.as_of, -12 * plan_.years + 2), add_months(person.joined, 13));
  person.gone_on = between(std::min(from, plan_.as_of), plan_.as_of, rng);
}

void PeopleMaker::set_dates(Person& person, Rng& rng) const {
  Span births = population_.births(person.traits.age);
  const int least_age = kLeastAge[person.traits.education];
  births.to = std::min(births.to, add_months(plan_.as_of, -12 * least_age));
  const Span& joinings = population_.joinings(person.traits.slot);
  constexpr int kTries = 16;
  for (int i = 0; i < kTries; ++i) {
    // The survivors of the early periods joined towards their end.
    const double back = person.traits.slot <= 1 ? rng.unit() * rng.unit() * rng.unit() : rng.unit();
    const auto length = static_cast<double>(to_days(joinings.to) - to_days(joinings.from) + 1);
    person.joined = joinings.to - days(static_cast<int>(back * length));
    const int later = std::min(rng.between(3, 30 * 365), rng.between(3, 30 * 365));
    person.birth = add_months(person.joined, -kAdult) - days(later);
    if (person.birth >= births.from && person.birth <= births.to) return;
  }
  const Date latest = std::min(births.to, add_months(joinings.to, -kAdult) - days(1));
  person.birth = between(births.from, latest, rng);
  const Date adult = add_months(person.birth, kAdult) + days(1);
  person.joined = between(std::max(joinings.from, adult), joinings.to, rng);
}

void PeopleMaker::set_probation(Person& person, Rng& rng) const {
  if (person.joined >= kNoProbationFrom && person.joined < kNoProbationTo) return;
  const Date year_over = add_months(person.joined, 12);
  const MemberLapses& lapses = shares_.member_lapses;
  const bool recent = year_over > add_months(plan_.as_of, -5);
  if (year_over <= plan_.as_of && recent && rng.chance(lapses.probation_extended)) {
    person.probation_until = add_months(year_over, rng.between(6, 12));
  }
  const Date ends = person.probation_until.value_or(year_over);
  const bool overdue = recent && rng.chance(lapses.probation_overdue);
  if (ends <= plan_.as_of && !overdue) {
    person.confirmed = ends;
  } else {
    person.full = false;
  }
}

void PeopleMaker::set_absence(Person& person, int place, Rng& rng) const {
  if (person.traits.slot >= kSlotYearBefore) return;  // who joined lately is well known
  const MemberLapses& lapses = shares_.member_lapses;
  const Date as_of = plan_.as_of;
  const auto take = [&place](int share) {
    const bool taken = place >= 0 && place < share;
    place -= share;
    return taken;
  };
  if (take(lapses.unpaid)) {
    person.unpaid_months = static_cast<std::uint8_t>(rng.between(3, 4));
  } else if (take(lapses.unpaid_long)) {
    person.unpaid_months = static_cast<std::uint8_t>(rng.between(5, 9));
  } else if (take(lapses.lost_recently)) {
    person.lost_since = as_of - days(rng.between(20, 80));
  } else if (take(lapses.lost)) {
    person.lost_since = add_months(as_of, -3) - days(rng.between(5, 80));
  } else if (take(lapses.lost_long)) {
    person.lost_since = add_months(as_of, -6) - days(rng.between(5, 400));
  } else if (take(lapses.floating)) {
    person.floating_since = as_of - days(rng.between(30, 700));
  }
}

void PeopleMaker::set_habits(Person& person, Rng& rng) const {
  const int age = full_years(person.birth, plan_.as_of);
  int attendance = shares_.customs.attendance + rng.between(-80, 60);
  if (age >= 75) attendance = attendance * 2 / 3;
  if (person.floating_since) attendance /= 3;
  person.attendance = static_cast<std::uint16_t>(std::clamp(attendance, 0, 990));
  person.has_id = age <= 60 || !rng.chance(shares_.customs.without_id);
}

void PeopleMaker::fill_row(const Person& person, std::uint32_t body, intake::MemberRow& row) const {
  Rng rng(plan_.seed, Stream::name, person.number);
  write_number(person.number, row.number);
  names_.write(rng, year_of(person.birth), person.traits.woman, row.name, row.ethnic);
  row.citizen_id.clear();
  if (person.has_id) write_citizen_id(person, row.citizen_id);
  row.sex = person.traits.woman ? "female" : "male";
  row.birth = intake::BirthDate{person.birth, intake::BirthDate::Precision::day};
  const auto& educations = shares_.education_codes[person.traits.education];
  const auto further = static_cast<std::uint32_t>(educations.size());
  row.education = rng.chance(750) ? educations.front() : educations[rng.below(further)];
  row.stage = person.full ? "full" : "probationary";
  write_code(body, row.organisation);
  row.joined = person.joined;
  row.confirmed = person.confirmed;
  row.probation_until = person.probation_until;
  row.occupation = shares_.occupations[person.traits.occupation].code;
  row.phone.clear();
  if (rng.chance(950)) {
    row.phone = "100";
    append_number(row.phone, person.number + 1, 8);
  }
  const auto& roads = shares_.places.roads;
  row.address.clear();
  const auto road = rng.below(static_cast<std::uint32_t>(roads.size()));
  fmt::format_to(std::back_inserter(row.address), "{}{}{}号{}栋{}0{}室", shares_.places.city,
                 roads[road], rng.between(1, 299), rng.between(1, 18), rng.between(1, 17),
                 rng.between(1, 4));
  row.status = status_code(person.status);
  row.lost_since = person.lost_since;
  row.floating_since = person.floating_since;
}

}  // namespace jishi::demo
