#include "modules/intake/apply/sheet_keys.hpp"

#include "base/hash.hpp"

namespace jishi::intake {

namespace {

constexpr std::size_t kFirstPlaces = 16;

// Half of a SHA-256 never meets itself in a sheet, and nobody can choose keys that crowd together.
std::uint64_t hash_of_key(std::string_view key) {
  const Hash hash = sha256(key);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8U | hash[i];
  return value;
}

// The low bits choose the part, the others the place in it.
std::size_t part_of(std::uint64_t hash) {
  return hash % 64;
}

bool full(std::size_t count, std::size_t places) {
  return count * 10 >= places * 9;
}

}  // namespace

// The place that has the hash, or the open one where it belongs.
std::size_t SheetKeys::Part::place_of(std::uint64_t hash) const {
  std::size_t place = (hash >> 6U) % rows.size();
  while (rows[place] != 0 && hashes[place] != hash)
    place = place + 1 == rows.size() ? 0 : place + 1;
  return place;
}

void SheetKeys::Part::grow() {
  Part larger;
  const std::size_t places = rows.empty() ? kFirstPlaces : rows.size() + rows.size() / 3;
  larger.hashes.resize(places);
  larger.rows.resize(places);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == 0) continue;
    const std::size_t place = larger.place_of(hashes[i]);
    larger.hashes[place] = hashes[i];
    larger.rows[place] = rows[i];
  }
  larger.count = count;
  *this = std::move(larger);
}

std::optional<std::uint32_t> SheetKeys::find(std::string_view key) const {
  const std::uint64_t hash = hash_of_key(key);
  const Part& part = parts_[part_of(hash)];
  if (part.rows.empty()) return std::nullopt;
  const std::uint32_t row = part.rows[part.place_of(hash)];
  return row == 0 ? std::nullopt : std::optional(row);
}

void SheetKeys::add(std::string_view key, std::uint32_t row) {
  const std::uint64_t hash = hash_of_key(key);
  Part& part = parts_[part_of(hash)];
  if (full(part.count, part.rows.size())) part.grow();
  const std::size_t place = part.place_of(hash);
  if (part.rows[place] != 0) return;
  part.hashes[place] = hash;
  part.rows[place] = row;
  ++part.count;
}

void SheetKeys::clear() {
  parts_ = {};
}

std::size_t SheetKeys::bytes() const {
  std::size_t bytes = sizeof(*this);
  for (const Part& part : parts_)
    bytes += part.rows.size() * (sizeof(part.hashes[0]) + sizeof(part.rows[0]));
  return bytes;
}

}  // namespace jishi::intake
