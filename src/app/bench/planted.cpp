#include "app/bench/planted.hpp"

#include "platform/pinyin/pinyin.hpp"

namespace jishi::app::bench {

namespace {

using registry::LikelyPair;
using registry::RollRow;
using registry::Traits;

constexpr std::size_t kOneIn = 200;
// What the ids of planted records have more.
constexpr Id kTwin = Id{1} << 62;
constexpr Id kStranger = Id{1} << 61;
constexpr std::size_t kCommon = 100;  // persons of a million who have a common name, at least
constexpr std::int32_t kYear = 365;

template <class Kind>
constexpr std::size_t kKinds = boost::mp11::mp_size<boost::describe::describe_enumerators<Kind>>();

template <class Kind>
Kind kind_of(std::size_t turn) {
  return static_cast<Kind>(turn % kKinds<Kind>);
}

std::int32_t exchanged(std::int32_t day) {
  const std::chrono::year_month_day date(from_days(day));
  const auto made = make_date(static_cast<int>(date.year()), static_cast<unsigned>(date.day()),
                              static_cast<unsigned>(date.month()));
  return made ? to_days(*made) : day + 1;
}

std::int32_t first_of_year(std::int32_t day) {
  const std::chrono::year_month_day date(from_days(day));
  return to_days(*make_date(static_cast<int>(date.year()), 1, 1));
}

std::int32_t other_day_of_year(std::int32_t day) {
  const std::int32_t first = first_of_year(day);
  return first + (day - first + 100) % kYear;
}

}  // namespace

Planted::Planted(std::span<const Traits> persons) : persons_(persons.begin(), persons.end()) {
  const auto& readings = pinyin::Readings::get();
  std::map<std::u16string_view, std::size_t> counts;
  sounds_.resize(0x1'0000);
  std::set<char16_t> signs;
  for (const Traits& traits : persons) {
    ++counts[traits.name];
    signs.insert(traits.name.begin(), traits.name.end());
  }
  for (const char16_t sign : signs) {
    const auto of_sign = readings.of(sign);
    if (of_sign.empty()) continue;
    if (by_sound_.size() <= of_sign.front()) by_sound_.resize(of_sign.front() + 1U);
    by_sound_[of_sign.front()] += sign;
    sounds_[sign] = of_sign.front();
  }
  std::vector<const Traits*> common;
  for (const Traits& traits : persons) {
    if (counts[traits.name] * 1'000'000 > kCommon * persons.size()) common.push_back(&traits);
  }
  for (std::size_t i = 0, turn = 0; i < persons.size(); i += kOneIn, ++turn) {
    record_again(persons[i], kind_of<Mistake>(turn));
    const auto kind = kind_of<Stranger>(turn);
    const bool of_common = kind == Stranger::same_day || kind == Stranger::no_id;
    const std::size_t beside = (i + kOneIn / 2) % persons.size();
    add_stranger(of_common && !common.empty() ? *common[turn * 7 % common.size()] : persons[beside],
                 kind);
  }
}

std::u16string_view Planted::keep(std::u16string name) {
  return names_.emplace_back(std::move(name));
}

// Another character in the place of one: of the same sound where there is one, or of another.
void Planted::mistake_name(Traits& record, bool same_sound) {
  std::u16string name(record.name);
  for (std::size_t tries = 0; tries < 2 * name.size(); ++tries) {
    const std::size_t at = same_sound ? random_() % name.size() : name.size() - 1;
    const std::uint16_t sound = sounds_[name[at]];
    const auto& among = same_sound ? by_sound_[sound] : by_sound_[random_() % by_sound_.size()];
    if (among.empty()) continue;
    const char16_t sign = among[random_() % among.size()];
    if (sign == name[at] || (!same_sound && sounds_[sign] == sound)) continue;
    name[at] = sign;
    record.name = keep(std::move(name));
    return;
  }
}

void Planted::mistake(Traits& record, Mistake kind) {
  switch (kind) {
    case Mistake::none: break;
    case Mistake::homophone: mistake_name(record, true); break;
    case Mistake::character: mistake_name(record, false); break;
    case Mistake::blank: {
      std::u16string name(record.name);
      name.insert(1, 1, u' ');
      record.name = keep(std::move(name));
      break;
    }
    case Mistake::birth_day: record.birth += chance(50) ? 1 : -1; break;
    case Mistake::birth_exchanged: record.birth = exchanged(record.birth); break;
    case Mistake::birth_year: record.birth += chance(50) ? kYear : -kYear; break;
    case Mistake::birth_rough:
      record.birth = first_of_year(record.birth);
      record.birth_known = Traits::Precision::year;
      break;
    case Mistake::joined_confirmed: record.joined += kYear; break;
    case Mistake::joined_missing: record.joined = RollRow::kNoDay; break;
    case Mistake::joined_other: record.joined += 400 + static_cast<int>(random_() % 3'000); break;
    case Mistake::homophone_joined:
      mistake_name(record, true);
      record.joined += 400 + static_cast<int>(random_() % 3'000);
      break;
  }
}

// What differs between two records of one person anyway: mostly another branch, often another
// phone, or a degree since.
void Planted::vary(Traits& record) {
  if (chance(70)) record.organisation += 1 + static_cast<std::uint32_t>(random_() % 50);
  if (chance(30)) {
    record.phone = random_() | 1U;
  } else if (chance(30)) {
    record.phone = 0;
  }
  if (chance(15)) ++record.education;
}

void Planted::record_again(const Traits& original, Mistake kind) {
  Traits record = original;
  record.person += kTwin;
  vary(record);
  mistake(record, kind);
  // Two records with the same id are one: of two that are not, one has none, or a wrong one.
  if (record.citizen != 0 && chance(15)) {
    record.citizen = random_() | 1U;
    slips_.emplace(original.person, record.person);
  } else {
    record.citizen = 0;
  }
  twins_.emplace(record.person, Copy<Mistake>{original.person, kind});
  persons_.push_back(record);
}

void Planted::add_stranger(const Traits& original, Stranger kind) {
  Traits record = original;
  record.person = kStranger + static_cast<Id>(strangers_.size());
  record.citizen = random_() | 1U;
  record.phone = random_() | 1U;
  record.organisation += 1 + static_cast<std::uint32_t>(random_() % 500);
  record.joined += 200 + static_cast<int>(random_() % 4'000);
  switch (kind) {
    case Stranger::same_year: record.birth = other_day_of_year(record.birth); break;
    case Stranger::same_day: break;
    case Stranger::no_id: record.citizen = 0; break;
    case Stranger::twin:
      mistake_name(record, false);
      record.organisation = original.organisation;
      record.joined = original.joined;
      break;
    case Stranger::family_phone:
      mistake_name(record, false);
      record.phone = original.phone;
      record.organisation = original.organisation;
      record.birth -= 25 * kYear + static_cast<int>(random_() % 2'000);
      break;
  }
  strangers_.emplace(record.person, Copy<Stranger>{original.person, kind});
  persons_.push_back(record);
}

Planted::Score Planted::score(const std::vector<LikelyPair>& pairs) const {
  std::array<std::int64_t, kKinds<Mistake>> planted{};
  std::array<std::int64_t, kKinds<Mistake>> found{};
  std::array<std::int64_t, kKinds<Stranger> + 1> wrong{};
  for (const auto& [id, copy] : twins_) ++planted[static_cast<std::size_t>(copy.kind)];
  std::int64_t right = 0;
  for (const LikelyPair& pair : pairs) {
    const auto twin = twins_.find(pair.second);
    if (twin != twins_.end() && twin->second.original == pair.first) {
      ++found[static_cast<std::size_t>(twin->second.kind)];
      ++right;
      continue;
    }
    auto stranger = strangers_.find(pair.second);
    if (stranger == strangers_.end()) stranger = strangers_.find(pair.first);
    ++wrong[stranger == strangers_.end() ? kKinds<Stranger>
                                         : static_cast<std::size_t>(stranger->second.kind)];
  }
  Score score;
  const auto share = [](std::int64_t part, auto whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  };
  score.recall = share(right, twins_.size());
  score.precision = share(right, pairs.size());
  for (std::size_t i = 0; i < planted.size(); ++i) {
    score.by_mistake += fmt::format("{}{} {:.3f}", i == 0 ? "" : ", ",
                                    boost::describe::enum_to_string(static_cast<Mistake>(i), ""),
                                    share(found[i], planted[i]));
  }
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    const char* name = i == kKinds<Stranger>
                           ? "others"
                           : boost::describe::enum_to_string(static_cast<Stranger>(i), "");
    score.by_stranger += fmt::format("{}{} {}", i == 0 ? "wrong: " : ", ", name, wrong[i]);
  }
  return score;
}

}  // namespace jishi::app::bench
