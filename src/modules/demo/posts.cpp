#include "modules/demo/posts.hpp"

#include <algorithm>
#include <array>

namespace jishi::demo {

namespace {

using std::chrono::days;

constexpr int kFullForCommittee = 7;
constexpr int kFullForDeputy = 25;
constexpr std::array<const char*, 3> kMembers = {"organisation_member", "publicity_member",
                                                 "discipline_member"};

/// The day from which someone may hold posts: with the end of probation.
Date can_start(const Person& person) {
  return add_months(person.joined, 12);
}

/// Those who may hold posts from a day on, the likelier ones first.
std::vector<std::uint16_t> candidates_of(const std::vector<Person>& people, Date as_of, Date from) {
  std::vector<std::uint16_t> likely;
  std::vector<std::uint16_t> others;
  std::vector<std::uint16_t> last_resort;
  const auto count = static_cast<std::uint16_t>(people.size());
  for (std::uint16_t place = 0; place < count; ++place) {
    const Person& person = people[place];
    const int age = full_years(person.birth, as_of);
    if (!may_hold_post(person, as_of)) {
      if (person.full && person.status == Status::normal) last_resort.push_back(place);
    } else if (age >= 28 && age <= 58 && !person.floating_since && can_start(person) <= from) {
      likely.push_back(place);
    } else {
      others.push_back(place);
    }
  }
  likely.insert(likely.end(), others.begin(), others.end());
  if (likely.empty()) return last_resort;
  return likely;
}

}  // namespace

bool may_hold_post(const Person& person, Date as_of) {
  return person.full && person.status == Status::normal && !person.lost_since &&
         person.joined <= add_months(as_of, -36);
}

int full_members(const std::vector<Person>& people) {
  return static_cast<int>(std::count_if(people.begin(), people.end(), [](const Person& person) {
    return person.full && person.status == Status::normal;
  }));
}

std::optional<Date> Posts::vacant_since(const Body& body, Rng& rng) const {
  if (body.lapses.has(Lapse::secretary_vacant)) return plan_.as_of - days(rng.between(36, 84));
  if (body.lapses.has(Lapse::secretary_vacant_long)) {
    return plan_.as_of - days(rng.between(100, 230));
  }
  return body.ended;
}

void Posts::add_secretary(const Body& body, const std::vector<Person>& people,
                          const std::vector<std::uint16_t>& candidates, Date from, Rng& rng,
                          std::vector<Holding>& holdings) const {
  const auto vacant = vacant_since(body, rng);
  const Date until = vacant.value_or(plan_.as_of);
  from = std::min(std::max(from, can_start(people[candidates.front()])), until);
  const Date first = std::max(from, can_start(people[candidates.back()]));
  const bool changed = candidates.size() > 1 && until - first > days(200) &&
                       rng.chance(shares_.customs.secretary_changed);
  if (!changed) {
    holdings.push_back({candidates.front(), "secretary", from, vacant});
    return;
  }
  const auto length = static_cast<int>((until - first).count());
  const Date change = first + days(rng.between(length / 4, length - 20));
  holdings.push_back({candidates.back(), "secretary", first, change});
  holdings.push_back({candidates.front(), "secretary", change + days(1), vacant});
}

void Posts::make(std::uint32_t index, const Body& body, const std::vector<Person>& people,
                 std::vector<Holding>& holdings) const {
  holdings.clear();
  const Date from = body.elected.value_or(std::max(body.founded, add_months(plan_.as_of, -30)));
  auto candidates = candidates_of(people, plan_.as_of, from);
  if (candidates.empty()) return;
  Rng rng(plan_.seed, Stream::posts, index);
  if (!body.is_branch()) {
    // One branch may be the seat of several upper organisations: each begins with another of its
    // members, so that not one person holds every post.
    const auto shift =
        static_cast<std::ptrdiff_t>(rng.below(static_cast<std::uint32_t>(candidates.size())));
    std::rotate(candidates.begin(), candidates.begin() + shift, candidates.end());
  }
  add_secretary(body, people, candidates, from, rng, holdings);
  const int full = full_members(people);
  std::size_t next = 1;
  const auto add = [&](const char* title) {
    if (next + 1 >= candidates.size() || body.ended)
      return;  // the last one may have been secretary
    const std::uint16_t place = candidates[next++];
    const Date start = std::max(from, can_start(people[place]));
    holdings.push_back({place, title, start, std::nullopt});
  };
  if (body.kind == BodyKind::working_committee) return;
  if (!body.is_branch() || full >= kFullForDeputy || (full < kFullForCommittee && full >= 5)) {
    add("deputy_secretary");
  }
  if (body.is_branch() && full < kFullForCommittee) {
    if (!body.lapses.has(Lapse::holder_gone)) return;
  } else {
    for (const char* title : kMembers) add(title);
    if (full >= 2 * kFullForDeputy || !body.is_branch()) add("committee_member");
  }
  if (body.lapses.has(Lapse::holder_gone)) {
    const auto gone = std::find_if(people.begin(), people.end(), [](const Person& person) {
      return person.status != Status::normal;
    });
    if (gone != people.end()) {
      const auto place = static_cast<std::uint16_t>(gone - people.begin());
      holdings.push_back({place, "committee_member", from, std::nullopt});
    }
  }
}

}  // namespace jishi::demo
