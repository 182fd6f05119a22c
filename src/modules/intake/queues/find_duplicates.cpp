#include "modules/intake/queues/find_duplicates.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/checks.hpp"
#include "modules/intake/queues/find_duplicates.sql.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::intake {

namespace {

struct Phoned {
  Id id = kNoId;
  std::string name;
  Blob phone_key;
};
BOOST_DESCRIBE_STRUCT(Phoned, (), (id, name, phone_key))

// The key of a phone is a keyed hash already: half of it is enough to find equal ones by.
std::uint64_t hash_of(const Phoned& person) {
  std::uint64_t hash = std::hash<std::string>()(person.name);
  for (const char byte : person.phone_key.bytes.substr(0, sizeof hash))
    hash = hash * 0x100000001B3ULL ^ static_cast<unsigned char>(byte);
  return hash;
}

// A phone has no index: random keys would cost an import more than all else it writes. The batch is
// held in memory, by hash, and persons on record before it are walked once.
void find_same_phones(Transaction& tx, Id batch) {
  std::unordered_map<std::uint64_t, Id> first_of;
  std::vector<std::pair<Id, Id>> pairs;
  const auto hold = [&](const Phoned& person) {
    const auto [place, fresh] = first_of.emplace(hash_of(person), person.id);
    if (!fresh && place->second != person.id)
      pairs.emplace_back(std::min(place->second, person.id), std::max(place->second, person.id));
  };
  tx.each<Phoned>(sql::find_duplicates::with_new_phones, hold, batch);
  tx.each<Phoned>(sql::find_duplicates::with_phones, hold, batch);
  if (first_of.empty()) return;
  tx.each<Phoned>(
      sql::find_duplicates::older_with_phones,
      [&](const Phoned& older) {
        const auto same = first_of.find(hash_of(older));
        if (same == first_of.end() || same->second == older.id) return;
        pairs.emplace_back(std::min(older.id, same->second), std::max(older.id, same->second));
      },
      batch);
  for (const auto& [first, second] : pairs)
    tx.run(sql::find_duplicates::add_same_phone, first, second, batch);
}

void find_incomplete(Transaction& tx, Id batch) {
  if (!tx.one<Id>(sql::find_duplicates::any_incomplete)) return;
  tx.run(sql::find_duplicates::add_beside_incomplete, batch);
  if (tx.one<Id>(sql::find_duplicates::any_new_incomplete, batch))
    tx.run(sql::find_duplicates::add_incomplete_beside, batch);
}

/// The digits that a spreadsheet kept of `4.10101199001011E+17` or of 410101199001011000.
std::string_view kept_digits(std::string_view written, std::string& buffer) {
  constexpr std::size_t kExact = 15;
  const std::size_t exponent = written.find_first_of("Ee");
  for (const char c : written.substr(0, exponent)) {
    if (c >= '0' && c <= '9' && buffer.size() < kExact) buffer += c;
  }
  // Of `9.90E+17` the zeros behind may be rounding as well as digits.
  if (exponent != std::string_view::npos) {
    while (!buffer.empty() && buffer.back() == '0') buffer.pop_back();
  }
  return buffer;
}

bool has(const ReadRow& read, std::string_view code) {
  return std::any_of(read.problems.begin(), read.problems.end(),
                     [&](const Problem& problem) { return problem.code == code; });
}

}  // namespace

bool alike(std::string_view written, std::string_view right) {
  if (one_slip_apart(written, right)) return true;
  const bool lost = written.find_first_of("Ee") != std::string_view::npos ||
                    (written.size() == right.size() && written.ends_with("000"));
  if (!lost) return false;
  std::string buffer;
  const auto kept = kept_digits(written, buffer);
  const auto begin = right.substr(0, kept.size());
  constexpr std::size_t kTelling = 12;  // fewer digits than that must agree as they are
  return !kept.empty() && (kept.size() < kTelling ? kept == begin : one_slip_apart(kept, begin));
}

void find_duplicates(Transaction& tx, Id batch) {
  find_same_phones(tx, batch);
  find_incomplete(tx, batch);
}

void SimilarIds::note(const RowPlace& place, const ReadRow& read, Id organisation) {
  const auto* member = std::get_if<MemberRow>(&read.row);
  if (member == nullptr || member->name.empty() || member->citizen_id.empty()) return;
  if (organisation == kNoId || rows_.size() >= kMaxRows) return;
  if (!has(read, "id_check_digit") && !has(read, "id_digits_lost")) return;
  rows_.push_back({place, organisation, member->name, member->citizen_id});
}

void SimilarIds::find(Transaction& tx) const {
  for (const Written& row : rows_) {
    const auto named = tx.all<Id>(sql::find_duplicates::members_named, row.organisation, row.name);
    for (const Id person : named) {
      const auto right = registry::member_field(tx, tx.store().keys(), person, "citizen_id");
      if (!right || !alike(row.citizen_id, *right)) continue;
      tx.run(sql::find_duplicates::add_similar, tx.new_id(), row.place.batch, row.place.sheet,
             row.place.row, person);
    }
  }
}

}  // namespace jishi::intake
