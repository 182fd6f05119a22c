#include "modules/registry/duplicates/likely_pairs.hpp"

namespace jishi::registry {

namespace {

using Precision = Traits::Precision;

struct Entry {
  std::uint64_t key = 0;
  std::uint32_t person = 0;  // its place among the persons

  friend auto operator<=>(const Entry&, const Entry&) = default;
};

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E37'79B9'7F4A'7C15ULL;
  return hash ^ (hash >> 29U);
}

std::uint64_t number(std::int32_t day) {
  return static_cast<std::uint32_t>(day);
}

/// Brings together who may be one, key by key, and judges each pair.
class Search {
 public:
  Search(std::span<const Traits> persons, const SearchOfPairs& asked)
      : persons_(persons), asked_(asked), likeness_(persons) {
    entries_.reserve(persons.size());
  }

  std::vector<LikelyPair> run() {
    const Key keys[] = {&Search::by_surname_and_birth,
                        &Search::by_last_character_and_birth,
                        &Search::by_name_and_joining,
                        &Search::by_name_and_year,
                        &Search::by_name_and_day,
                        &Search::by_name_and_organisation,
                        &Search::by_phone,
                        &Search::by_name};
    double done = 0;
    for (const Key key : keys) {
      if (asked_.go_on && !asked_.go_on(done / static_cast<double>(std::size(keys)))) return {};
      compare_blocks(key);
      done += 1;
    }
    std::sort(pairs_.begin(), pairs_.end(), [](const LikelyPair& left, const LikelyPair& right) {
      return std::tuple(-left.likelihood, left.first, left.second) <
             std::tuple(-right.likelihood, right.first, right.second);
    });
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    pairs_.resize(std::min(pairs_.size(), asked_.limit));
    return std::move(pairs_);
  }

 private:
  /// The key of a person, or nothing: nobody is brought together by what is not known.
  using Key = std::optional<std::uint64_t> (Search::*)(std::size_t) const;

  // A mistake in one of the fields leaves at least one of these keys as it was.

  std::optional<std::uint64_t> by_surname_and_birth(std::size_t person) const {
    const Traits& traits = persons_[person];
    if (traits.birth_known != Precision::day || traits.name.empty()) return std::nullopt;
    return mix(sound_of(traits.name.substr(0, 1)), number(traits.birth));
  }
  std::optional<std::uint64_t> by_last_character_and_birth(std::size_t person) const {
    const Traits& traits = persons_[person];
    if (traits.birth_known != Precision::day || traits.name.size() < 2) return std::nullopt;
    return mix(sound_of(traits.name.substr(traits.name.size() - 1)), number(traits.birth));
  }
  std::optional<std::uint64_t> by_name_and_joining(std::size_t person) const {
    if (persons_[person].joined == RollRow::kNoDay) return std::nullopt;
    return mix(likeness_.compared(person).spoken, number(persons_[person].joined));
  }
  std::optional<std::uint64_t> by_name_and_year(std::size_t person) const {
    if (persons_[person].birth_known == Precision::none) return std::nullopt;
    return mix(likeness_.compared(person).spoken, year_of(persons_[person].birth));
  }
  std::optional<std::uint64_t> by_name_and_day(std::size_t person) const {
    if (persons_[person].birth_known != Precision::day) return std::nullopt;
    return mix(likeness_.compared(person).spoken, day_of_year(persons_[person].birth));
  }
  std::optional<std::uint64_t> by_name_and_organisation(std::size_t person) const {
    return mix(likeness_.compared(person).spoken, persons_[person].organisation);
  }
  std::optional<std::uint64_t> by_phone(std::size_t person) const {
    if (persons_[person].phone == 0) return std::nullopt;
    return persons_[person].phone;
  }
  std::optional<std::uint64_t> by_name(std::size_t person) const {
    if (persons_[person].name.empty()) return std::nullopt;
    return likeness_.compared(person).spoken;
  }

  static std::uint64_t year_of(std::int32_t day) {
    const std::chrono::year_month_day date(from_days(day));
    return static_cast<std::uint64_t>(static_cast<int>(date.year()));
  }
  static std::uint64_t day_of_year(std::int32_t day) {
    const std::chrono::year_month_day date(from_days(day));
    return static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
  }

  void compare_blocks(Key key) {
    entries_.clear();
    for (std::uint32_t i = 0; i < persons_.size(); ++i) {
      if (const auto value = (this->*key)(i)) entries_.push_back({*value, i});
    }
    std::sort(entries_.begin(), entries_.end());
    for (std::size_t begin = 0; begin < entries_.size();) {
      std::size_t end = begin + 1;
      while (end < entries_.size() && entries_[end].key == entries_[begin].key) ++end;
      if (end - begin <= kMaxBlock) compare_block(begin, end);
      begin = end;
    }
  }

  void compare_block(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = i + 1; j < end; ++j) compare(entries_[i].person, entries_[j].person);
    }
  }

  void compare(std::size_t left, std::size_t right) {
    const Traits& one = persons_[left];
    const Traits& other = persons_[right];
    if (one.person == other.person) return;
    double weight = likeness_.weight(left, right);
    const double with_slip = weight + Likeness::weight_of_ids(one, other, true);
    if (likeness_.likelihood(with_slip) < kLeastLikelihood) return;
    const Id first = std::min(one.person, other.person);
    const Id second = std::max(one.person, other.person);
    // Ids are opened for those alone of whom they decide.
    const bool differ = one.citizen != 0 && other.citizen != 0 && one.citizen != other.citizen;
    const bool slip = differ && asked_.slip_of_ids && asked_.slip_of_ids(first, second);
    weight += Likeness::weight_of_ids(one, other, slip);
    const double likelihood = likeness_.likelihood(weight);
    if (likelihood >= kLeastLikelihood) pairs_.push_back({first, second, likelihood});
  }

  std::span<const Traits> persons_;
  const SearchOfPairs& asked_;
  Likeness likeness_;
  std::vector<Entry> entries_;
  std::vector<LikelyPair> pairs_;
};

}  // namespace

std::vector<LikelyPair> likely_pairs(std::span<const Traits> persons, const SearchOfPairs& search) {
  return Search(persons, search).run();
}

}  // namespace jishi::registry
