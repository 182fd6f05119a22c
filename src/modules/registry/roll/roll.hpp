#pragma once
// The roll (花名册): every member of today with what lists are filtered and sorted by, and the
// trees of all structures, in memory. Lists in any order, counts and searches by name look through
// it and then read the rows they show from the store. It follows the ledger: whatever a reader
// sees, the roll has seen.

#include <shared_mutex>

#include "base/clock.hpp"
#include "modules/registry/roll/names.hpp"
#include "modules/registry/roll/roll_tree.hpp"
#include "modules/registry/structure/standing.hpp"

namespace jishi::registry {

/// One member on the roll.
struct RollRow {
  static constexpr std::int32_t kNoDay = 0x7FFF'FFFF;
  /// An index into the roll's words.
  using Word = std::uint8_t;

  Id person = kNoId;
  std::uint32_t organisation = 0;  // index into Roll::organisations
  Names::Number name = 0;
  std::int32_t birth = kNoDay;
  std::int32_t joined = kNoDay;
  std::uint32_t number = 0;  // where it stands in Roll::numbers
  Word stage = 0;
  Word status = 0;
  Word sex = 0;
  Word education = 0;
};

/// What few lists ask for, apart so that the roll stays small.
struct RollMore {
  RollRow::Word ethnic = 0;
  RollRow::Word occupation = 0;
};

class Roll {
 public:
  explicit Roll(const Clock& clock) : clock_(clock) {}
  Roll(const Roll&) = delete;
  Roll& operator=(const Roll&) = delete;

  /// Brings the roll in line with what `reader` sees, which must be durable (no Transaction); the
  /// first time it reads everybody. Cheap when nothing happened. Other calls do it by themselves: a
  /// follower calls it so that nobody waits.
  void catch_up(db::Reader& reader);

  /// Calls `look(const Roll&)` on a roll that has seen what `reader` sees. Nothing changes
  /// meanwhile.
  template <class Look>
  auto look(db::Reader& reader, Look&& look) {
    std::shared_lock lock(mutex_);
    while (behind(reader)) {
      lock.unlock();
      catch_up(reader);
      lock.lock();
    }
    return look(static_cast<const Roll&>(*this));
  }

  // What may be looked at within look().

  /// The tree of a structure, one of kStructures.
  const RollTree& in(std::string_view structure) const;
  /// The day on which the trees were read: today.
  Date day() const { return day_; }
  const Names& names() const { return names_; }
  /// Members; one who left stands at Outline::kNowhere of every tree.
  const std::vector<RollRow>& rows() const { return rows_; }
  std::string_view number_of(const RollRow& row) const;
  /// The index of a word that some member has; nothing when nobody has it.
  std::optional<RollRow::Word> word(std::string_view word) const;
  /// The words that members have; a row's words are places in it.
  const std::vector<std::string>& words() const { return words_; }
  /// Of a row of rows().
  const RollMore& more_of(const RollRow& row) const {
    return more_[static_cast<std::size_t>(&row - rows_.data())];
  }
  const RollRow* find(Id person) const;

 private:
  struct Raw;

  bool behind(db::Reader& reader) const;
  void load(db::Reader& reader, std::int64_t until);
  bool follow(db::Reader& reader, std::int64_t until);
  void load_trees(db::Reader& reader);
  RollRow row_of(const Raw& raw);
  RollMore more_of(const Raw& raw);
  void put(const Raw& raw);
  void remove(Id person);
  void count(const RollRow& row, int change);
  std::uint32_t organisation_index(Id id);
  RollRow::Word word_index(std::string_view word);
  std::uint32_t put_number(std::string_view number);
  std::optional<std::size_t> index_of(Id person) const;

  const Clock& clock_;
  mutable std::shared_mutex mutex_;
  std::optional<std::int64_t> position_;
  Date day_;  // on which the trees were read

  std::array<RollTree, kStructures.size()> trees_;
  Names names_;
  std::vector<RollRow> rows_;
  std::vector<RollMore> more_;                   // of each row
  std::size_t sorted_ = 0;                       // so many rows stand in the order of their persons
  std::unordered_map<Id, std::uint32_t> later_;  // the others
  std::string numbers_;                          // each behind a byte of its length
  std::vector<std::string> words_;  // the codes that members have; the last may stand for many
  std::unordered_map<std::string, RollRow::Word> word_indices_;
  std::vector<Id> organisations_;
  std::unordered_map<Id, std::uint32_t> organisation_indices_;
  std::vector<HeadCount> counts_;  // of the organisations themselves
};

}  // namespace jishi::registry
