#include "modules/demo/body_states.hpp"

#include <algorithm>
#include <cmath>

#include "modules/demo/random.hpp"

namespace jishi::demo {

namespace {

using std::chrono::days;

constexpr int kLargest = 50;   // members of a branch that is not too large
constexpr int kSmallest = 4;   // of one that is not too small
constexpr int kCommittee = 7;  // full members from which a branch has a committee

/// The lapse that takes a place in a thousand; nothing for most places.
template <std::size_t size>
std::optional<Lapse> lapse_at(const std::array<int, size>& shares, int place) {
  for (std::size_t i = 0; i < size; ++i) {
    if (place < shares[i]) return static_cast<Lapse>(i);
    place -= shares[i];
  }
  return std::nullopt;
}

void turn_into(Body& body, BodyKind kind, const std::string& between, const char* ending) {
  body.kind = kind;
  body.name = "中共" + body.unit + between + ending;
}

void set_branch_lapse(const PlaceLists& places, Lapse lapse, std::uint32_t index, Body& body) {
  body.lapses.add(lapse);
  if (lapse == Lapse::neglected) {
    for (const Lapse part :
         {Lapse::members_meeting_missed, Lapse::committee_meeting_missed, Lapse::theme_day_missed,
          Lapse::lecture_missed, Lapse::life_meeting_missed, Lapse::term_overdue}) {
      body.lapses.add(part);
    }
  }
  if (lapse == Lapse::temporary) {
    turn_into(body, BodyKind::temporary_branch, places.projects[index % places.projects.size()],
              "临时支部委员会");
  } else if (lapse == Lapse::mobile) {
    turn_into(body, BodyKind::mobile_branch, places.elsewhere[index % places.elsewhere.size()],
              "流动党员支部委员会");
  } else if (body.kind == BodyKind::joint_branch) {
    // A joint branch is never too small; the lapses are those of ordinary branches.
    turn_into(body, BodyKind::branch, "", "支部委员会");
  }
}

bool wants_committee(const Body& body) {
  return body.lapses.has(Lapse::committee_meeting_due) ||
         body.lapses.has(Lapse::committee_meeting_missed);
}

/// The size that a lapse asks for; nothing: as usual in the setting.
std::optional<int> fixed_size(const Body& body, Rng& rng) {
  const Lapses& lapses = body.lapses;
  if (lapses.has(Lapse::ended) || lapses.has(Lapse::temporary)) return 0;
  if (lapses.has(Lapse::ended_with_members)) return rng.between(2, 4);
  if (lapses.has(Lapse::too_large)) return rng.between(kLargest + 1, kLargest + 18);
  if (lapses.has(Lapse::too_small)) return rng.between(1, 2);
  return std::nullopt;
}

/// The members of each setting, adding up to `all`.
std::array<int, kSettings> members_by_setting(const Shares& shares, int all) {
  double weights = 0;
  for (const SettingShare& setting : shares.settings) weights += setting.weight;
  std::array<int, kSettings> members{};
  int left = all;
  for (std::size_t i = kSettings; i-- > 0;) {
    const SettingShare& setting = shares.settings[i];
    members[i] = i == 0 ? left : static_cast<int>(std::lround(all * setting.weight / weights));
    left -= members[i];
  }
  return members;
}

/// Adds to (or takes from) the branches one by one until their sizes add up.
void level(std::vector<Body*>& branches, int missing) {
  for (bool moved = true; missing != 0 && moved;) {
    moved = false;
    for (Body* body : branches) {
      const int step = missing > 0 ? 1 : -1;
      const int least = wants_committee(*body) ? kCommittee + 5 : kSmallest;
      const int size = body->members + step;
      if (missing == 0 || size > kLargest - 1 || size < least) continue;
      body->members = static_cast<std::uint16_t>(size);
      missing -= step;
      moved = true;
    }
  }
}

Date days_before(Date date, Rng& rng, int least, int most) {
  return date - days(rng.between(least, most));
}

class Dates {
 public:
  Dates(const Shares& shares, const CityPlan& plan) : shares_(shares), plan_(plan) {}

  void set(Body& body, Rng& rng) const {
    const Lapses& lapses = body.lapses;
    const bool local = body.setting == Setting::village || body.setting == Setting::community;
    const bool upper = !body.is_branch();
    const SettingShare& setting = shares_.settings[static_cast<std::size_t>(body.setting)];
    const int years = body.kind == BodyKind::committee || local ? 5 : 3;
    const int founded = rng.between(setting.founded_from, setting.founded_to);
    body.founded =
        add_months(make_date(founded, 1, 1).value(), rng.between(0, 11)) + days(rng.between(0, 27));
    if (body.kind == BodyKind::working_committee) return;  // appointed, not elected
    if (rng.chance(850)) body.term_years = static_cast<std::uint8_t>(years);

    if (!upper && !lapses.any() && rng.chance(shares_.customs.young_branch)) {
      body.founded = body.elected.emplace(days_before(plan_.as_of, rng, 5, 600));
      return;
    }
    body.elected = election(body, rng, years * 12, local);
    body.founded = std::min(body.founded, *body.elected);
    if (lapses.has(Lapse::term_extended)) {
      body.extended_to = add_months(*body.elected, years * 12 + 11);
    }
    if (lapses.has(Lapse::ended) || lapses.has(Lapse::ended_with_members)) {
      body.ended = days_before(plan_.as_of, rng, 20, 500);
    }
    if (body.kind == BodyKind::temporary_branch) {
      body.founded = days_before(plan_.as_of, rng, 60, 500);
      body.elected.reset();
      body.term_years = 0;
    }
  }

 private:
  Date election(const Body& body, Rng& rng, int months, bool local) const {
    const Date as_of = plan_.as_of;
    const Lapses& lapses = body.lapses;
    if (lapses.has(Lapse::term_overdue)) {
      return add_months(as_of, -months) - days(rng.between(10, 400));
    }
    if (lapses.has(Lapse::term_ending)) {
      return add_months(as_of, -months) + days(rng.between(2, 170));
    }
    if (lapses.has(Lapse::term_extended)) {
      return add_months(as_of, -months) - days(rng.between(10, 90));
    }
    if (lapses.has(Lapse::ended) || lapses.has(Lapse::ended_with_members)) {
      return days_before(as_of, rng, 520, 900);
    }
    // Villages and communities elect in one wave, the others whenever their term ends; none within
    // half a year, or a sixth of all would have a light.
    if (local && body.is_branch()) return days_before(as_of, rng, 240, 420);
    return days_before(as_of, rng, 320, (months - 7) * 30);
  }

  const Shares& shares_;
  const CityPlan& plan_;
};

}  // namespace

void set_lapses(const Shares& shares, const CityPlan& plan, City& city) {
  std::uint64_t branches = 0;
  std::uint64_t uppers = 0;
  for (std::uint32_t i = 1; i < city.bodies.size(); ++i) {  // not the city's own committee
    Body& body = city.bodies[i];
    if (body.kind == BodyKind::working_committee) continue;
    if (body.is_branch()) {
      const int place = place_in_thousand(plan.seed, branches++);
      const auto lapse = lapse_at(shares.branch_lapses, place);
      if (lapse) set_branch_lapse(shares.places, *lapse, i, body);
    } else {
      const int place = place_in_thousand(plan.seed, uppers++);
      const auto lapse = lapse_at(shares.upper_lapses, place);
      if (lapse) body.lapses.add(*lapse);
    }
  }
}

void set_sizes(const Shares& shares, const CityPlan& plan, City& city) {
  const auto wanted = members_by_setting(shares, static_cast<int>(plan.members));
  for (std::size_t setting = 0; setting < kSettings; ++setting) {
    std::vector<Body*> branches;
    int missing = wanted[setting];
    for (Body& body : city.bodies) {
      if (!body.is_branch() || static_cast<std::size_t>(body.setting) != setting) continue;
      Rng rng(plan.seed, Stream::sizes, static_cast<std::uint64_t>(&body - city.bodies.data()));
      const auto fixed = fixed_size(body, rng);
      const double spread = 0.3 + 0.7 * (rng.unit() + rng.unit());
      const int usual = static_cast<int>(shares.settings[setting].mean * spread);
      const int least = wants_committee(body) ? kCommittee + 5 : kSmallest;
      body.members =
          static_cast<std::uint16_t>(fixed ? *fixed : std::clamp(usual, least, kLargest - 1));
      missing -= body.members;
      if (!fixed) branches.push_back(&body);
    }
    level(branches, missing);
  }
  for (std::size_t i = 0; i < city.bodies.size(); ++i) {
    Body& body = city.bodies[i];
    body.first_person = city.persons;
    if (body.members == 0) continue;
    Rng rng(plan.seed, Stream::body, i);
    const double leaving = body.members * shares.leaving * plan.years / 100;
    body.formers = static_cast<std::uint16_t>(leaving + rng.unit());
    const bool gone = body.lapses.has(Lapse::holder_gone);
    if (gone && body.formers == 0) body.formers = 1;
    city.persons += body.members + static_cast<std::uint32_t>(body.formers);
  }
}

void set_dates(const Shares& shares, const CityPlan& plan, City& city) {
  const Dates dates(shares, plan);
  for (std::size_t i = 0; i < city.bodies.size(); ++i) {
    Rng rng(plan.seed, Stream::layout, i + 1);
    dates.set(city.bodies[i], rng);
  }
}

}  // namespace jishi::demo
