#include "modules/registry/duplicates/traits.hpp"

#include <cstring>

#include "modules/registry/duplicates/duplicates.sql.hpp"

namespace jishi::registry {

namespace {

// A keyed index is a hash already: a part of it tells apart.
std::uint64_t part_of(const db::Cursor& cursor, int column) {
  std::uint64_t part = 0;
  if (cursor.is_null(column)) return part;
  const std::string_view bytes = cursor.bytes(column);
  std::memcpy(&part, bytes.data(), std::min(bytes.size(), sizeof part));
  return part == 0 ? 1 : part;
}

Traits::Precision precision_of(std::string_view word) {
  if (word == "year") return Traits::Precision::year;
  return word == "month" ? Traits::Precision::month : Traits::Precision::day;
}

}  // namespace

void Gathered::gather(db::Reader& reader, Roll& roll, const Scope& scope) {
  roll.look(reader, [&](const Roll& held) {
    take(held, scope);
    return true;
  });
  std::sort(persons_.begin(), persons_.end(),
            [](const Traits& left, const Traits& right) { return left.person < right.person; });
  read_keys(reader);
}

// The roll goes on changing when it is let go: names are copied, each once.
void Gathered::take(const Roll& roll, const Scope& scope) {
  constexpr std::size_t kNotCopied = ~std::size_t{0};
  const RollTree& tree = roll.in(scope.structure);
  const auto spans = tree.outline().spans(scope);
  const auto unknown = roll.word("");
  std::vector<std::size_t> begins(roll.names().count(), kNotCopied);
  std::vector<std::pair<std::size_t, std::size_t>> names;  // beginning and length
  for (const RollRow& row : roll.rows()) {
    if (!within(spans, tree.place_of(row.organisation))) continue;
    const std::u16string_view name = roll.names().text(row.name);
    if (begins[row.name] == kNotCopied) {
      begins[row.name] = letters_.size();
      letters_ += name;
    }
    names.emplace_back(begins[row.name], name.size());
    const auto code = [&](RollRow::Word word) {
      return word == unknown ? Traits::kUnknown : static_cast<std::int16_t>(word);
    };
    Traits& traits = persons_.emplace_back();
    traits.person = row.person;
    traits.birth = row.birth;
    traits.joined = row.joined;
    traits.sex = code(row.sex);
    traits.education = code(row.education);
    traits.organisation = row.organisation;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    persons_[i].name = std::u16string_view(letters_).substr(names[i].first, names[i].second);
  }
}

void Gathered::read_keys(db::Reader& reader) {
  db::Cursor& cursor = reader.connection().walk(sql::duplicates::keys, {});
  auto at = persons_.begin();
  while (cursor.next()) {
    const Id person = cursor.integer(0);
    while (at != persons_.end() && at->person < person) ++at;
    if (at == persons_.end()) break;
    if (at->person != person) continue;
    if (at->birth != RollRow::kNoDay) at->birth_known = precision_of(cursor.bytes(1));
    at->citizen = part_of(cursor, 2);
    at->phone = part_of(cursor, 3);
  }
}

}  // namespace jishi::registry
