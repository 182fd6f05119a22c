#include "modules/registry/duplicates/likely_pairs.hpp"

#include "platform/pinyin/pinyin.hpp"

namespace jishi::registry {

namespace {

using pinyin::Readings;

// What each agreement weighs; together 1.
constexpr double kNameWeight = 0.40;
constexpr double kBirthWeight = 0.35;
constexpr double kJoinedWeight = 0.15;
constexpr double kEducationWeight = 0.05;
constexpr double kOrganisationWeight = 0.05;

// What something counts that is not known of one of them.
constexpr double kUnknown = 0.5;

struct Entry {
  std::uint64_t key = 0;
  std::uint32_t person = 0;  // its place among the persons

  friend auto operator<=>(const Entry&, const Entry&) = default;
};

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E37'79B9'7F4A'7C15ULL;
  return hash ^ (hash >> 29U);
}

std::uint64_t spelled(std::u16string_view name) {
  const Readings& readings = Readings::get();
  std::uint64_t hash = 7;
  for (const char16_t character : name) {
    const auto of_character = readings.of(character);
    hash = mix(hash, of_character.empty() ? 0x1'0000ULL + character : of_character.front());
  }
  return hash;
}

std::uint64_t written(std::u16string_view name) {
  std::uint64_t hash = 11;
  for (const char16_t character : name) hash = mix(hash, character);
  return hash;
}

std::uint64_t days(std::int32_t birth, std::int32_t joined) {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(birth)) << 32U) |
         static_cast<std::uint32_t>(joined);
}

/// Persons who are one share one of these, unless several fields were mistaken at once: the name as
/// spoken and the birth; the name and the day of joining; birth and joining.
void add_keys(const Traits& traits, std::uint32_t person, std::vector<Entry>& entries) {
  const bool born = traits.birth != RollRow::kNoDay;
  const bool joined = traits.joined != RollRow::kNoDay;
  if (born) entries.push_back({mix(mix(1, spelled(traits.name)), days(traits.birth, 0)), person});
  if (joined)
    entries.push_back({mix(mix(2, written(traits.name)), days(0, traits.joined)), person});
  if (born && joined) entries.push_back({mix(3, days(traits.birth, traits.joined)), person});
}

double names_alike(std::u16string_view left, std::u16string_view right) {
  if (left == right) return 1;
  if (spelled(left) == spelled(right)) return 0.9;
  if (left.size() != right.size()) return 0;
  std::size_t apart = 0;
  for (std::size_t i = 0; i < left.size(); ++i) apart += left[i] == right[i] ? 0U : 1U;
  return apart == 1 && left.size() > 2 ? 0.6 : 0;
}

double days_alike(std::int32_t left, std::int32_t right) {
  if (left == RollRow::kNoDay || right == RollRow::kNoDay) return kUnknown;
  if (left == right) return 1;
  const std::string one = to_iso(from_days(left));
  const std::string other = to_iso(from_days(right));
  const bool exchanged = one.substr(0, 4) == other.substr(0, 4) &&
                         one.substr(5, 2) == other.substr(8, 2) &&
                         one.substr(8, 2) == other.substr(5, 2);
  if (exchanged) return 0.8;
  int apart = 0;
  for (std::size_t i = 0; i < one.size() && i < other.size(); ++i) apart += one[i] != other[i];
  return apart == 1 ? 0.7 : 0;
}

}  // namespace

double similarity(const Traits& left, const Traits& right) {
  if (left.sex != right.sex) return 0;
  return kNameWeight * names_alike(left.name, right.name) +
         kBirthWeight * days_alike(left.birth, right.birth) +
         kJoinedWeight * days_alike(left.joined, right.joined) +
         kEducationWeight * (left.education == right.education ? 1 : 0) +
         kOrganisationWeight * (left.organisation == right.organisation ? 1 : 0);
}

std::vector<LikelyPair> likely_pairs(std::span<const Traits> persons, std::size_t limit) {
  std::vector<Entry> entries;
  entries.reserve(persons.size() * 3);
  for (std::uint32_t i = 0; i < persons.size(); ++i) add_keys(persons[i], i, entries);
  std::sort(entries.begin(), entries.end());
  std::vector<LikelyPair> pairs;
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin + 1;
    while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
    for (std::size_t i = begin; end - begin <= kMaxBlock && i < end; ++i) {
      for (std::size_t j = i + 1; j < end; ++j) {
        const Traits& left = persons[entries[i].person];
        const Traits& right = persons[entries[j].person];
        const double alike = similarity(left, right);
        if (alike < kLeastSimilarity || left.person == right.person) continue;
        pairs.push_back(
            {std::min(left.person, right.person), std::max(left.person, right.person), alike});
      }
    }
    begin = end;
  }
  std::sort(pairs.begin(), pairs.end(), [](const LikelyPair& left, const LikelyPair& right) {
    return std::tuple(-left.similarity, left.first, left.second) <
           std::tuple(-right.similarity, right.first, right.second);
  });
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  pairs.resize(std::min(pairs.size(), limit));
  return pairs;
}

std::vector<LikelyPair> likely_pairs(db::Reader& reader, Roll& held, const Scope& scope,
                                     std::size_t limit) {
  return held.look(reader, [&](const Roll& roll) {
    const RollTree& tree = roll.in(scope.structure);
    const SpanSet spans(tree.outline().spans(scope), tree.outline());
    std::vector<Traits> persons;
    for (const RollRow& row : roll.rows()) {
      if (!spans.holds(tree.place_of(row.organisation))) continue;
      persons.push_back({row.person, roll.names().text(row.name), row.birth, row.joined, row.sex,
                         row.education, row.organisation});
    }
    return likely_pairs(persons, limit);
  });
}

}  // namespace jishi::registry
