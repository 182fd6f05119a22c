#include "modules/registry/duplicates/likeness.hpp"

#include <cmath>

#include "platform/pinyin/pinyin.hpp"

namespace jishi::registry {

namespace {

using pinyin::Readings;
using Precision = Traits::Precision;

// Of so many records one is of a person who is on record twice.
constexpr double kOneIn = 200;
// A store of fewer says little of how rare something is.
constexpr double kLeastPersons = 1'000;

// How often what is usual occurs, and how many persons' worth of counting that is held against.
constexpr double kUsualShort = 6e-5;  // a name of two characters, such as 王伟
constexpr double kUsualLong = 1e-5;   // a longer one
constexpr double kUsualDay = 6e-5;    // a day of birth
constexpr double kNamesCounted = 20'000;
constexpr double kDaysCounted = 5'000;

// Bits. What a mistake costs is how rarely it is made; what disagrees speaks against it.
constexpr double kMisheard = -3;       // another character of the same sound
constexpr double kOneCharacter = 4;    // of three or more, one is another
constexpr double kOneOfTwo = -4;       // of two
constexpr double kExchangedNames = 5;  // the same characters in another order
constexpr double kLongerName = -1;     // one has a character more
constexpr double kOtherName = -12;
constexpr double kSlipOfBirth = 6;
constexpr double kSameMonth = 8;
constexpr double kSameYear = 4;
constexpr double kOtherBirth = -8;
constexpr double kSlipOfJoining = 3;
constexpr double kOtherJoining = -3;
constexpr double kSamePhone = 12;
constexpr double kOtherPhone = -2;
constexpr double kSameSex = 0.5;
constexpr double kOtherSex = -6;
constexpr double kSameEducation = 0.5;
constexpr double kOtherEducation = -0.7;
constexpr double kSameOrganisation = 5;
constexpr double kOtherOrganisation = -0.5;
constexpr double kSlipOfId = 8;
constexpr double kOtherId = -16;

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E37'79B9'7F4A'7C15ULL;
  return hash ^ (hash >> 29U);
}

bool is_between(char16_t sign) {
  return sign == u' ' || sign == u'\u3000' || sign == u'·' || sign == u'•' || sign == u'・';
}

std::u16string letters_of(std::u16string_view name) {
  std::u16string letters;
  for (const char16_t sign : name) {
    if (!is_between(sign)) letters += sign;
  }
  return letters;
}

std::uint64_t written(std::u16string_view name) {
  std::uint64_t hash = 11;
  for (const char16_t sign : name) {
    if (!is_between(sign)) hash = mix(hash, sign);
  }
  return hash;
}

double weight_of_spelling(std::u16string_view one, std::u16string_view other) {
  const std::u16string left = letters_of(one);
  const std::u16string right = letters_of(other);
  if (left.size() == right.size()) {
    std::size_t apart = 0;
    for (std::size_t i = 0; i < left.size(); ++i) apart += left[i] == right[i] ? 0U : 1U;
    if (apart == 1 && left.size() >= 2) return left.size() > 2 ? kOneCharacter : kOneOfTwo;
    if (apart == 2 && std::is_permutation(left.begin(), left.end(), right.begin()))
      return kExchangedNames;
    return kOtherName;
  }
  const auto& shorter = left.size() < right.size() ? left : right;
  const auto& longer = left.size() < right.size() ? right : left;
  const bool begins = longer.starts_with(shorter) || longer.ends_with(shorter);
  return shorter.size() >= 2 && longer.size() == shorter.size() + 1 && begins ? kLongerName
                                                                              : kOtherName;
}

/// Numbers equal values from 0 on, and counts them.
class Counter {
 public:
  explicit Counter(std::vector<std::uint32_t>& counts) : counts_(counts) {}
  std::uint32_t number(std::uint64_t value) {
    const auto [place, fresh] = numbers_.emplace(value, static_cast<std::uint32_t>(counts_.size()));
    if (fresh) counts_.push_back(0);
    ++counts_[place->second];
    return place->second;
  }

 private:
  std::vector<std::uint32_t>& counts_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
};

bool same_month(std::int32_t left, std::int32_t right) {
  return to_iso(from_days(left)).substr(0, 7) == to_iso(from_days(right)).substr(0, 7);
}

bool same_year(std::int32_t left, std::int32_t right) {
  return to_iso(from_days(left)).substr(0, 4) == to_iso(from_days(right)).substr(0, 4);
}

}  // namespace

std::uint64_t sound_of(std::u16string_view name) {
  const Readings& readings = Readings::get();
  std::uint64_t hash = 7;
  for (const char16_t sign : name) {
    if (is_between(sign)) continue;
    const auto of_sign = readings.of(sign);
    hash = mix(hash, of_sign.empty() ? 0x1'0000ULL + sign : of_sign.front());
  }
  return hash;
}

bool slip_of_day(std::int32_t left, std::int32_t right) {
  if (std::abs(left - right) == 1) return true;
  const std::string one = to_iso(from_days(left));
  const std::string other = to_iso(from_days(right));
  // The day and the month exchanged, in one year.
  if (one.substr(0, 4) == other.substr(0, 4) && one.substr(5, 2) == other.substr(8, 2) &&
      one.substr(8, 2) == other.substr(5, 2)) {
    return true;
  }
  // The same day of a neighbouring year.
  constexpr std::int32_t kYear = 366;
  if (one.substr(4) == other.substr(4) && std::abs(left - right) <= kYear) return true;
  std::size_t apart = 0;
  for (std::size_t i = 0; i < one.size() && i < other.size(); ++i) {
    apart += one[i] == other[i] ? 0U : 1U;
  }
  return apart == 1;
}

Likeness::Likeness(std::span<const Traits> persons) : persons_(persons) {
  Counter names(names_);
  Counter spoken(spoken_);
  compared_.reserve(persons.size());
  for (const Traits& traits : persons) {
    compared_.push_back({names.number(written(traits.name)), spoken.number(sound_of(traits.name))});
    if (traits.birth_known == Precision::day) ++births_[traits.birth];
    if (traits.joined != RollRow::kNoDay) ++joinings_[traits.joined];
  }
  prior_ = std::log2(kOneIn / 2 * std::max(static_cast<double>(persons.size()), kLeastPersons));
}

// How many bits it is worth to agree in what `count` persons have, without the one who is compared;
// what is usual is as if so many persons more had been counted.
double Likeness::rarity(double count, double usual, double counted) const {
  const double others = count - 1 + usual * counted;
  return -std::log2(others / (static_cast<double>(persons_.size()) + counted));
}

double Likeness::weight_of_names(std::size_t left, std::size_t right) const {
  const Compared& one = compared_[left];
  const Compared& other = compared_[right];
  if (persons_[left].name.empty() || persons_[right].name.empty()) return 0;
  const double usual = persons_[left].name.size() <= 2 ? kUsualShort : kUsualLong;
  if (one.name == other.name) return rarity(names_[one.name], usual, kNamesCounted);
  if (one.spoken == other.spoken)
    return kMisheard + rarity(spoken_[one.spoken], 4 * usual, kNamesCounted);
  return weight_of_spelling(persons_[left].name, persons_[right].name);
}

double Likeness::weight_of_births(const Traits& left, const Traits& right) const {
  const Precision known = std::min(left.birth_known, right.birth_known);
  if (known == Precision::none) return 0;
  if (known == Precision::day) {
    if (left.birth == right.birth) return rarity(births_.at(left.birth), kUsualDay, kDaysCounted);
    return slip_of_day(left.birth, right.birth) ? kSlipOfBirth : kOtherBirth;
  }
  if (known == Precision::month && same_month(left.birth, right.birth)) return kSameMonth;
  return known == Precision::year && same_year(left.birth, right.birth) ? kSameYear : kOtherBirth;
}

double Likeness::weight_of_joining(const Traits& left, const Traits& right) const {
  if (left.joined == RollRow::kNoDay || right.joined == RollRow::kNoDay) return 0;
  if (left.joined == right.joined)
    return rarity(joinings_.at(left.joined), kUsualDay, kDaysCounted);
  return slip_of_day(left.joined, right.joined) ? kSlipOfJoining : kOtherJoining;
}

double Likeness::weight(std::size_t left, std::size_t right) const {
  const Traits& one = persons_[left];
  const Traits& other = persons_[right];
  double weight = weight_of_names(left, right);
  weight += weight_of_births(one, other);
  weight += weight_of_joining(one, other);
  if (one.phone != 0 && other.phone != 0)
    weight += one.phone == other.phone ? kSamePhone : kOtherPhone;
  if (one.sex != Traits::kUnknown && other.sex != Traits::kUnknown)
    weight += one.sex == other.sex ? kSameSex : kOtherSex;
  if (one.education != Traits::kUnknown && other.education != Traits::kUnknown)
    weight += one.education == other.education ? kSameEducation : kOtherEducation;
  weight += one.organisation == other.organisation ? kSameOrganisation : kOtherOrganisation;
  return weight;
}

double Likeness::weight_of_ids(const Traits& left, const Traits& right, bool slip) {
  if (left.citizen == 0 || right.citizen == 0 || left.citizen == right.citizen) return 0;
  return slip ? kSlipOfId : kOtherId;
}

double Likeness::likelihood(double weight) const {
  return 1 / (1 + std::exp2(prior_ - weight));
}

}  // namespace jishi::registry
