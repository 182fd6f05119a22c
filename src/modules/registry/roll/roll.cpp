#include "modules/registry/roll/roll.hpp"

#include <stdexcept>
#include <unordered_set>

#include "modules/registry/facts.hpp"
#include "modules/registry/roll/roll.sql.hpp"

namespace jishi::registry {

namespace {

// Facts that are followed one by one; when more came, everybody is read anew.
constexpr std::int64_t kMaxFollowed = 50'000;
constexpr std::size_t kMaxNumber = 255;
// Codes are few; past this many all are one that no filter finds.
constexpr std::size_t kMaxWords = 255;

struct FactRow {
  std::int64_t seq = 0;
  std::int32_t kind = 0;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(FactRow, (), (seq, kind, person))

// Kinds are numbered by tens: 1-19 organisations, 20-29 persons.
bool of_organisation(std::int32_t kind) {
  return kind < static_cast<std::int32_t>(fact::kPersonRecorded);
}
bool of_person(std::int32_t kind) {
  return !of_organisation(kind) && kind < static_cast<std::int32_t>(fact::kPostRecorded);
}

}  // namespace

/// A row as the store gives it; its texts are good until the next.
struct Roll::Raw {
  explicit Raw(const db::Cursor& cursor)
      : person(cursor.integer(0)),
        organisation(cursor.integer(1)),
        name(cursor.bytes(2)),
        number(cursor.bytes(3)),
        birth(day(cursor, 4)),
        joined(day(cursor, 5)),
        stage(cursor.bytes(6)),
        status(cursor.bytes(7)),
        sex(cursor.bytes(8)),
        education(cursor.bytes(9)),
        ethnic(cursor.bytes(10)),
        occupation(cursor.bytes(11)) {}

  static std::int32_t day(const db::Cursor& cursor, int column) {
    return cursor.is_null(column) ? RollRow::kNoDay
                                  : static_cast<std::int32_t>(cursor.integer(column));
  }

  Id person;
  Id organisation;
  std::string_view name;
  std::string_view number;
  std::int32_t birth;
  std::int32_t joined;
  std::string_view stage;
  std::string_view status;
  std::string_view sex;
  std::string_view education;
  std::string_view ethnic;
  std::string_view occupation;
};

bool Roll::behind(db::Reader& reader) const {
  if (!position_ || day_ != clock_.today()) return true;
  return *position_ < reader.one<std::int64_t>(sql::roll::last_seq).value_or(0);
}

void Roll::catch_up(db::Reader& reader) {
  const std::unique_lock lock(mutex_);
  if (!behind(reader)) return;
  const std::int64_t until = reader.one<std::int64_t>(sql::roll::last_seq).value_or(0);
  bool changed = true;
  if (!position_ || until - *position_ > kMaxFollowed) {
    load(reader, until);
  } else {
    const bool other_day = day_ != clock_.today();
    if (other_day) load_trees(reader);
    changed = *position_ < until && follow(reader, until);
    changed = changed || other_day;
  }
  if (!changed) return;  // payments and meetings move nobody
  for (RollTree& tree : trees_) tree.sum_up(counts_);
}

void Roll::load(db::Reader& reader, std::int64_t until) {
  position_.reset();  // nothing holds until all is read
  names_ = {};
  rows_.clear();
  more_.clear();
  later_.clear();
  numbers_.clear();
  load_trees(reader);
  rows_.reserve(reader.one<std::size_t>(sql::roll::count_everyone).value_or(0));
  db::Cursor& cursor = reader.connection().walk(sql::roll::everyone, {});
  std::fill(counts_.begin(), counts_.end(), HeadCount());
  while (cursor.next()) {
    const Raw raw(cursor);
    rows_.push_back(row_of(raw));
    more_.push_back(more_of(raw));
    count(rows_.back(), 1);
  }
  names_.settle();
  sorted_ = rows_.size();
  position_ = until;
}

// Whether anybody, or an organisation, is now elsewhere or otherwise.
bool Roll::follow(db::Reader& reader, std::int64_t until) {
  const std::int64_t since = *position_;
  position_.reset();
  bool tree = false;
  std::unordered_set<Id> touched;
  reader.each<FactRow>(
      sql::roll::facts_since,
      [&](const FactRow& fact) {
        tree = tree || of_organisation(fact.kind);
        if (of_person(fact.kind)) touched.insert(fact.person);
      },
      since, kMaxFollowed);
  if (tree) load_trees(reader);
  for (const Id person : touched) {
    const std::array<db::Parameter, 1> which{person};
    db::Cursor& cursor = reader.connection().execute(sql::roll::one, which);
    if (cursor.next()) {
      put(Raw(cursor));
    } else {
      remove(person);
    }
  }
  names_.settle();
  position_ = until;
  return tree || !touched.empty();
}

void Roll::load_trees(db::Reader& reader) {
  day_ = clock_.today();
  for (std::size_t i = 0; i < trees_.size(); ++i) {
    trees_[i].load(reader, kStructures[i], day_, organisations_);
  }
}

const RollTree& Roll::in(std::string_view structure) const {
  const auto found = std::find(kStructures.begin(), kStructures.end(), structure);
  if (found == kStructures.end()) throw std::logic_error("no structure " + std::string(structure));
  return trees_[static_cast<std::size_t>(found - kStructures.begin())];
}

RollRow Roll::row_of(const Raw& raw) {
  return {raw.person,
          organisation_index(raw.organisation),
          names_.put(raw.name),
          raw.birth,
          raw.joined,
          put_number(raw.number),
          word_index(raw.stage),
          word_index(raw.status),
          word_index(raw.sex),
          word_index(raw.education)};
}

RollMore Roll::more_of(const Raw& raw) {
  return {word_index(raw.ethnic), word_index(raw.occupation)};
}

void Roll::put(const Raw& raw) {
  const auto known = index_of(raw.person);
  const RollRow row = row_of(raw);
  count(row, 1);
  if (known) {
    count(rows_[*known], -1);
    rows_[*known] = row;
    more_[*known] = more_of(raw);
    return;
  }
  later_.emplace(raw.person, static_cast<std::uint32_t>(rows_.size()));
  rows_.push_back(row);
  more_.push_back(more_of(raw));
}

void Roll::remove(Id person) {
  const auto known = index_of(person);
  if (!known) return;
  count(rows_[*known], -1);
  rows_[*known].organisation = organisation_index(kNoId);
  count(rows_[*known], 1);
}

void Roll::count(const RollRow& row, int change) {
  HeadCount& of_organisation = counts_[row.organisation];
  of_organisation.on_record += change;
  if (words_[row.status] == "normal") of_organisation.in_standing += change;
}

std::uint32_t Roll::organisation_index(Id id) {
  const auto [entry, added] =
      organisation_indices_.emplace(id, static_cast<std::uint32_t>(organisations_.size()));
  if (added) {
    organisations_.push_back(id);
    for (RollTree& tree : trees_) tree.add(id);
    counts_.emplace_back();
  }
  return entry->second;
}

RollRow::Word Roll::word_index(std::string_view word) {
  const auto known = word_indices_.find(std::string(word));
  if (known != word_indices_.end()) return known->second;
  if (words_.size() <= kMaxWords) words_.emplace_back(words_.size() < kMaxWords ? word : "");
  const auto index = static_cast<RollRow::Word>(words_.size() - 1);
  if (words_.size() <= kMaxWords) word_indices_.emplace(word, index);
  return index;
}

std::uint32_t Roll::put_number(std::string_view number) {
  const auto at = static_cast<std::uint32_t>(numbers_.size());
  number = number.substr(0, kMaxNumber);
  numbers_ += static_cast<char>(number.size());
  numbers_ += number;
  return at;
}

std::string_view Roll::number_of(const RollRow& row) const {
  return std::string_view(numbers_).substr(row.number + 1,
                                           static_cast<unsigned char>(numbers_[row.number]));
}

std::optional<RollRow::Word> Roll::word(std::string_view word) const {
  const auto found = word_indices_.find(std::string(word));
  return found == word_indices_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Roll::index_of(Id person) const {
  const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(sorted_);
  const auto found = std::lower_bound(
      rows_.begin(), end, person, [](const RollRow& row, Id other) { return row.person < other; });
  if (found != end && found->person == person) {
    return static_cast<std::size_t>(found - rows_.begin());
  }
  const auto later = later_.find(person);
  return later == later_.end() ? std::nullopt : std::optional<std::size_t>(later->second);
}

const RollRow* Roll::find(Id person) const {
  const auto index = index_of(person);
  if (!index || organisations_[rows_[*index].organisation] == kNoId) return nullptr;
  return &rows_[*index];
}

}  // namespace jishi::registry
